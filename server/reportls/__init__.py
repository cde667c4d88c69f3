"""Checks exam reports written in Markdown as the course's own checker will."""

__version__ = "0.1.0"

ADDRESS: str | None = None
"""The project's public web address without a slash at the end; None while there is none."""

"""Checks exam reports written in Markdown as the course's own checker will."""

__version__ = "0.1.0"

"""Checks exam reports written in Markdown as the course's own checker will."""

__version__ = "1.0.0"

ADDRESS: str | None = None
"""The project's public web address without a slash at the end; None while there is none."""


def rule_page(rule: str) -> str | None:
    """Return the web address of a rule's page; None while the project has no address."""
    return f"{ADDRESS}/blob/main/server/docs/rules.md#{rule}" if ADDRESS else None

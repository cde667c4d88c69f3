"""What is said of names that do not exist."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportls.configuration.complaint import shown, unknown
from reportls.editions.builtin import IDS
from reportls.rules import BY_NAME

if TYPE_CHECKING:
    from collections.abc import Iterable


def unknown_rule(name: str) -> str:
    """There is no such rule; which was probably meant, or where they are listed."""
    message = unknown("rule", name, BY_NAME)
    return message if "did you mean" in message else f"unknown rule `{shown(name)}`: `reportls rule` lists all"


def unknown_edition(name: str) -> str:
    """There is no such edition; which was probably meant, or which there are."""
    return unknown("edition", name, IDS)


def unknown_command(name: str, known: Iterable[str]) -> str:
    """There is no such command; which was probably meant, or which there are."""
    return unknown("command", name, known)

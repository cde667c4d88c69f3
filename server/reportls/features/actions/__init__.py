"""What can be done at a place in the report: mend what was found there, mend everything, insert an image."""

from reportls.features.actions.action import Action, ActionKind, SnippetEdit
from reportls.features.actions.offer import FIX_ALL_TITLE, findings_at, fix_all, ignorable, insert_image, quick_fixes

__all__ = [
    "FIX_ALL_TITLE",
    "Action",
    "ActionKind",
    "SnippetEdit",
    "findings_at",
    "fix_all",
    "ignorable",
    "insert_image",
    "quick_fixes",
]

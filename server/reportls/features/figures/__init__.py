"""The files that a report's answers show, link to and name: where they do, and what a new name of one changes."""

from reportls.features.figures.renaming import check_new_name, full_name, renamed
from reportls.features.figures.uses import FigureUse, figure_at, uses_of

__all__ = ["FigureUse", "check_new_name", "figure_at", "full_name", "renamed", "uses_of"]

"""Hover content for an image: the figure, its size, and whether it is counted, shown and handed in."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from reportls.analysis.image_paths import (
    RASTER,
    PathProblem,
    elsewhere,
    existing,
    figures_folder,
    figures_of,
    is_huge,
    near,
    shown,
)
from reportls.analysis.limits import counted_span
from reportls.features.figures import size_in_words
from reportls.features.hover.content import Items, Paragraph, code, plain, strong, told
from reportls.findings.files import GitState
from reportls.report.form import FORM
from reportls.report.target import target_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportls.features.hover.content import Line, Part
    from reportls.findings.context import QuestionContext
    from reportls.findings.files import FileInfo
    from reportls.report.handin_page.hidden import Hiding
    from reportls.report.images import AnswerImage
    from reportls.report.target import Target
    from reportls.snapshot import Snapshot

_PARENT = "../"
_GIT = {
    GitState.TRACKED: "in git: it will be handed in",
    GitState.UNTRACKED: "not in git yet: it will not be handed in",
    GitState.IGNORED: "ignored by git: it will not be handed in",
    GitState.UNKNOWN: "not in a git repository, so it is not known whether it will be handed in",
}
_ELSEWHERE = {
    "url": "on the web: it will not be handed in",
    "program": "an address that only one program understands: it will not be handed in",
    "data": "its data is in the text: there is no file to hand in",
    "absolute": "the path leads to the reader's own disk: it will not be handed in",
    "none": "there is no path",
}
_HIDDEN: dict[Hiding, str] = {
    "code span": "it is in code",
    "code block": "it is in a code block",
    "comment": "it is in a comment",
    "definition": "it is in the definition of a link",
    "HTML": "it is inside HTML, where Markdown is not read",
    "backslash": "the backslash before it makes it a link",
    "no path": "it has no path",
    "no image": "its brackets do not match",
}


class ImageCard(NamedTuple):
    """The hover content for an image."""

    parts: tuple[Part, ...]
    figure: str | None
    """The path relative to the report's folder of a figure that is safe to show."""


class _Lead(NamedTuple):
    """The file that an image leads to."""

    target: Target
    problem: PathProblem | None
    """None for an image that is not shown."""
    file: str | None
    info: FileInfo | None


def image_card(snapshot: Snapshot, block: int, image: AnswerImage) -> ImageCard:
    """Describe an image of the question in block `block`."""
    ctx = snapshot.questions[block - 1]
    lead = _lead(ctx, image)
    items = [*_about_file(ctx, lead), told(_counted(ctx, image)), (plain(_seen(ctx, image, lead)),)]
    items += [(plain(others),) for others in _other_uses(snapshot, block, lead.file)]
    parts = (Paragraph((strong("Image"), *_name(lead))), Items(tuple(items)))
    return ImageCard(parts, lead.file if lead.info and _is_picture(lead.info) else None)


def _lead(ctx: QuestionContext, image: AnswerImage) -> _Lead:
    target = target_of(image.path)
    figure = next((figure for figure in figures_of(ctx) if figure.image == image), None)
    file = figure.file if figure else existing(ctx.files, target) if target.kind == "relative" else None
    return _Lead(target, figure.problem if figure else None, file, ctx.files.info(file) if file else None)


def _is_picture(info: FileInfo) -> bool:
    return info.kind in RASTER and info.size > 0 and not info.is_lfs_pointer and not is_huge(info)


def _name(lead: _Lead) -> Line:
    path, info = shown(lead.file or lead.target.path), lead.info
    measures = [] if info is None else [size_in_words(info.size)]
    if info and info.pixels:
        measures.insert(0, f"{info.pixels[0]} by {info.pixels[1]} pixels")
    named = (plain(" "), code(path)) if path.strip() else ()
    return (*named, *(plain(f" · {measure}") for measure in measures))


def _about_file(ctx: QuestionContext, lead: _Lead) -> Iterator[Line]:
    if lead.target.kind != "relative":
        yield (plain(_ELSEWHERE[lead.target.kind]),)
        return
    if lead.problem is PathProblem.OTHER_CASE:
        yield plain("the path is spelled differently from the file's name: "), code(shown(lead.target.path))
    if lead.problem is PathProblem.OUTSIDE:
        yield plain("not under "), code(figures_folder(ctx.settings)), plain(", where the course asks for figures")
    if lead.file and lead.info:
        yield (plain(_handed_in(lead.file, lead.info)),)
    elif ctx.files.is_known:
        yield from _missing(ctx, lead.target.path)


def _handed_in(file: str, info: FileInfo) -> str:
    if file.startswith(_PARENT):
        return "outside the folder of the report: it will not be handed in"
    if not info.size:
        return "an empty file: there is no figure to hand in"
    if info.is_lfs_pointer:
        return "kept in Git LFS, which the course does not collect: it will not be handed in"
    return _GIT[info.git]


def _missing(ctx: QuestionContext, path: str) -> Iterator[Line]:
    yield (plain("there is no such file: nothing will be handed in"),)
    if meant := near(ctx, path):
        names = [run for name in meant for run in (plain(", "), code(shown(name)))]
        yield plain("the nearest: "), *names[1:]
    elif file := elsewhere(ctx, path):
        yield plain("a file of that name is "), code(shown(file))


def _counted(ctx: QuestionContext, image: AnswerImage) -> str:
    if not image.is_counted:
        return "not counted by the checker: that takes `![text](path)` on one line"
    if ctx.surroundings.completed and not ctx.judged:
        return "not counted by the checker: it drops this answer"
    spans = [counted_span(ctx.question, judged) for judged in ctx.judged]
    if spans and not any(span is None or span.covers(image.span) for span in spans):
        return f"not counted by the checker: it stops reading at the `{FORM.cut}` or marker around it"
    return "counted by the checker"


def _seen(ctx: QuestionContext, image: AnswerImage, lead: _Lead) -> str:
    if image.hiding:
        return f"not shown on the hand-in page: {_HIDDEN[image.hiding]}"
    if _is_lost(ctx, lead):
        return "an empty frame on the hand-in page"
    if image.form == "spaced":
        return "shown on the hand-in page, but not on GitHub: there is a space in its path"
    return "shown on the hand-in page"


def _is_lost(ctx: QuestionContext, lead: _Lead) -> bool:
    """Return whether the image leads to no file once the report is handed in."""
    if lead.target.kind != "relative":
        return lead.target.kind in {"absolute", "program"}
    if lead.problem in {PathProblem.OTHER_CASE, PathProblem.UNFILLED}:
        return True
    if not lead.file or not lead.info:
        return ctx.files.is_known
    is_in_git = lead.info.git not in {GitState.UNTRACKED, GitState.IGNORED}
    return lead.file.startswith(_PARENT) or not lead.info.size or lead.info.is_lfs_pointer or not is_in_git


def _other_uses(snapshot: Snapshot, block: int, file: str | None) -> Iterator[str]:
    """Yield the other questions that use the file, if any."""
    if not file:
        return
    questions = enumerate(snapshot.report.questions, start=1)
    numbers = [str(question.number) for index, question in questions if index != block and file in question.image_paths]
    if len(numbers) == 1:
        yield f"also used in question {numbers[0]}"
    elif numbers:
        yield f"also used in questions {', '.join(numbers[:-1])} and {numbers[-1]}"

"""Images that are written so that they are not counted, not shown, or without a text of their own."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from reportls.analysis.embedding import as_markdown, can_be_embedded, mentions_of, stands_alone, take_out, wikilinks
from reportls.analysis.image_paths import (
    Figure,
    PathProblem,
    figures_of,
    first_line,
    format_problem,
    is_figure,
    is_sample,
    shown,
)
from reportls.analysis.limits import lacking_images, room_for_images, wants_images
from reportls.findings.finding import Fix, Problem, Related, Severity, Tag
from reportls.findings.rule import question_rule, report_rule
from reportls.report.block import label_key
from reportls.report.form import FORM
from reportls.report.question import Question
from reportls.report.target import target_of, words_of
from reportls.text import Edit, Span, apply_edits, is_covered, pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportls.analysis.embedding import Mention
    from reportls.findings.context import QuestionContext, ReportContext
    from reportls.report.handin_page.hidden import Hiding
    from reportls.report.images import AnswerImage, ImageForm

_SAID_OF_FORM: dict[ImageForm, str] = {
    "html": "an <img> is shown, but the checker does not count it",
    "reference": "an image with its path elsewhere is shown, but the checker does not count it",
    "inline": "an image broken over lines is shown, but the checker does not count it",
}
_REFERENCE = pattern(r"!\[(?P<text>[^\[\]]{1,200})\](?:\[(?P<label>[^\[\]]{0,200})\])?(?!\()")
_MOST_FIXED = 20
"""Hidden images per answer for which a fix is computed; each costs two readings of the answer."""

_SAID_OF_HIDING: dict[Hiding, tuple[str, str]] = {
    "code span": ("counted, but shown as code: nobody will see the image", "take it out of the code"),
    "code block": ("counted, but shown as code: nobody will see the image", "take it out of the code"),
    "comment": ("counted, but in a comment: nobody will see the image", "take it out of the comment"),
    "definition": ("counted, but the label before it makes it the target of a link", "remove the label"),
    "HTML": ("counted, but inside HTML, where Markdown is shown as text: move it out of the tags", ""),
    "backslash": ("counted, but the backslash makes it a link: nobody will see the image", "remove the backslash"),
    "no path": ("counted, but there is no path between the brackets: nobody will see an image", ""),
    "no image": ("counted, but its brackets do not match: nobody will see the image", ""),
}
"""Message and title of the fix."""
_SAMPLES = frozenset(("my_image", "alt text"))
_MOST_KEPT = 64
"""More than a report has questions."""


@question_rule(Severity.WARNING, fix="safe", tags={Tag.IN_SLOTS}, of={"failures", "images"})
def image_not_embedded(ctx: QuestionContext) -> Iterator[Problem]:
    """The question needs an image, but the answer only links to it or names its path.

    The checker does not count a link or a path, and readers of the report do not see the image. An exclamation mark
    turns a link into an image:

        ![our buckets](figures/buckets.png)

    The fix for a link within a sentence is applied by hand only, because the sentence loses the link's words. Images in
    Obsidian's form, `![[buckets.png]]`, are not shown either, and are reported in every answer.
    """
    if not lacking_images(ctx):
        for place in wikilinks(ctx):
            yield Problem(place.span, _embed_message(place, ""), (_embedding(place),))
        return
    found = [place for place in mentions_of(ctx) if not is_sample(ctx, place.target.bare)]
    room = room_for_images(ctx)
    # With more images than the limit allows, only the author knows which to take.
    fits = room is None or len(found) <= room
    for place in found:
        safe = fits and place.is_as_written and is_figure(ctx.settings, place.target.bare)
        fix = _embedding(place, is_safe=safe and stands_alone(ctx.question, place, found))
        fixes = (fix,) if can_be_embedded(ctx.question, place) else ()
        yield Problem(first_line(ctx.question, place.span), _embed_message(place, ", and one is needed here"), fixes)


def _embedding(place: Mention, *, is_safe: bool = False) -> Fix:
    return Fix("make it an image", (Edit(place.replaced, place.image),), is_safe)


def _embed_message(place: Mention, demand: str) -> str:
    return f"{place.thing} is not shown or counted as an image{demand}: write {shown(place.image)}"


@question_rule(Severity.WARNING, fix="offered", of={"images"})
def image_not_counted(ctx: QuestionContext) -> Iterator[Problem]:
    """The image is shown, but the checker does not count it.

    The checker counts `![text](path)` on one line and nothing else. An `<img>` tag, an image whose path is elsewhere
    (`![text][label]`) and an image that is broken over lines are shown, but the question may fail for lack of images.

    Write the image on one line:

        ![the buckets](figures/buckets.png)

    The size given in an `<img>` is lost. If it matters, resize the file itself.
    """
    images = [*_uncounted(ctx)]
    if not images:
        return
    severity = None if lacking_images(ctx) else Severity.HINT
    for place, message, fixes in images:
        yield Problem(first_line(ctx.question, place), message, fixes, severity=severity)


def _uncounted(ctx: QuestionContext) -> Iterator[tuple[Span, str, tuple[Fix, ...]]]:
    counted = {target_of(image.path) for image in ctx.question.images if image.is_counted}
    # Those have a finding of their own, which says that the tag is not counted as well.
    mentioned = {figure.image for figure in figures_of(ctx) if _is_elsewhere(ctx, figure)}
    for image in ctx.question.images:
        # Some groups hide a counted image next to an `<img>` that sets the size: nothing is lost then.
        if not image.is_counted and target_of(image.path) not in counted and image not in mentioned:
            yield _told(ctx, image)
    for span in _references(ctx):
        yield span, f"{_SAID_OF_FORM['reference']}: write ![text](path)", ()


def _is_elsewhere(ctx: QuestionContext, figure: Figure) -> bool:
    is_outside = figure.problem is PathProblem.OUTSIDE
    return figure.image.form == "html" and (is_outside or format_problem(ctx, figure) is not None)


def _told(ctx: QuestionContext, image: AnswerImage) -> tuple[Span, str, tuple[Fix, ...]]:
    written = as_markdown(ctx.question, image)
    if not written or any(
        sign in written[1] for sign in (FORM.marker, FORM.cut)
    ):  # these would split the image for the checker
        return image.span, f"{_SAID_OF_FORM[image.form]}: write ![text](path) outside the HTML", ()
    fix = Fix("write it as a Markdown image on one line", (Edit(*written),))
    return image.span, f"{_SAID_OF_FORM[image.form]}: write {shown(written[1])}", (fix,)


def _references(ctx: QuestionContext) -> Iterator[Span]:
    """Yield images whose path is defined right under a line of text or in another question."""
    question, defined = ctx.question, ctx.surroundings.defined
    if not defined or "![" not in question.text:
        return
    known = [image.span for image in question.images]
    for match in _REFERENCE.finditer(question.text, *question.layout.answer):
        label = label_key(match["label"] or match["text"])
        span = Span(*match.span())
        if label in defined and not is_covered(span, known) and not question.hidden_areas.around(span):
            yield span


@question_rule(Severity.WARNING, fix="offered", of={"images"})
def image_not_rendered(ctx: QuestionContext) -> Iterator[Problem]:
    """The image is counted, but nobody will see it.

    The checker counts every `![text](path)`, even in code, in a comment, inside HTML, after a backslash or without a
    path. Readers of the report see the characters, an empty frame, or nothing.

    Write the image as ordinary text, on a line of its own:

        ![the buckets](figures/buckets.png)
    """
    hidden = [(image, image.hiding) for image in ctx.question.images if image.is_counted and image.hiding]
    if not hidden:
        return
    seen = {target_of(image.path) for image in ctx.question.images if not image.hiding}
    severity = None if wants_images(ctx) else Severity.HINT
    for image, hiding in hidden:
        if target_of(image.path) not in seen:
            message, remedy = _SAID_OF_HIDING[hiding]
            fixes = _taking_out(ctx.question, image, remedy) if len(hidden) <= _MOST_FIXED else ()
            yield Problem(first_line(ctx.question, image.span), message, fixes, severity=severity)


def _taking_out(question: Question, image: AnswerImage, title: str) -> tuple[Fix, ...]:
    edits = take_out(question, image)
    return (Fix(title, edits),) if edits and _shows_more(question, edits) else ()


def _shows_more(question: Question, edits: tuple[Edit, ...]) -> bool:
    """Return whether the edits uncover an image: removing a backtick may turn other words into code."""
    fixed = Question(apply_edits(question.text, edits))
    return _hidden(fixed) < _hidden(question)


def _hidden(question: Question) -> int:
    return sum(bool(image.hiding) for image in question.images)


@question_rule(Severity.HINT, fix="offered", tags={Tag.IN_SLOTS}, of={"images"})
def image_without_text(ctx: QuestionContext) -> Iterator[Problem]:
    """The image has no alternative text.

    The text between the brackets replaces an image that cannot be shown, and screen readers read it aloud. Describe the
    image in a few words:

        ![training loss of the three best runs](figures/loss.png)
    """
    for image in ctx.question.images:
        if image.text and not image.hiding and not ctx.question[image.text].strip():
            place = Span(image.span.start, image.text.end + 1)
            yield Problem(place, "no text between the brackets: describe the image in a few words", _naming(image))


def _naming(image: AnswerImage) -> tuple[Fix, ...]:
    words = words_of(target_of(image.path).bare)
    if not words or not image.text:
        return ()
    return (Fix("use the file's name as its text", (Edit(image.text, words),)),)


@report_rule(Severity.HINT, fix="offered", of="answers")
def sample_image_text(ctx: ReportContext) -> Iterator[Problem]:
    """An image still has the alternative text of the template's sample, or one that an editor inserted.

    The text between the brackets replaces an image that cannot be shown, and screen readers read it aloud. The
    template's `my_image` and the `alt text` that editors insert say nothing. There is one finding for the whole
    report, which lists all such images.

    Describe each image in a few words:

        ![training loss of the three best runs](figures/loss.png)
    """
    found = [
        (question[edit.span], edit.shifted(start))
        for start, question in zip(ctx.report.starts[1:-1], ctx.report.questions, strict=True)
        if "images" in question.triggers
        for edit in _renamings(question)
    ]
    if not found:
        return
    words, first = found[0]
    more = {1: "", 2: ", here and once more"}.get(len(found), f", here and {len(found) - 1} more times")
    message = f"`{words}` says nothing about the image{more}: describe the image in a few words"
    related = tuple(Related(edit.span, "describe this image") for _, edit in found) if found[1:] else ()
    fix = Fix("use the files' names", tuple(edit for _, edit in found))
    yield Problem(first.span, message, (fix,), related)


@lru_cache(_MOST_KEPT)
def _renamings(question: Question) -> tuple[Edit, ...]:
    """Return the edits that replace such a text with the file's name. Cached: most questions stay the same."""
    return tuple(
        Edit(image.text, words_of(target_of(image.path).bare) or "image")
        for image in question.images
        if image.text and not image.hiding and question[image.text].lower() in _SAMPLES
    )

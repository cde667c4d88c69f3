"""Links to images, and paths of images, where an image is required."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportls.analysis.bare_images import can_be_embedded, mentions_of, stands_alone, wikilinks
from reportls.analysis.image_paths import first_line, is_figure, is_sample, shown
from reportls.analysis.limits import lacking_images, room_for_images
from reportls.findings.finding import Fix, Problem, Severity, Tag
from reportls.findings.rule import question_rule
from reportls.text import Edit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportls.analysis.bare_images import Mention
    from reportls.findings.context import QuestionContext


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
            yield Problem(place.span, _message(place, ""), (_fix(place),))
        return
    found = [place for place in mentions_of(ctx) if not is_sample(ctx, place.target.bare)]
    room = room_for_images(ctx)
    fits = room is None or len(found) <= room
    for place in found:
        safe = fits and place.is_as_written and is_figure(ctx.settings, place.target.bare)
        fix = _fix(place, is_safe=safe and stands_alone(ctx.question, place, found))
        fixes = (fix,) if can_be_embedded(ctx.question, place) else ()
        yield Problem(first_line(ctx.question, place.span), _message(place, ", and one is needed here"), fixes)


def _fix(place: Mention, *, is_safe: bool = False) -> Fix:
    return Fix("make it an image", (Edit(place.replaced, place.image),), is_safe)


def _message(place: Mention, demand: str) -> str:
    return f"{place.thing} is not shown or counted as an image{demand}: write {shown(place.image)}"

"""Links that a prompt demands, and links that lead nowhere."""

from __future__ import annotations

import posixpath
import re
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

from reportls.analysis.image_paths import first_line, fold, shown
from reportls.analysis.limits import amount
from reportls.findings.finding import Fix, Problem, Severity, Tag
from reportls.findings.rule import question_rule
from reportls.report.commonmark.nodes import Link
from reportls.report.limit_grammar import read_limits
from reportls.report.prompt import EXAMPLE
from reportls.report.target import address_of, encoded, name_of, target_of
from reportls.text import Edit, Span, is_covered, pattern

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reportls.findings.context import QuestionContext
    from reportls.report.kinds import Limit as Configured
    from reportls.report.limit_grammar import Limit
    from reportls.report.question import Question

_UNIT = "links"
_ANY_ADDRESS = pattern(
    r"https?://[^\s<>]|www\.[^\s<>]|<a\s[^<>]*href[^<>]*|(?<![\w./@-])(?:[\w-]+\.)+(?:ai|com|dk|edu|org)/[^\s<>]"
)
"""Also an address without `https://`, but not the name of a container image such as `gcr.io/project/image`."""
_ON_DISK = pattern(
    r"file:|[a-z]:[\\/]|~[\\/]|\\\\|[\\/](?:users|home|mnt|root|tmp|private|volumes)[\\/]", re.IGNORECASE
)
"""The beginning of a path on a computer: of macOS, Windows and Linux."""
_SITE = pattern(r"(?:[a-z0-9-]+\.)+(?:com|org|net|io|dk|eu|ai|dev|app|edu|gov)(?::\d+)?(?:[/?#]|\Z)", re.IGNORECASE)
_WEB = pattern(r"https?://(?:www\.)?(?P<rest>.+)", re.IGNORECASE)
_OWN = pattern(r"/(?:-/)?(?:blob|tree|raw)/(?P<place>[^?#]+)")
_OF_THE_SITE = pattern(
    r"(?:\.\./)+(?:actions|blob|commits?|discussions|issues|projects|pulls?|raw|releases|tree|wiki)\b"
)
"""Out of the repository and into other pages that GitHub has beside its files."""
_ADDRESS = pattern(r"https?://[^\s<>()\[\]{}`\"'|*\\]*[\w/-]")
_MOST_LINKS = 200
_MOST_SEARCHED = 20
_MOST_COMPARED = 1000
_LIKENESS = 0.8


@question_rule(Severity.INFORMATION, of={"words"})
def link_demanded(ctx: QuestionContext) -> Iterator[Problem]:
    """The prompt asks for a link, and the answer has none.

    The checker does not look at links, but graders want to follow them. A link in Markdown, an address in angle
    brackets and a bare address all count:

        We build it with [this Dockerfile](https://github.com/our-group/project/blob/main/Dockerfile).

    The prompt must demand the link ("include a link to one of your files"); an offer such as "feel free to insert a
    link" is not reported. The configuration can set the number of links for a question, or `false` for no limit:

        [questions.7]
        links = [1, inf]
    """
    question = ctx.question
    if not question.is_answered:
        return
    configured = ctx.settings.slots.get(str(ctx.position or ctx.own_position), {})
    if _UNIT in configured:
        limit = configured[_UNIT]
        yield from _missed(question, limit) if limit else ()
    elif (wanted := _wanted(question)) and not _links_in(question):
        yield Problem(wanted.span, "the question asks for a link, and the answer has none: add it")


def _missed(question: Question, limit: Configured) -> Iterator[Problem]:
    """Say how many links are missing from what the configuration asks for, or are too many."""
    number = _links_in(question)
    if off := limit.shortfall(number):
        remedy = f"add {off}" if off > 0 else f"remove {-off}"
        yield Problem(question.layout.number, f"{amount(number, 'link')}, {limit} wanted: {remedy}")


def _wanted(question: Question) -> Limit | None:
    """Return the words of the question that demand a link, leaving out its example."""
    prompt = question.layout.prompt
    if not prompt:
        return None
    words = question[prompt]  # the whole prompt, whose limits are known already
    end = words.find(EXAMPLE) if EXAMPLE in words else len(words)
    limits = (limit for limit in read_limits(words).limits if limit.span.end <= end)
    found = next((limit for limit in limits if limit.unit == _UNIT and limit.at_least), None)
    return found and found.shifted(prompt.start)


def _links_in(question: Question) -> int:
    """Count the links that a reader can follow: in Markdown or HTML, in angle brackets, and bare addresses."""
    links = [link.span for link in question.markup.links]
    taken: list[Span] = []
    for span in sorted([*links, *(image.span for image in question.images)]):
        if not taken or span.start >= taken[-1].end:  # the text of a link may be an image
            taken.append(span)
    addresses = _ANY_ADDRESS.finditer(question.text, *question.layout.answer)
    return len(links) + sum(not is_covered(Span(*match.span()), taken) for match in addresses)


class _Dead(NamedTuple):
    """A link that leads nowhere, and what it may have meant."""

    message: str
    path: str
    """The path wanted, from the repository's root or, without one, the report's folder; empty to look for none."""
    prefix: str | None = None
    """The part before the path in an address on the web; None for a relative link."""


@question_rule(Severity.WARNING, fix="offered", tags={Tag.IN_SLOTS}, of={"addresses", "html", "links"})
def link_not_found(ctx: QuestionContext) -> Iterator[Problem]:
    r"""A link leads nowhere: there is no such file in the repository.

    Readers of the report who follow the link find nothing. Paths are relative to the folder of the report, so the path
    of a file at the repository's root begins with `../`, and case matters:

        [the training script](../src/train.py)

    A path on somebody's own disk, such as `/Users/...`, `/home/...`, `C:\...` or `file:...`, leads nowhere for anybody
    else. An address in the group's own repository is looked up in the branches and tags on this machine; if git does
    not know the branch or tag, nothing is reported. The fix offers the file with the nearest name.
    """
    searched = 0
    # Limits the work on a hostile text: a dead link is compared with all paths.
    for link in islice(_links(ctx), _MOST_LINKS):
        dead = _dead(ctx, link)
        if not dead:
            continue
        searched += 1
        meant = _nearest(_known(ctx), dead.path) if dead.path and searched <= _MOST_SEARCHED else None
        place = first_line(ctx.question, link.target or link.span)
        if place.start < place.end:
            yield Problem(place, _message(ctx, dead, meant), _fixes(ctx, link, dead, meant))


def _links(ctx: QuestionContext) -> Iterator[Link]:
    """Yield the links, and the bare addresses in the group's own repository, of which GitHub makes links."""
    question = ctx.question
    # GitHub makes a footnote of `[^1]`, whatever follows its definition.
    yield from (link for link in question.markup.links if not question[link.text].startswith("^"))
    origin = ctx.repository.origin if "addresses" in question.triggers else None
    if not origin or origin.lower() not in question.text.lower():
        return
    taken, index, reached = sorted(_taken(question)), 0, 0
    for found in _ADDRESS.finditer(question.text, *question.layout.answer):
        span = Span(*found.span())
        while index < len(taken) and taken[index].start < span.end:
            reached = max(reached, taken[index].end)
            index += 1
        if reached <= span.start:
            yield Link(span, span, span, address_of(found[0]))


def _taken(question: Question) -> Iterator[Span]:
    """Yield all that is a link, an image, code or HTML, within which an address is no link of its own."""
    markup = question.markup
    yield from (link.span for link in markup.links)
    yield from (image.span for image in markup.images)
    yield from (*markup.code, *markup.html, *markup.verbatim)


def _dead(ctx: QuestionContext, link: Link) -> _Dead | None:
    written = link.path.strip()
    if _ON_DISK.match(written):
        return _Dead(f"{shown(written)} leads to somebody's own disk: write a path from the report's folder", written)
    target = target_of(written)
    if target.kind == "url":
        return _dead_address(ctx, written)
    if target.kind not in ("relative", "absolute") or not target.bare or {"<", ">"} & set(written):
        return None
    if target.kind == "absolute":
        # GitHub counts such a path from the repository's root.
        path = posixpath.normpath(target.path.lstrip("/")) if target.path.startswith("/") else ""
        is_there = not path or ctx.repository.folder is None or ctx.repository.has(path)
    else:
        path = posixpath.normpath(posixpath.join(ctx.repository.folder or "", target.bare))
        is_there = any(_exists(ctx, each) for each in (target.path, target.bare))
    if is_there:
        return None
    if _SITE.match(written):
        return _Dead(f"{shown(written)} is taken for a file: write https:// before the address", "", "https://")
    where = "beside the report" if ctx.repository.folder is None else "in the repository"
    return _Dead(f"there is no {shown(target.bare)} {where}: correct the path", path)


def _exists(ctx: QuestionContext, path: str) -> bool:
    """Return whether a path from the report's folder leads to a file or folder, or nobody can tell."""
    repository = ctx.repository
    if repository.folder is None:
        is_below = any(file.startswith(f"{path}/") for file in ctx.files.paths())
        is_known = ctx.files.is_known and not path.startswith("..")
        return not is_known or path == "." or is_below or ctx.files.info(path) is not None
    inner = posixpath.normpath(posixpath.join(repository.folder, path))
    if inner.startswith(".."):
        return bool(_OF_THE_SITE.match(path))
    return repository.has(inner)


def _dead_address(ctx: QuestionContext, written: str) -> _Dead | None:
    """Look up an address in the group's own repository; None if it is another, or leads to something."""
    web, origin = _WEB.match(written), ctx.repository.origin
    if not web or not origin or not web["rest"].lower().startswith(f"{origin.lower()}/"):
        return None
    own = _OWN.match(written, web.start("rest") + len(origin))
    found = own and ctx.repository.split_ref(unquote(own["place"].strip("/")))
    if not own or not found:
        return None
    ref, path = found
    path = path.strip("/")
    # What is only here is most likely still to be pushed.
    if not path or ctx.repository.has_on(ref, path) is not False or ctx.repository.has(path):
        return None
    message = f"there is no {shown(path)} on {ref}, as far as git here knows: correct the address"
    return _Dead(message, path, f"{written[: own.start('place')]}{ref}/")


def _message(ctx: QuestionContext, dead: _Dead, meant: str | None) -> str:
    nearest = meant if dead.prefix or not meant else _from_report(ctx, meant)
    return f"{dead.message}; the nearest is {shown(nearest)}" if nearest else dead.message


def _fixes(ctx: QuestionContext, link: Link, dead: _Dead, meant: str | None) -> tuple[Fix, ...]:
    if not link.target:
        return ()
    written = ctx.question[link.target]
    if dead.prefix and not dead.path:
        return (Fix("write https:// before it", (Edit(link.target, dead.prefix + written),)),)
    if not meant:
        return ()
    path = meant if dead.prefix else _from_report(ctx, meant)
    section = written[written.find("#") :] if "#" in written else ""
    return (Fix(f"change the path to {path}", (Edit(link.target, (dead.prefix or "") + encoded(path) + section),)),)


def _from_report(ctx: QuestionContext, path: str) -> str:
    return posixpath.relpath(path, ctx.repository.folder or ".") if ctx.repository.folder is not None else path


def _known(ctx: QuestionContext) -> tuple[str, ...]:
    """Return every file that a link may mean."""
    return tuple(ctx.files.paths() if ctx.repository.folder is None else ctx.repository.paths())


def _nearest(paths: tuple[str, ...], wanted: str) -> str | None:
    """Return the file with the same name that shares most folders at the end, failing that one with a similar name."""
    parts = [fold(part) for part in wanted.replace("\\", "/").split("/") if part not in ("", ".", "..")]
    by_name = _by_name(paths)
    if not parts:
        return None
    same = by_name.get(parts[-1], [])
    if not same:
        from difflib import get_close_matches  # noqa: PLC0415  # few links lead nowhere

        # A folder is not what a file's name means: `dockerfiles` for `api.dockerfile`.
        names = [name for name in by_name if "." in name or "." not in parts[-1]][:_MOST_COMPARED]
        same = [path for name in get_close_matches(parts[-1], names, 1, _LIKENESS) for path in by_name[name]]
    return max(same, key=lambda path: (_shared(parts, path), -path.count("/")), default=None)


@lru_cache(maxsize=4)
def _by_name(paths: tuple[str, ...]) -> dict[str, list[str]]:
    """Return the files and folders by the name that is compared."""
    folders = (path[:end] for path in paths for end in _slashes(path))
    found: dict[str, list[str]] = {}
    for path in dict.fromkeys((*paths, *folders)):
        found.setdefault(fold(name_of(path)), []).append(path)
    return found


def _slashes(path: str) -> list[int]:
    return [index for index, sign in enumerate(path) if sign == "/"]


def _shared(parts: Sequence[str], path: str) -> int:
    """Count how many names at the end of the path are the ones wanted."""
    count = 0
    for one, other in zip(reversed(parts), reversed(fold(path).split("/")), strict=False):
        if one != other:
            break
        count += 1
    return count

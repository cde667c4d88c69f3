"""Inline syntax that GitHub supports and the hand-in page does not, or that neither supports."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportls.findings.finding import Fix, Problem
from reportls.lazy import cached_property
from reportls.text import Edit, Span, is_covered, pattern

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator, Sequence

    from reportls.findings.context import QuestionContext
    from reportls.report.question import Question

_LONGEST_SHOWN = 40

_FORMULA = pattern(
    r"(?<![\w$\\])\$(?![\s$])(?P<inner>(?:[^$\r\n\\]|\\[^\r\n])*)(?<!\s)\$(?![\w$])|(?<!\\)\$\$(?P<block>[^$]+)\$\$"
)
_OF_FORMULAS = frozenset("\\^_={")
"""A formula has one of these; without any, it is more likely two sums of money."""
_ESCAPE = pattern(r"(?<!\\)(?:\\\\)*(?P<escape>\\(?P<sign>[\"$%&',/:;<=?@^~]))")
_ENTITIES = {"<": "&lt;", "$": "&#36;", "~": "&#126;"}
"""Entities that both show as the character, which would be syntax on GitHub unless escaped."""
_REFERENCE = pattern(r"#?\w+;")
_BREAK = pattern(r"(?<![\\ \t])(?P<blank>[ \t]*)(?P<break>\\)(?=\r\n?|\n)")
_SENTENCE_ENDS = ".!?:"
_STRUCK = pattern(r"(?<![~\\])~~(?=[^\s~])(?P<words>(?:[^~\r\n`<]|~(?!~))*?[^\s~\\])~~(?!~)")
_FOOTNOTE = pattern(r"(?<![!\]])\[(?P<label>\^[^\]\s]+)\](?!:)")
_ALERT = pattern(r"(?<=[\r\n])[ \t]*>[ \t]*(?P<alert>\[!(?:NOTE|TIP|IMPORTANT|WARNING|CAUTION)\])[ \t]*(?=[\r\n]|\Z)")
_EMOJI = pattern(r"(?<![\w:/]):(?=[a-z0-9_+\-]*[a-z])[a-z0-9_+\-]{2,}:(?![\w:/])")
_ATTRIBUTES = pattern(r"(?<=\))\{(?=[.#]|[a-z]+=)[^{}\r\n]{1,200}\}")
_DASHES = pattern(r"[\r\n](?<![\\\r][\r\n])\n?[ \t]*(?P<mark>[-\u2022])[^\W_][^\r\n]*(?:\r\n?|\n)[ \t]*[-\u2022][^\W_]")
"""Two lines that look like list items without the space. After a backslash they are more likely options of a
command."""


def github_only(ctx: QuestionContext) -> Iterator[Problem]:
    """Find the first of each kind outside of code: formulas, escapes, line breaks, footnotes and so on."""
    outside = _Outside(ctx.question)
    if "extensions" in ctx.question.triggers:
        for find in (_formulas, _escapes, _breaks, _struck, _alerts, _emoji, _attributes):
            yield from find(outside)
        yield from _footnotes(outside, ctx.surroundings.defined)
    yield from _dashes(outside)


class _Outside:
    """Searches an answer outside of code, HTML and the targets of links."""

    def __init__(self, question: Question) -> None:
        self.question = question

    def find(self, sign: str, expression: re.Pattern[str]) -> list[re.Match[str]]:
        """Return the matches of an expression both of whose ends lie outside; every match contains `sign`."""
        text, content = self.question.text, self.question.content
        found = expression.finditer(text, max(content.start - 1, 0), content.end) if sign in text else ()
        return [match for match in found if not self._is_hidden(match)]

    def _is_hidden(self, match: re.Match[str]) -> bool:
        ends = (Span(match.start(), match.start() + 1), Span(match.end() - 1, match.end()))
        return any(is_covered(end, spans) for end in ends for spans in self._hidden)

    @cached_property
    def _hidden(self) -> tuple[Sequence[Span], ...]:
        markup = self.question.markup
        images = [image.span for image in markup.images if image.form != "html"]
        # A note of one word is also the target of a link, which is what the hand-in page makes of it.
        links = [link for link in markup.links if not self.question.text.startswith("[^", link.span.start)]
        return (
            sorted(markup.code),
            markup.verbatim,
            sorted([*images, *(Span(link.text.end, link.span.end) for link in links)]),
            [tag.tag.span for tag in self.question.tags],
        )


def _shown(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST_SHOWN else text[: _LONGEST_SHOWN - 3] + "..."


def _first_line(match: re.Match[str]) -> Span:
    return Span(match.start(), match.start() + len(match[0].splitlines()[0]))


def _formulas(outside: _Outside) -> Iterator[Problem]:
    for match in _found_formulas(outside)[:1]:
        message = f"the hand-in page does not support formulas: it shows `{_shown(match[0])}` as text"
        yield Problem(_first_line(match), message)


def _found_formulas(outside: _Outside) -> list[re.Match[str]]:
    found = outside.find("$", _FORMULA)
    return [match for match in found if not _OF_FORMULAS.isdisjoint(match["inner"] or match["block"] or "")]


def _escapes(outside: _Outside) -> Iterator[Problem]:
    formulas = [Span(*match.span()) for match in _found_formulas(outside)]
    found = [match for match in outside.find("\\", _ESCAPE) if not is_covered(Span(*match.span("escape")), formulas)]
    if found:
        is_alone = outside.question.text.count("$") == 1
        edits = [Edit(Span(*it.span("escape")), _unescaped(outside.question, it, is_alone=is_alone)) for it in found]
        message = f"the hand-in page shows the backslash in `{found[0]['escape']}`: write `{edits[0].new_text}`"
        fix = Fix("write it without a backslash", tuple(edits), safe=True)
        yield Problem(Span(*found[0].span("escape")), message, (fix,))


def _unescaped(question: Question, match: re.Match[str], *, is_alone: bool) -> str:
    """Return how both show the escaped sign; `is_alone`: the question has a single dollar sign."""
    sign = match["sign"]
    if sign == "&":
        return "&amp;" if _REFERENCE.match(question.text, match.end()) else "&"
    return sign if sign == "$" and is_alone else _ENTITIES.get(sign, sign)


def _breaks(outside: _Outside) -> Iterator[Problem]:
    question = outside.question
    found = [match for match in outside.find("\\", _BREAK) if _goes_on(question, match.end())]
    if not found:
        return
    at = Span(*found[0].span("break"))
    if _is_in_command(question, found[0]):
        remedy = "indent the command by four spaces, below a blank line, to make it code"
        yield Problem(at, f"the hand-in page shows this line and the next as one: {remedy}")
        return
    broken = [match for match in found if not _is_in_command(question, match)]
    edits = tuple(Edit(Span(match.start("blank"), match.end()), "  ") for match in broken)
    # A backslash alone is a word to the checker.
    is_safe = not any(match["blank"] or question.text[match.start() - 1].isspace() for match in broken)
    message = "the hand-in page shows the backslash and does not break the line here: end it with two spaces"
    yield Problem(at, message, (Fix("end the lines with two spaces", edits, is_safe),))


def _is_in_command(question: Question, match: re.Match[str]) -> bool:
    """Return whether the backslash continues a command: a blank is before it, and no sentence ends there."""
    before = question.text[match.start() - 1]
    return bool(match["blank"]) and not before.isspace() and before not in _SENTENCE_ENDS


def _goes_on(question: Question, at: int) -> bool:
    """Return whether the next line belongs to the same paragraph of the page."""
    line, paragraphs = question.source.line_at(at), question.page.paragraphs
    return line in paragraphs and paragraphs.get(line + 1) == paragraphs[line]


def _struck(outside: _Outside) -> Iterator[Problem]:
    if found := outside.find("~~", _STRUCK):
        edits = tuple(Edit(Span(*match.span()), f"<del>{match['words']}</del>") for match in found)
        message = "the hand-in page does not strike text out: it shows the `~~`: write `<del>` and `</del>`"
        yield Problem(_first_line(found[0]), message, (Fix("write `<del>`", edits, safe=True),))


def _alerts(outside: _Outside) -> Iterator[Problem]:
    for match in outside.find("[!", _ALERT)[:1]:
        message = f"the hand-in page does not support alerts: it shows `{match['alert']}` in the quote"
        yield Problem(Span(*match.span("alert")), message)


def _emoji(outside: _Outside) -> Iterator[Problem]:
    for match in outside.find(":", _EMOJI)[:1]:
        message = f"the hand-in page does not support emoji codes: it shows `{match[0]}`: write the emoji itself"
        yield Problem(Span(*match.span()), message)


def _attributes(outside: _Outside) -> Iterator[Problem]:
    if found := outside.find("){", _ATTRIBUTES):
        message = f"neither the hand-in page nor GitHub supports `{_shown(found[0][0])}`: both show it as text"
        edits = tuple(Edit(Span(*match.span()), "") for match in found)
        yield Problem(Span(*found[0].span()), message, (Fix("remove it", edits),))


def _dashes(outside: _Outside) -> Iterator[Problem]:
    for match in outside.find("", _DASHES)[:1]:
        message = f"no space after the `{match['mark']}`: these lines are not a list but run together: write `- `"
        yield Problem(Span(*match.span("mark")), message)


def _footnotes(outside: _Outside, defined: frozenset[str]) -> Iterator[Problem]:
    found = [match for match in outside.find("[^", _FOOTNOTE) if match["label"].lower() in defined]
    for match in found[:1]:
        span = Span(*match.span())
        is_link = any(link.span == span for link in outside.question.markup.links)
        shown = f"the link `{match['label']}`" if is_link else f"`{match[0]}`"
        message = f"the hand-in page does not support footnotes: it shows {shown}: write the note in brackets"
        yield Problem(span, message)

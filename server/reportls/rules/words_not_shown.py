"""Words in angle brackets, which browsers take for tags."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportls.analysis.html_tags import has_effect, paired
from reportls.analysis.image_paths import first_line
from reportls.findings.finding import Fix, Problem, Severity
from reportls.findings.rule import question_rule
from reportls.report.placeholder import WEBLINK
from reportls.report.question import Question
from reportls.text import Edit, Span, apply_edits, is_covered, pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportls.findings.context import QuestionContext
    from reportls.report.commonmark.nodes import Element
    from reportls.report.tags import AnswerTag

_MOST_FIXED = 20
"""Most in one answer: for each fix the whole answer is read again."""
_LONGEST_SHOWN = 60
_JOINING = pattern(r"[^\s`]{0,3}")
"""The text between tags that are reported together: `<date>/<time>`."""
_LONGEST_WORD = 100
_DEEPEST = 8
"""More brackets in brackets than any type has."""
_WORD_BEFORE = pattern(r"(?<![\w/.:=+\->])[^\W_][\w/.:=+\-]*\Z")
_OPENING = pattern(r"<[^<>`\r\n]*\Z")
_CLOSING = pattern(r"[^<>`\r\n]*>")
_WORD_BEHIND = pattern(r"(?:[\w/.:=+\-]*[^\W_/]|/)(?![\w/.:=+\-]*<)")


@question_rule(Severity.WARNING, fix="safe", of={"html"})
def words_not_shown(ctx: QuestionContext) -> Iterator[Problem]:
    """Words in angle brackets are taken for an HTML tag, and readers do not see them.

    Browsers show nothing of a tag that they do not know. So `docker run --name <name> <image>` becomes
    `docker run --name`, `Dict<str, Tensor>` becomes `Dict`, and in `a<b and c>d` everything between the brackets is
    gone. The checker still counts the words.

    Outside code, the hand-in page takes anything for a tag that begins with `<` and a letter and has a `>` in the same
    paragraph; GitHub does so with most of them. The hand-in page does this even in fenced code that it does not
    recognise: between `~~~`, or with a blank line among the lines.

    Write such words between backticks:

        Run `docker run --name <name> <image>` in the folder.

    Inside HTML, where backticks do not help, write `&lt;` instead of `<`. Tags with an effect, comments and addresses
    in angle brackets are not reported.
    """
    question = ctx.question
    if question.conflicts:
        return
    # `placeholder-left` reports leftovers of the template, except in code, where they may be intended.
    groups = [group for group in _groups(question) if question[_span(group)] != WEBLINK or _is_code(question, group)]
    for group in groups:
        fixes = tuple(_fixes(question, group)) if len(groups) <= _MOST_FIXED else ()
        remedy = fixes[0].title if fixes else _other_remedy(question, group) if len(groups) <= _MOST_FIXED else ""
        message = f"{_harm(question, group)}: {remedy}" if remedy else _harm(question, group)
        yield Problem(first_line(question, _span(group)), message, fixes)


def _groups(question: Question) -> Iterator[list[AnswerTag]]:
    """The tags that are words, together with the next one if hardly anything comes between the two."""
    group: list[AnswerTag] = []
    for found in _words(question):
        last = group[-1] if group else found
        between = question.text[last.tag.span.end : found.tag.span.start]
        if group and not _JOINING.fullmatch(between):
            yield group
            group = []
        group.append(found)
    if group:
        yield group


def _words(question: Question) -> list[AnswerTag]:
    on_page, on_github = (paired(found.tag for found in question.tags if found[view]) for view in (1, 2))
    return [found for found in question.tags if not has_effect(found.tag, on_page if found.on_page else on_github)]


def _harm(question: Question, group: list[AnswerTag]) -> str:
    shown = " ".join(question[_span(group)].split())
    if len(shown) > _LONGEST_SHOWN:
        shown = shown[: _LONGEST_SHOWN - 3] + "..."
    return f"`{shown}` is taken for HTML: {_place(group)}"


def _other_remedy(question: Question, group: list[AnswerTag]) -> str:
    """What to do where neither backticks nor entities help."""
    if is_covered(_span(group), [element.span for element in _code(question) if element.kind == "fence"]):
        return "indent the code by four spaces instead of fencing it"
    return "move it out of the HTML" if is_covered(_span(group), question.markup.code) else ""


def _place(group: list[AnswerTag]) -> str:
    on_page, on_github = {found.on_page for found in group}, {found.on_github for found in group}
    if on_github == {False}:
        return "the hand-in page does not show it"
    if on_page == {False}:
        return "GitHub does not show it"
    is_all = on_page == on_github == {True}
    return f"neither the hand-in page nor GitHub shows {'it' if is_all else 'all of it'}"


def _span(group: list[AnswerTag]) -> Span:
    return Span(group[0].tag.span.start, group[-1].tag.span.end)


def _is_code(question: Question, group: list[AnswerTag]) -> bool:
    return is_covered(_span(group), [element.span for element in _code(question)])


def _code(question: Question) -> list[Element]:
    return [element for element in question.markup.elements_with("<") if element.kind in ("fence", "code")]


def _fixes(question: Question, group: list[AnswerTag]) -> Iterator[Fix]:
    span = _span(group)
    if is_covered(span, [element.span for element in _code(question)]) or is_covered(span, question.markup.code):
        return  # GitHub would show the backticks
    entities = tuple(Edit(Span(found.tag.span.start, found.tag.span.start + 1), "&lt;") for found in group)
    text = question.text
    for code in dict.fromkeys((_whole_word(text, span), span, _whole_word(text, _with_brackets_around(text, span)))):
        ticks = _ticks(text, code, is_escaped=not any(found.on_github for found in group))
        if "`" not in question[code] and _shows_all(question, group, ticks):
            yield Fix("write it between backticks", ticks, safe=True)
            return
    if _shows_all(question, group, entities):
        yield Fix("write `&lt;` instead of `<`", entities)


def _whole_word(text: str, span: Span) -> Span:
    """The span with the letters, paths and numbers right before and after it: `Dict<str, Tensor>`."""
    before = _WORD_BEFORE.search(text, max(span.start - _LONGEST_WORD, 0), span.start)
    after = _WORD_BEHIND.match(text, span.end, span.end + _LONGEST_WORD)
    return Span(before.start() if before else span.start, after.end() if after else span.end)


def _with_brackets_around(text: str, span: Span) -> Span:
    """The span with the pairs of angle brackets that it is in: `<str, List<int>>`."""
    for _ in range(_DEEPEST):
        before = _OPENING.search(text, max(span.start - _LONGEST_WORD, 0), span.start)
        after = _CLOSING.match(text, span.end, span.end + _LONGEST_WORD)
        if not before or not after:
            break
        span = Span(before.start(), after.end())
    return span


def _ticks(text: str, code: Span, *, is_escaped: bool) -> tuple[Edit, ...]:
    """The edits that make it code; a backslash that keeps GitHub from reading HTML is then no longer needed."""
    backslash = is_escaped and text[code.start - 1 : code.start] == "\\"
    return (Edit(Span(code.start - backslash, code.start), "`"), Edit(Span(code.end, code.end), "`"))


def _shows_all(question: Question, group: list[AnswerTag], edits: tuple[Edit, ...]) -> bool:
    """Whether the edits show the words and hide no others: an added backtick may pair with another one."""
    after = Question(apply_edits(question.text, edits))
    return len(_words(after)) == len(_words(question)) - len(group) and len(after.images) == len(question.images)

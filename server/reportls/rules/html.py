"""HTML that is not closed, and words that browsers take for HTML."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from reportls.analysis.image_paths import first_line
from reportls.findings.finding import Fix, Problem, Severity
from reportls.findings.rule import question_rule
from reportls.report.handin_page.raw_html import unclosed_stretch
from reportls.report.placeholder import WEBLINK
from reportls.report.question import Question
from reportls.text import Edit, Span, apply_edits, is_covered, pattern

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reportls.findings.context import QuestionContext
    from reportls.report.commonmark.nodes import Element
    from reportls.report.handin_page.inline import AnswerTag, Tag

_LOOKS = {
    **dict.fromkeys(("b", "strong"), "bold"),
    **dict.fromkeys(("i", "em", "cite"), "slanted"),
    **dict.fromkeys(("s", "strike", "del"), "struck out"),
    **dict.fromkeys(("u", "ins"), "underlined"),
    **dict.fromkeys(("code", "kbd", "samp", "tt"), "in a monospaced font"),
    **dict.fromkeys(("big", "small", "sub", "sup"), "in another size"),
    "mark": "marked",
}
"""What happens to the text after the tag."""

_OPENING_COMMENT, _CLOSING_COMMENT = "<!--", "-->"
_VERBATIM = frozenset({"pre", "script", "style", "textarea"})
"""Elements whose blank lines are shown or have a meaning."""
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
_NAMES_OF_HIDING = """
    iframe noembed noframes script select style template textarea title
"""
HIDING = frozenset(_NAMES_OF_HIDING.split())
"""Tags whose content browsers do not show as text; until one is closed, they show nothing of what follows."""

_NAMES_OF_EFFECT = """
    a abbr b bdi bdo big blockquote br caption center cite code col colgroup dd del details dfn dir div dl dt em
    figcaption figure font h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p picture pre q rp rt ruby s samp small
    span strike strong sub summary sup svg table tbody td tfoot th thead tr tt u ul var wbr
"""
EFFECT = frozenset(_NAMES_OF_EFFECT.split())
"""Tags that nobody means as words."""

_NAMES_OF_OTHERS = """
    area article aside audio base body button canvas data datalist dialog embed fieldset footer form head header
    hgroup html input label legend link main map math menu meta meter nav noscript object optgroup option output
    param progress search section slot source time track video
"""
_OTHERS = frozenset(_NAMES_OF_OTHERS.split())
"""Tags that are also words: HTML only if they have attributes, or are opened and closed."""

_VOID = frozenset(["area", "base", "embed", "input", "link", "meta", "param", "source", "track"])
"""Names in `_OTHERS` of elements without an end tag."""
_NEED_VALUES = frozenset(["data"])
"""Names in `_OTHERS` of elements that do nothing without an attribute, so a bare `<data>` was meant as a word."""
_NAMES_OF_FLAGS = """
    allowfullscreen async autoplay checked controls defer disabled download hidden loop muted nowrap open playsinline
    readonly required reversed selected
"""
_FLAGS = frozenset(_NAMES_OF_FLAGS.split())
"""Attributes without a value."""
_ATTRIBUTE = pattern(r"(?P<name>[^\s\"'=<>]+)(?P<value>\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s\"'=<>]+))?")
_WORD = pattern(r"[^\W_]")


@question_rule(Severity.WARNING, fix="offered", of={"html"})
def unclosed_html(ctx: QuestionContext) -> Iterator[Problem]:
    """An HTML tag or comment is opened but not closed before the answer ends.

    On the hand-in page a tag such as `<div>`, `<details>`, `<table>` or `<p>` at the beginning of a line starts a block
    of HTML that goes on until the tag is closed. If it never is, everything after it is shown without its Markdown,
    including the next questions: no images, no headings, no paragraphs. This happens in fenced code, too, because the
    page does not support fences.

    In the middle of a line, a tag such as `<s>` or `<code>` changes the look of everything after it until it is closed.
    Browsers show nothing at all of what follows `<script>`, `<style>`, `<title>` or `<textarea>`.

    A comment that is not closed hides everything after it on GitHub.

    Close it where it should end:

        <details>
        <summary>The whole log</summary>
        ...
        </details>

    If the tag is meant as text, write it between backticks.
    """
    question = ctx.question
    if question.conflicts:
        return
    yield from _tags(question)
    yield from _inline_tags(question)
    for element in question.markup.elements if _OPENING_COMMENT in question.text else ():
        if element.kind == "html" and _is_open_comment(question, element):
            yield _comment(question, element)


def _tags(question: Question) -> Iterator[Problem]:
    # Python-Markdown takes `\r` for a line break, too; one character for another keeps offsets.
    found = unclosed_stretch(question.text.replace("\r", "\n"))
    if not found or found.tag.start < question.layout.answer.start:
        return
    source, at = question.source, question.content.end
    span = Span(found.tag.start, min(found.tag.end, source.line_span(source.line_at(found.tag.start)).end))
    newlines = question.newline * (1 if found.name in _VERBATIM else 2)
    edit = Edit(Span(at, at), newlines + found.closing)
    fence = any(element.kind == "fence" and element.span.covers(span) for element in question.markup.elements)
    where = ", which does not support fences," if fence else ""
    message = f"`<{found.name}>` is not closed: the hand-in page{where} shows everything after it without its Markdown"
    yield Problem(span, message, (Fix(f"close `<{found.name}>` at the end of the answer", (edit,)),))


def _inline_tags(question: Question) -> Iterator[Problem]:
    """Find the last tag of each name that is opened within a line and not closed."""
    stretch = unclosed_stretch(question.text.replace("\r", "\n"))
    end = stretch.tag.start if stretch else len(question.text)
    for name, tags in _open_tags(question).items():
        span = tags[-1].span
        if span.end > end:
            continue
        if name in HIDING:
            message = f"`<{name}>` is not closed: browsers show nothing of what follows on the hand-in page"
            edits = (Edit(Span(span.start, span.start), "`"), Edit(Span(span.end, span.end), "`"))
            fix = Fix("write it between backticks", edits)
        else:
            message = f"`<{name}>` is not closed: what follows is {_LOOKS[name]} on the hand-in page"
            fix = Fix(f"write `</{name}>`", (Edit(Span(span.start + 1, span.start + 1), "/"),))
        after = Question(apply_edits(question.text, fix.edits))
        fixes = (fix,) if len(_open_tags(after).get(name, ())) < len(tags) else ()
        line = question.source.line_span(question.source.line_at(span.start))
        yield Problem(
            Span(span.start, min(span.end, line.end)), message, fixes if name in HIDING or len(tags) > 1 else ()
        )


def _open_tags(question: Question) -> dict[str, list[Tag]]:
    """The unclosed tags of the hand-in page that change the look of text or hide it, by name."""
    found: dict[str, list[Tag]] = {}
    for tag in (found.tag for found in question.tags if found.on_page):
        if tag.is_closing and found.get(tag.name):
            found[tag.name].pop()
        elif not tag.is_closing and (tag.name in HIDING or tag.name in _LOOKS) and not lost_attributes(tag):
            found.setdefault(tag.name, []).append(tag)
    return {name: tags for name, tags in found.items() if tags}


def _is_open_comment(question: Question, element: Element) -> bool:
    start = question.text.find(_OPENING_COMMENT, element.span.start, element.span.end)
    is_last = element.span.end >= question.content.end
    return is_last and start >= 0 and question.text.find(_CLOSING_COMMENT, start, element.span.end) < 0


def _comment(question: Question, element: Element) -> Problem:
    start = question.text.index(_OPENING_COMMENT, element.span.start)
    line = question.source.line_span(question.source.line_at(start))
    words = question[Span(start + len(_OPENING_COMMENT), line.end)].rstrip()
    end = start + len(_OPENING_COMMENT) + len(words)
    at = question.content.end
    fixes = [
        Fix("close the comment at the end of the answer", (Edit(Span(at, at), question.newline + _CLOSING_COMMENT),))
    ]
    if words:
        fixes.insert(
            0, Fix("close the comment at the end of its line", (Edit(Span(end, end), f" {_CLOSING_COMMENT}"),))
        )
    message = "this comment is not closed: GitHub hides everything after it"
    return Problem(Span(start, start + len(_OPENING_COMMENT)), message, tuple(fixes[:1] if end == at else fixes))


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
    return f"`{shown}` is taken for HTML: {_where_hidden(group)}"


def _other_remedy(question: Question, group: list[AnswerTag]) -> str:
    """What to do where neither backticks nor entities help."""
    if is_covered(_span(group), [element.span for element in _code(question) if element.kind == "fence"]):
        return "indent the code by four spaces instead of fencing it"
    return "move it out of the HTML" if is_covered(_span(group), question.markup.code) else ""


def _where_hidden(group: list[AnswerTag]) -> str:
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


def has_effect(tag: Tag, pairs: frozenset[str]) -> bool:
    """Whether browsers do with the tag what its author wants; `pairs` are the names that are opened and closed."""
    name = tag.name
    if name in HIDING or name in EFFECT:
        return not lost_attributes(tag)
    has_values = "=" in tag.attributes and not lost_attributes(tag)
    return name in _OTHERS and (has_values or (name in pairs and name not in _VOID | _NEED_VALUES))


def lost_attributes(tag: Tag) -> bool:
    """Whether a tag has words in place of attributes: `<b and c>`."""
    for match in _ATTRIBUTE.finditer(tag.attributes):
        if not match["value"] and _WORD.search(match["name"]) and match["name"].lower().rstrip("/") not in _FLAGS:
            return True
    return False


def paired(tags: Iterable[Tag]) -> frozenset[str]:
    """Return the names of the tags that are closed as often as they are opened."""
    counts: Counter[str] = Counter()
    for tag in tags:
        counts[tag.name] += -1 if tag.is_closing else 1
    return frozenset(name for name, count in counts.items() if not count)

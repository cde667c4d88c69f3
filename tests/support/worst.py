"""Families of reports that are slow to process, in any length."""

from __future__ import annotations

from itertools import count, cycle
from typing import TYPE_CHECKING, NamedTuple

from tests.support.sample import SAMPLE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_MEGABYTE = 1_000_000
_BAD = 12
"""The question with the slow answer."""


class Worst(NamedTuple):
    """Reports of one kind in any length."""

    name: str
    report: Callable[[int], str]
    """Makes a report of about that many characters."""
    largest: int
    """Length of the largest report that is measured."""


def _report_with(answer: str, question: int = _BAD) -> str:
    """Return a whole report with that answer."""
    report = SAMPLE[31]
    start = report.index("Answer:\n\n", report.index(f"### Question {question}\n")) + len("Answer:\n\n")
    end = report.find("\n### Question ", start)
    return f"{report[:start]}{answer}\n{report[end:] if end >= 0 else ''}"


def _repeated(name: str, unit: str, largest: int = _MEGABYTE, *, before: str = "", after: str = "") -> Worst:
    """Make answers that repeat a text."""

    def report(size: int) -> str:
        return _report_with(before + unit * (size // len(unit)) + after)

    return Worst(name, report, largest)


def _numbered(name: str, unit: str, largest: int = _MEGABYTE, *, after: str = "") -> Worst:
    """Make answers that repeat a text with a new number at each `{}`."""
    return Worst(name, lambda size: _report_with(_counting(unit, size) + after), largest)


def _of(name: str, answer: Callable[[int], str], largest: int = _MEGABYTE, question: int = _BAD) -> Worst:
    """Make answers with a function from length to text."""
    return Worst(name, lambda size: _report_with(answer(size), question), largest)


def _counting(unit: str, size: int) -> str:
    """Return `unit` with 1, 2, 3 ... in it, until about that length."""
    return "".join(_until(size, (unit.format(number) for number in count(1))))


def _until(size: int, parts: Iterator[str]) -> Iterator[str]:
    length = 0
    while length < size:
        part = next(parts)
        yield part
        length += len(part)


_QUESTION = (
    "\n### Question {}\n\n> **What of it?**\n>\n> Recommended answer length: 1-9 words.\n>\n> Answer:\n\nA bit.\n"
)
_NUMBERS = 9999
"""The highest number of a question; a heading with a higher one is text of the last answer."""


def _questions(size: int) -> str:
    """Return as many questions as fit, all answered and numbered consecutively."""
    return "# Our report\n" + _counting(_QUESTION, size)


def _questions_anew(size: int) -> str:
    """Return as many questions as fit, numbered from 1 again whenever the highest number is reached."""
    numbers = cycle(range(1, _NUMBERS + 1))
    return "# Our report\n" + "".join(_until(size, (_QUESTION.format(number) for number in numbers)))


def _same_question(size: int) -> str:
    unit = "\n### Question 7\n\n> Answer:\n\nA bit.\n"
    return "# Our report\n" + unit * (size // len(unit))


def _same_heading(size: int) -> str:
    unit = "### Question 7\n"
    return SAMPLE[31] + unit * (size // len(unit))


def _backwards(size: int) -> str:
    numbers = size // len("\n### Question 1234\n\n> Answer:\n\nA bit.\n")
    return "".join(f"\n### Question {number % 9999}\n\n> Answer:\n\nA bit.\n" for number in range(numbers, 0, -1))


def _prose(size: int) -> str:
    """Return an ordinary report of unusual length."""
    paragraph = (
        "The oven stays warm while rolls rise, and *whoever* opens its door lets the `heat` out 🥖.\n" * 4 + "\n"
    )
    return _report_with(paragraph * (size // len(paragraph)))


def _stairs(unit: str) -> Callable[[int], str]:
    """Return lines, each indented more than the one before."""
    return lambda size: "".join(_until(size, (unit * step + "- a\n" for step in count())))


def _rising_ticks(size: int) -> str:
    return "".join(_until(size, ("e" + "`" * length for length in count(1))))


def _wide_table(size: int) -> str:
    """Return a table with as many rows as columns, whose cells are mostly left out."""
    columns = size // len("|a|-|\n")
    return "|a" * columns + "|\n" + "|-" * columns + "|\n" + "|\n" * columns


def _nested_tags(size: int) -> str:
    tags = ("div", "ul", "table", "section")
    return "".join(_until(size, (f"<{tags[step % len(tags)]}>\n" for step in count())))


def _checklist(size: int) -> str:
    return SAMPLE[31].replace("* [x] Buy apples (A1)\n", _counting("* [x] Buy apples of kind {} (A1)\n", size))


def _members(size: int) -> str:
    """Return a list of members, half of whom the last answer names with a wrong digit."""
    members = _counting("s9{:05} ", size // 2)
    return _report_with(members.replace("s9", "s8"), 31).replace(
        "Thing 2 is é an apple 😋 that", f"Members: {members}that"
    )


def _prompt(text: str) -> Callable[[int], str]:
    """Make prompts that repeat a text."""
    return lambda size: SAMPLE[31].replace(
        f"> **What is thing {_BAD} 🍎?**\n", f"> **What?**\n> {text * (size // len(text))}\n"
    )


def _title(text: str) -> Callable[[int], str]:
    return lambda size: text * (size // len(text)) + SAMPLE[31]


def _line_ends(report: Callable[[int], str], line_end: str) -> Callable[[int], str]:
    return lambda size: report(size).replace("\n", line_end)


NAMED: tuple[Worst, ...] = (
    Worst("a report of 10 MB", _prose, 10 * _MEGABYTE),
    Worst("10 MB with CRLF", _line_ends(_prose, "\r\n"), 10 * _MEGABYTE),
    Worst("10 MB with CR", _line_ends(_prose, "\r"), 10 * _MEGABYTE),
    _repeated("one line of 5 MB", "word ", 5 * _MEGABYTE),
    _repeated("one word of 5 MB", "w", 5 * _MEGABYTE),
    _repeated("one line of 5 MB, not ASCII", "é😋 ", 5 * _MEGABYTE),
    _numbered("100,000 images, a line each", "![a](figures/{}.png)\n", 2_500_000),
    _numbered("100,000 images on one line", "![a](figures/{}.png) ", 2_500_000),
    _numbered("100,000 images, a paragraph each", "![a](figures/{}.png)\n\n", 2_600_000),
    Worst("50,000 questions, numbered on", _questions, 5_000_000),
    Worst("50,000 questions, numbered anew", _questions_anew, 5_000_000),
    Worst("50,000 times the same question", _same_question, 1_900_000),
    Worst("one heading again and again, without markers", _same_heading, _MEGABYTE),
    Worst("50,000 questions, last first", _backwards, 2_000_000),
    _repeated("a million `##`, a line each", "##\n", 3_000_000),
    _repeated("a million `##` with words", "## a\n", 5_000_000),
    _repeated("a million `##` on one line", "## ", 3_000_000),
    _repeated("quotes in one line", ">"),
    _repeated("quotes in one line, spaced", "> "),
    _of("quotes, a step deeper each line", lambda size: "".join(_until(size, ("> " * n + "a\n" for n in count(1))))),
    _repeated("lists in one line", "- "),
    _repeated("numbered lists in one line", "1. "),
    _of("lists, two blanks deeper each line", _stairs("  ")),
    _of("lists, four blanks deeper each line", _stairs("    ")),
    _repeated("a list of one item after another", "- a\n"),
    _repeated("a list with blank lines", "- a\n\n"),
    _repeated("opening brackets", "["),
    _repeated("closing brackets", "]"),
    _of("nested brackets", lambda size: "[" * (size // 2) + "a" + "]" * (size // 2)),
    _of("backtick runs of rising length", _rising_ticks),
    _repeated("single backticks", "` "),
    _repeated("backticks", "`"),
)
"""Attacks that are obvious."""

PATHOLOGICAL: tuple[Worst, ...] = (
    _repeated("images in links", "![[]()"),
    _repeated("links that do not close", "[a]("),
    _repeated("links with a `<` that do not close", "[a](<b"),
    _repeated("links with a title that does not close", '[]( "'),
    _repeated("links in links", "[a](b "),
    _repeated("brackets the wrong way round", "]([\n"),
    _repeated("images that do not close", "![a](b "),
    _repeated("openings of images", "!["),
    _repeated("ends of labels", "]("),
    _repeated("brackets and emphasis", "[ a_"),
    _repeated("references", "[a][b] "),
    _repeated("references, one defined", "[a] ", before="[a]: b\n\n"),
    _numbered("definitions", "[a{}]: b\n"),
    _repeated("the same definition", "[a]: b\n"),
    _repeated("definitions that do not close", '[a]: b "\n'),
    _repeated("one definition over many lines", "a\n", before="[a]: b '\n"),
    _repeated("a label that does not close", "a\n", before="[a\n"),
    _repeated("strong in emphasis", "*a **a "),
    _repeated("emphasis that only opens", "_a "),
    _repeated("emphasis that only closes", "a_ "),
    _repeated("emphasis of two kinds", "*a_ "),
    _repeated("emphasis, alternating", "*_"),
    _repeated("emphasis, lengths that are multiples of three", "c* ", before="a**b"),
    _repeated("asterisks", "*"),
    _repeated("underscores", "_"),
    _repeated("tildes", "~"),
    _repeated("strikethrough", "~~a "),
    _repeated("comments that do not close", "a <!-- "),
    _repeated("comments that do not close, a line each", "<!--\n"),
    _repeated("comments of dashes", "<!-", after="->"),
    _repeated("comments", "<!-- a -->\n"),
    _repeated("comments with a `<`", "<!-- <\n"),
    _repeated("instructions", "a <? "),
    _repeated("declarations", "a <!A "),
    _repeated("character data", "a <![CDATA[ "),
    _repeated("tags that do not close", "<a "),
    _repeated("an attribute that does not close", 'a="', before="<img "),
    _repeated("attributes", "a=b ", before="<img "),
    _repeated("a tag with many blanks", " ", before="<a"),
    _repeated("images as tags", "<img src=a>"),
    _repeated("images as tags that do not close", "<img src="),
    _repeated("block tags", "<div>\n"),
    _repeated("block tags that close", "<div></div>\n"),
    _repeated("block tags with blank lines", "<div>\n\n</div>\n\n"),
    _of("block tags in each other", _nested_tags),
    _repeated("less-than signs", "<"),
    _repeated("addresses in angle brackets", "<http://a>"),
    _repeated("addresses that do not close", "<http://a"),
    _repeated("addresses", "http://a.b "),
    _repeated("ampersands", "&"),
    _repeated("entities", "&amp;"),
    _repeated("entities by number", "&#65;"),
    _repeated("a long entity", "1", before="&#"),
    _repeated("backslashes", "\\"),
    _repeated("backslashes at line ends", "\\\n"),
    _of("a table as wide as it is long", _wide_table),
    _repeated("rows of a table", "|a|b|\n", before="|a|b|\n|-|-|\n"),
    _repeated("heads of tables", "|a|\n|-|\n"),
    _repeated("bars", "|"),
    _repeated("fences", "```\n"),
    _repeated("fences of two kinds", "```\n~~~\n"),
    _repeated("fences in lists", "- ```\n"),
    _repeated("code by indentation", "    a\n"),
    _repeated("code with blank lines", "    a\n\n"),
    _repeated("headings with equals signs", "a\n===\n"),
    _repeated("headings with dashes", "a\n---\n"),
    _repeated("rules", "---\n"),
    _repeated("rules with blank lines", "---\n\n"),
    _repeated("dashes", "-"),
    _repeated("equals signs", "="),
    _repeated("quotes, a line each", "> a\n"),
    _repeated("quotes that end at once", "> ```\na\n"),
    _repeated("quotes, empty", ">\n"),
    _repeated("quotes and lists by turns", "> - "),
    _repeated("quotes and lists by turns, a line each", "> a\n- b\n"),
    _repeated("blanks", " "),
    _repeated("blanks between letters", " " * 999 + "a"),
    _repeated("tabs", "\t"),
    _repeated("blank lines", "\n"),
    _repeated("blank lines, CRLF, before a list", "\r\n", after="- a"),
    _repeated("lines, CRLF, before a list", "a\r\n", after="- a"),
    Worst("front matter that does not end, CRLF", lambda size: "---\r\n" + "a\r\n" * (size // 3), _MEGABYTE),
    _repeated("blanks at line ends", "a  \n"),
    _repeated("NUL characters", "\0"),
    _repeated("combining marks", "\u0301"),
    _repeated("text directions", "\u202e"),
)
"""Attacks on Markdown parsers."""

OURS: tuple[Worst, ...] = (
    _repeated("markers", "Answer:"),
    _repeated("markers on one line, not ASCII", "Answer:é"),
    _repeated("markers, a line each", "> Answer:\n"),
    _repeated("`###` and markers", "### a\nAnswer:\n"),
    _repeated("the word of a heading", "uestion"),
    _repeated("headings of questions in one line", "Question 1 "),
    _repeated("placeholders", "--- question 1 fill here ---\n"),
    _repeated("placeholders that do not close", "--- question 1 fill here "),
    _repeated("placeholders without dashes", "question 1 fill here\n"),
    _repeated("a placeholder with many blanks", " ", before="--- question", after="1 fill here"),
    _repeated("a placeholder with a long number", "1", before="--- question ", after=" fill here"),
    _repeated("lines of dashes and words", "--- a\n"),
    _repeated("conflict markers", "<<<<<<< a\n=======\n>>>>>>> b\n"),
    _repeated("bare paths", "figures/a.png "),
    _numbered("bare paths, all different", "figures/a{}.png "),
    _repeated("links to pictures", "[a](figures/a.png) "),
    _repeated("escaped dollars", "\\$ "),
    _repeated("divided words", "para-\nmeters "),
    _repeated("full stops", "."),
    _repeated("slashes", "/"),
    _repeated("digits", "1"),
    _repeated("study numbers", "s123456 "),
    Worst("members and contributions", _members, 200_000),
    Worst("a long checklist", _checklist, _MEGABYTE),
    Worst("a title that is repeated", _title("# A\n"), _MEGABYTE),
    Worst("blanks before the title", _title(" "), _MEGABYTE),
    Worst("a prompt with many limits", _prompt("Answer length: 1 "), _MEGABYTE),
    Worst("a prompt with long limits", _prompt("1"), _MEGABYTE),
    Worst("a prompt that wants images", _prompt(". Insert "), _MEGABYTE),
    Worst("a prompt of asterisks", _prompt("answer length:*"), _MEGABYTE),
)
"""Attacks on our own patterns."""

WORST = (*NAMED, *PATHOLOGICAL, *OURS)

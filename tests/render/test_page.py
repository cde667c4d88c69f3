"""The page to read."""

from __future__ import annotations

import re
import sys
from html.parser import HTMLParser
from itertools import pairwise
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportls.features.verdicts import rows_of
from reportls.form_snapshot import snapshot_of as judged
from reportls.forms.template import read_template
from reportls.render import page as render_page
from reportls.render.html import VOID
from reportls.render.page import page_of
from reportls.report.kinds import WORDS
from reportls.snapshot import Environment
from tests.render.pages import FIGURE, answer, page, report_of, strict_tree, tree, words
from tests.support import corpus
from tests.support.cursor import snapshot_of
from tests.support.sample import SAMPLE

SHORT = """\
# Bees 🐝

Some words.

* [x] Buy a hive
* [ ] Find *bees*

## The garden

> All of it is about the garden.

### Question 1

> **What do [bees](https://example.org) eat?**
>
> Recommended answer length: 3-10 words.
>
> Answer:

Nectar.

### Question 2

> **Where do they live? Insert 1-2 images.**
>
> Recommended answer length: 1-4 words.
>
> Answer:

In a box.

## The end

### Question 3

> **And then?**
>
> Answer:

--- question 3 fill here ---
"""


class Nesting(HTMLParser):
    """Asserts that every element is closed, in order."""

    def __init__(self) -> None:
        """Start with no open element."""
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the element; assert that no attribute is there twice."""
        assert len({name for name, _ in attrs}) == len(attrs)
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Assert that only SVG elements end in their start tag."""
        assert tag in {"rect", "path"}
        assert attrs

    def handle_endtag(self, tag: str) -> None:
        """Assert that the last opened element ends first."""
        assert self.open.pop() == tag


def well_formed(html: str) -> None:
    """Assert that every element is closed, in order."""
    nesting = Nesting()
    nesting.feed(html)
    assert not nesting.open


@pytest.mark.parametrize("text", [SHORT, SAMPLE[27], SAMPLE[31], SHORT.replace("\n", "\r\n"), "", "é"])
def test_well_formed(text: str) -> None:
    """Browsers find nothing to correct in a page; its names are unique and its links lead somewhere."""
    html = page(text)
    well_formed(html)
    root = strict_tree(html)
    ids = [element.get("id") for element in root.iter() if element.get("id")]
    assert len(set(ids)) == len(ids)
    links = {link.get("href", "")[1:] for link in root.iter("a") if link.get("href", "").startswith("#")}
    assert links <= {*ids}


@pytest.mark.parametrize("text", [SHORT, *SAMPLE.values()])
def test_headings_in_order(text: str) -> None:
    """A page has one title, and headings skip no level on the way down."""
    levels = [int(element.tag[1]) for element in tree(page(text)).iter() if element.tag in {"h1", "h2", "h3", "h4"}]
    assert levels.count(1) == 1
    assert all(later <= earlier + 1 for earlier, later in pairwise(levels))


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        ("# A\n\n## B\n\n### C\n\n## D\n\n# E\n", [2, 3, 4, 3, 2]),
        ("## A\n\n## B\n\n###### C\n\n# D\n", [2, 2, 3, 2]),
        ("# A\n\n### B\n\n## C\n\n### D\n\n#### E\n\n##### F\n", [2, 3, 3, 4, 4, 4]),
    ],
)
def test_headings_of_a_report_with_a_template(text: str, levels: list[int]) -> None:
    """Headings stand below the page's title in their own order, and skip no level on the way down."""
    environment = Environment(template=read_template("# A\n\n## B\n"), template_name="blank.md")
    html = page_of(judged(text, environment), "README.md", FIGURE.get)
    (main,) = tree(html).iter("main")
    assert [int(element.tag[1]) for element in main.iter() if element.tag in {"h1", "h2", "h3", "h4"}] == levels


def test_questions() -> None:
    """Each question has its heading, state, prompt and answer in its section."""
    root = tree(page(SHORT))
    assert [words(heading) for heading in root.iter("h2")] == [
        "At a glance",
        "Introduction: 1 of 2 tasks done",
        "The garden",
        "The end",
    ]
    shown = [[words(part) for part in section] for section in root.findall("./body/main/section")]
    assert shown == [
        [
            "Question 11 word, 3-10 wanted ✗ failed",
            "What do bees eat? Recommended answer length: 3-10 words.",
            "Nectar.",
        ],
        [
            "Question 23 words, 1-4 wanted; 0 images, 1-2 wanted ✗ failed",
            "Where do they live? Insert 1-2 images. Recommended answer length: 1-4 words.",
            "In a box.",
        ],
        ["Question 36 words ○ not answered", "And then?", "There is no answer yet."],
    ]


def test_contents() -> None:
    """The contents list every question with its text, its numbers and its state in words."""
    lines = [[words(part) for part in line] for line in tree(page(SHORT)).findall(".//nav/ol/li")]
    assert lines == [
        ["Question 1 What do bees eat?", "1 word, 3-10 wanted1 word (3-\u206010)", "✗ failed"],
        [
            "Question 2 Where do they live? Insert 1-2 images.",
            "3 words, 1-4 wanted; 0 images, 1-2 wanted3 words (1-\u20604), 0 images (1-\u20602)",
            "✗ failed",
        ],
        ["Question 3 And then?", "6 words6 words", "○ not answered"],
    ]


@pytest.mark.parametrize("marker", ["> Answer:", "Answer:", "> **Answer:**", "**Answer:** ", ""])
def test_prompt(marker: str) -> None:
    """The marker is removed from the prompt, wherever it stands, and nothing else is."""
    text = report_of("é").replace(">\n> Answer:\n", f">\n> *It is 🐝 ...*\n\n{marker}\n", 1)
    prompt = tree(page(text)).find(".//section[@id='question-1']/div[@class='prompt']")
    assert words(prompt) == "What do they eat? It is 🐝 ..."
    assert [emphasis.text for emphasis in (prompt.iter("em") if prompt is not None else ())] == ["It is 🐝 ..."]
    assert words(answer(page(text))) == "é"


def test_title_without_sections() -> None:
    """A title right above the questions begins no section, and the quote below it is shown."""
    root = tree(page(report_of("é").replace("🐝\n", "🐝\n\n> Some words.\n")))
    assert [words(heading) for heading in root.iter("h2")] == ["At a glance", "Introduction", "Questions"]
    assert words(root.find(".//details/div")) == "Some words."


def test_head() -> None:
    """The head has title, verdict, and the numbers of answers and tasks."""
    header = tree(page(SHORT)).find(".//header")
    assert header is not None
    assert [words(part) for part in header.iter("li")] == ["1 of 3 passed", "2 of 3 answered", "1 of 2 tasks done"]
    assert words(header.find("h1")) == words(tree(page(SHORT)).find(".//title")) == "Bees 🐝"


def test_crash() -> None:
    """A crash leaves no numbers, and the page says why."""
    root = tree(page(SHORT + "\n### More\n"))
    assert "the check crashes" in words(root.find(".//header"))
    assert {words(line[-1]) for line in root.findall(".//nav/ol/li")} == {"– no verdict"}
    assert words(root.find(".//nav/ol/li//title")) == "not counted"


def test_question_without_marker() -> None:
    """A question that the checker never sees is on the page."""
    root = tree(page(SAMPLE[31].replace("> Answer:", "> Anser:", 1), ""))
    assert "thing 1 🍎" in words(root.find(".//section[@id='question-1']"))
    assert len(root.findall("./body/main/section")) == 31


@pytest.mark.parametrize(
    ("answer_text", "wanted"),
    [
        ("| a | é |\n|---|--:|\n| 1 | 2 |", "table"),
        ("```python\nprint(1)\n```", "pre"),
        ("~~gone~~", "s"),
        ("1. one\n2. two", "ol"),
        ("## So\n\nit is", "h4"),
        ("<kbd>Ctrl</kbd>", "kbd"),
    ],
)
def test_markdown(answer_text: str, wanted: str) -> None:
    """Answers are rendered as on GitHub, with headings one level below the question's."""
    assert answer(page(report_of(answer_text))).find(f".//{wanted}") is not None


def test_task_list() -> None:
    """Boxes of task lists are characters, as nothing can be ticked here."""
    items = answer(page(report_of("- [ ] a\n- [X] é 😋\n- [link](#main)"))).findall(".//li")
    assert [(item.get("class"), words(item)) for item in items] == [
        ("task", "☐ a"),
        ("task", "☑ é 😋"),
        (None, "link"),
    ]


def test_alignment() -> None:
    """The alignment of a column is kept without a style attribute."""
    (cell,) = answer(page(report_of("| é |\n|--:|"))).iter("th")
    assert cell.attrib == {"align": "right"}


def test_code_in_colours(monkeypatch: pytest.MonkeyPatch) -> None:
    """Code is coloured if Pygments is installed, and has the same text without it."""
    text = report_of("```python\n\ndef é():\n    return '😋'\n```\n\n```unheard-of\nx < 1\n```")
    coloured = answer(page(text))
    monkeypatch.setitem(sys.modules, "pygments", None)
    plain = answer(page(text))
    assert [span.text for span in coloured.findall(".//span[@class='k']")] == ["def", "return"]
    assert not plain.findall(".//span")
    assert "".join(coloured.itertext()) == "".join(plain.itertext())


def test_reference_defined_elsewhere() -> None:
    """A link can be defined in another answer."""
    text = report_of("[bees][b]").replace("In a box.", "[b]: https://example.org/é")
    link = answer(page(text)).find(".//a")
    assert link is not None
    assert link.get("href") == "https://example.org/%C3%A9"


def test_front_matter_is_no_prose() -> None:
    """Front matter is not part of the introduction."""
    introduction = tree(page(SAMPLE[27])).find(".//details")
    assert "sidebar" not in words(introduction)
    assert "Written by four people." in words(introduction)


@given(st.lists(st.sampled_from(["\r\n", "\n", "\r", *SHORT.splitlines(), "```", "<div>", "😋 é", "\u2028", "\0"])))
@settings(max_examples=50)
def test_any_text(lines: list[str]) -> None:
    """Any text becomes a page with all its questions."""
    text = "\n".join(lines)
    sections = tree(page(text)).findall("./body/main/section")
    assert len(sections) == len(snapshot_of(text).report.questions)


_PIECES = (
    *(
        "# A",
        "## B",
        "  # C",
        "> # D",
        "- # E",
        "words",
        "",
        "```",
        "~~~",
        "    code",
        "* item",
        "[a]",
        "[a]: https://b.c",
    ),
    *(
        "<details>",
        "</details>",
        "<div>",
        "</div>",
        "<!--",
        "-->",
        "<b>",
        "</b>",
        "<b>c</b>",
        "<br>",
        "---",
        "| a |",
        "|--|",
    ),
)


@given(st.lists(st.sampled_from(_PIECES), max_size=16))
@settings(max_examples=200)
def test_a_report_with_a_template_section_by_section(lines: list[str]) -> None:
    """Its page is the one that rendering the whole text at once would make, whatever sections leave open."""
    environment = Environment(template=read_template("# A\n\n## B\n"), template_name="blank.md")
    snapshot = judged("\n".join(lines), environment)
    html = page_of(snapshot, "README.md", FIGURE.get)
    with patch.object(render_page, "sections_in", lambda text: [text]):
        assert html == page_of(snapshot, "README.md", FIGURE.get)


@corpus.needs_corpus
@pytest.mark.parametrize("kind", ["reports", "mutants"])
def test_real_reports(kind: str) -> None:
    """Every question of a real report is on its page, with the numbers of `check`."""
    for name in corpus.names(kind):
        snapshot = snapshot_of(corpus.report(name, kind))
        html = page_of(snapshot, "README.md", FIGURE.get)
        well_formed(html)
        assert html.count("<section ") == len(snapshot.report.questions), name
        rows = rows_of(snapshot.report, snapshot.edition, snapshot.verdict)
        _, *titles = re.findall("<title>([^<]*)</title>", html)
        assert [title.split(" ")[0] for title in titles] == [
            "not" if row.counted is None else str(row.counted[WORDS]) for row in rows
        ], name

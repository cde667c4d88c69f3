"""What the rules on images share: paths, tags, the fixes that insert an image; and that they bear with any text."""

from __future__ import annotations

import posixpath

import html5lib
import markdown
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportls.analysis.insert_image import insert_image_fixes
from reportls.findings.settings import Settings
from reportls.report.commonmark.parse import attributes_of, image_tags
from reportls.report.question import Question
from reportls.report.target import Target, encoded, extension_of, read_target, words_of
from reportls.rules import ALL
from reportls.snapshot import Environment, Snapshot, take
from reportls.text import Edit, Span, apply_edits
from tests.support.files import files_from
from tests.support.fixing import check_fix, check_marks

RULES = frozenset(rule.name for rule in ALL if "image" in rule.name or "figure" in rule.name)
FILES = files_from(
    "figures/a.png\nfigures/my b.png\nfigures/Über (1).png\nfigures/gif.gif\nfigures/empty.png  size=0\nc.png\n"
)
OPENING = "### Question 1\n> **Insert 1-3 images.**\n>\n> Answer:\n"


def judged(answer: str, edition: str | None = None) -> Snapshot:
    """Judge a report of two questions, the first with that answer and in need of images."""
    text = f"{OPENING}{answer}\n\n### Question 2\n> Answer:\n\nNothing.\n"
    return take(text, Environment(Settings(select=RULES), FILES, named=edition))


@pytest.mark.parametrize(
    ("written", "target"),
    [
        ("figures/a.png", Target("relative", "figures/a.png", "figures/a.png")),
        (" ./figures//x/../a.png ", Target("relative", "figures/a.png", "figures/a.png")),
        ("../a%20b.png?x#y", Target("relative", "../a b.png?x#y", "../a b.png")),
        ("figures/é%C3%A9.png", Target("relative", "figures/éé.png", "figures/éé.png")),
        ("?x", Target("relative", "?x", "")),
        ("", Target("none", "", "")),
        ("https://example.org/a.png?b", Target("url", "https://example.org/a.png?b", "https://example.org/a.png")),
        ("//example.org/a.png", Target("url", *["//example.org/a.png"] * 2)),
        ("DATA:image/png;base64,AA", Target("data", *["DATA:image/png;base64,AA"] * 2)),
        ("C:\\a.png", Target("absolute", *["C:\\a.png"] * 2)),
        ("c:/a.png", Target("absolute", *["c:/a.png"] * 2)),
        ("/a.png", Target("absolute", *["/a.png"] * 2)),
        ("~/a.png", Target("absolute", *["~/a.png"] * 2)),
        ("file:///a.png", Target("absolute", *["file:///a.png"] * 2)),
    ],
)
def test_targets(written: str, target: Target) -> None:
    """Each kind of path is recognised."""
    assert read_target(written) == target


@given(st.text())
def test_an_encoded_path_means_the_same(path: str) -> None:
    """The path written for a file leads to it, whatever its name."""
    name = path.encode("utf-8", "replace").decode().strip()
    written = encoded(name)
    assert not set(written) & set(" \t\r\n()<>\"'[]?#")
    target = read_target(written)
    assert target.path == target.bare == (posixpath.normpath(name) if target.kind == "relative" else name)


@pytest.mark.parametrize(
    ("path", "words", "extension"),
    [
        ("figures/two-queues_of.people.PNG", "two queues of.people", "PNG"),
        ("a\\b.jpeg?raw=true", "b", "jpeg"),
        ("figures/.png", "", ""),
        ("figures/plan", "plan", ""),
        ("https://example.org/?id=7.png", "", ""),
        ("figures/[a]  `b`.v2.png", "a b .v2", "png"),
        ("figures/b%23.png", "b#", "png"),
        ("figures/50%25%3F.v2.png?raw=true", "50%?.v2", "png"),
    ],
)
def test_names(path: str, words: str, extension: str) -> None:
    """The text of an image and its extension are derived from the file's name."""
    bare = read_target(path).bare
    assert (words_of(bare), extension_of(bare)) == (words, extension)


@pytest.mark.parametrize(
    ("html", "found"),
    [
        ('<img src="a.png">', [("<img", "a.png")]),
        ("<IMG\r alt='>' src = 'a&amp;b.png'/>", [("<IMG", "a&b.png")]),
        ("<img src=a.png><img data-src=b.png>", [("<img", "a.png")]),
        ("<!-- <img src=a> --><img alt='src=b' src=c>", [("<img", "c")]),
        ("<img src=''><img src><imgs src=a><img src=b", []),
        ("<![CDATA[ <!-- <img src=a>", []),
        ("<img alt='" + "x" * 3000 + "' src=a>", []),
    ],
)
def test_image_tags(html: str, found: list[tuple[str, str]]) -> None:
    """Every `<img>` with a source is found, and nothing else."""
    assert [(html[span.start : span.start + 4], source) for span, source in image_tags(html)] == found


def test_attributes() -> None:
    """The spans of attribute values are found; the first of two equal attributes counts."""
    tag = "<img a=1 B = 'two' c=\"\" d e='x=y' a=3>"
    assert {name: tag[span.start : span.end] for name, span in attributes_of(tag).items()} == {
        "a": "1",
        "b": "two",
        "c": "",
        "e": "x=y",
    }


_IMAGE = "![a](figures/{}.png)"
LINES = st.sampled_from(
    [
        *(
            "",
            "",
            "words",
            "- item",
            "> quote",
            "```",
            "~~~",
            "```python",
            "<div>",
            "</div>",
            "<!-- note",
            "-->",
            "1. one",
        ),
        *(_IMAGE, f"    {_IMAGE}", f"      {_IMAGE}", f"- {_IMAGE}", f"1.      {_IMAGE}", f"> {_IMAGE}", f"`{_IMAGE}`"),
        *(
            f"[^1]: {_IMAGE}",
            f"[Note]: {_IMAGE}",
            f"words {_IMAGE} `code`",
            f"\\{_IMAGE}",
            f"<!-- {_IMAGE} -->",
            f"#{_IMAGE}",
        ),
        *("[two words]: ![a b](figures/{}.png)", f"``{_IMAGE} `", f"  {_IMAGE}", "---", "    code"),
    ]
)


@given(st.lists(LINES, min_size=1, max_size=7))
def test_images_are_hidden_as_on_the_page(lines: list[str]) -> None:
    """An image is seen if and only if the hand-in page has it, read as browsers do."""
    answer = "\n".join(lines)
    for number in range(answer.count("{}")):
        answer = answer.replace("{}", str(number), 1)
    question = Question(f"### Question 1\n\n> Answer:\n\n{answer}\n")
    page = html5lib.parse(markdown.markdown(question.text), namespaceHTMLElements=False)
    on_page = {element.get("src") for element in page.iter("img")}
    if "<div>" not in answer or "</div>" in answer.rpartition("<div>")[2]:
        seen = {image.path for image in question.images if image.is_counted and not image.hiding}
        assert seen == on_page


def insertions(answer: str) -> dict[str, str]:
    """Return the answer after each fix that inserts an image."""
    snapshot = judged(answer)
    fixes = [fix for finding in snapshot.findings if finding.rule == "too-few-images" for fix in finding.fixes]
    end = -len("\n\n### Question 2\n> Answer:\n\nNothing.\n")
    return {fix.title: apply_edits(snapshot.report.text, fix.edits)[len(OPENING) : end] for fix in fixes}


def test_inserting_an_image() -> None:
    """Every unused figure can be inserted, and one that does not exist yet."""
    assert insertions("\nA word 😋.  ") == {
        "insert figures/a.png": "\nA word 😋.\n\n![a](figures/a.png)  ",
        "insert figures/empty.png": "\nA word 😋.\n\n![empty](figures/empty.png)  ",
        "insert figures/my b.png": "\nA word 😋.\n\n![my b](figures/my%20b.png)  ",
        "insert figures/Über (1).png": "\nA word 😋.\n\n![Über (1)](figures/Über%20%281%29.png)  ",
        "insert a new image": "\nA word 😋.\n\n![describe the image](figures/name.png)  ",
    }


def test_used_figures_are_not_offered() -> None:
    """Figures that are used in HTML or seen only by the checker are not offered."""
    text = judged("\nA word.").report.text.replace(
        "Nothing.", '<img src="figures/my%20b.png"> `![a](./figures/a.png)` ![c](<figures/Über (1).png> "c")'
    )
    snapshot = take(text, Environment(Settings(select=RULES), FILES))
    titles = [fix.title for finding in snapshot.block_findings[0] for fix in finding.fixes]
    assert titles == ["insert figures/empty.png", "insert a new image"]


def test_what_is_offered_follows_other_questions() -> None:
    """A figure that one question starts to use is no longer offered in another, unchanged one."""
    before = judged("\nA word.")
    at = before.report.text.index("Nothing.")
    after = before.edited(Edit(Span(at, at), "![a](figures/a.png)"))
    titles = [[fix.title for finding in taken.block_findings[0] for fix in finding.fixes] for taken in (before, after)]
    assert titles[0] == ["insert figures/a.png", *titles[1]]
    assert after.report.questions[0] is before.report.questions[0]


def test_placeholder_is_replaced() -> None:
    """If the answer is only the placeholder, the image replaces it."""
    snapshot = judged("\n--- question 1 fill here ---")
    fix = insert_image_fixes(snapshot.questions[0])[0]
    assert "Answer:\n\n![a](figures/a.png)\n\n### Question 2" in apply_edits(snapshot.report.text, fix.edits)


def test_words_beside_a_placeholder_stay() -> None:
    """If the answer has words as well, the image goes below them."""
    answer = "\n--- question 1 fill here ---\n\nHi."
    assert insertions(answer)["insert figures/a.png"] == f"{answer}\n\n![a](figures/a.png)"


def test_inserted_before_what_the_checker_does_not_see() -> None:
    """An image is inserted before a `##`, as after it the checker would not count it."""
    snapshot = judged("\r\nA word.\r\n\r\n## More\r\n\r\nWords.")
    fix = insert_image_fixes(snapshot.questions[0])[0]
    assert "A word.\n\n![a](figures/a.png)\r\n\r\n## More" in apply_edits(snapshot.report.text, fix.edits)


def test_no_figures_without_files() -> None:
    """If no files are known, only a new image can be inserted."""
    snapshot = take(judged("\nA word.").report.text, Environment(Settings(select=RULES)))
    assert [fix.title for finding in snapshot.findings for fix in finding.fixes] == ["insert a new image"]


def test_names_too_long_to_compare() -> None:
    """No similar name is suggested for a name that is too long for any file."""
    finding = next(found for found in judged(f"\n![a](figures/{'a' * 300}.png)").findings if found.fixes == ())
    assert finding.said.startswith("there is no file figures/aaa")
    assert len(finding.message) < 200


@pytest.mark.parametrize(
    ("answer", "paths"),
    [
        ("![a](b c.png 'd e')", ["b c.png"]),
        ("![a](b c.png 'd')e')", ["b c.png"]),
        ("![a](b' c.png')", ["b' c.png'"]),
        ("![a](b 'c.png)", ["b 'c.png"]),
        ("![a](b (c (d).png)", [""]),
        ("![a](b ((c.png)\n", [""]),
        ("![a](" + "b " * 2000 + ")", [""]),
    ],
)
def test_spaced_paths(answer: str, paths: list[str]) -> None:
    """What stands between the brackets of an image that only the hand-in page shows."""
    assert [image.path for image in Question(OPENING + answer).images] == paths


def test_many_images() -> None:
    """Images beyond the largest sensible number are not checked one by one."""
    question = Question(OPENING + "![a](b.png) `![c](d.png)`\n" * 500)
    assert len(question.images) < 500


PIECES = [
    "![a](figures/a.png)",
    "![",
    "](",
    "[x](figures/a.png)",
    "figures/a.png",
    "<img src='figures/A.png' alt=\"x]\">",
    "<img\nsrc=c.png>",
    "`",
    "``",
    "```\n",
    "~~~\n",
    "<!--",
    "-->",
    "<div>",
    "</div>",
    "<p align=c>\n",
    "</p>",
    "\n",
    "\n\n",
    "    ",
    "> ",
    "- ",
    "\\",
    "[r]: figures/a.png\n",
    "![q][r]",
    "![r]",
    "![a\nb](figures/a.png)",
    "![]( )",
    "![](figures/<a>.<png>)",
    "![z](figures/my b.png)",
    "![z](figures/Über (1).png 't')",
    "![z](https://example.org/c.png?x=1)",
    "Answer:",
    "##",
    "😋",
    "\u2028",
    "\r",
    "\r\n",
    "é",
    "(",
    ")",
    "]",
    "[",
    "<",
    ">",
    "![m](figures\\a.png)",
    "<![CDATA[",
    "[t]{figures/a.png}",
    "<https://example.org/c.png>",
    "![n](Figures/a.png)",
    "![g](figures/gif.gif)",
    "word",
    "\xa0",
    "\x00",
    "--- question 1 fill here ---",
    "<h4>",
    "</h4>",
    "\t",
    "![a](c\n.png)",
    "&amp;",
    "%20",
    "[![a](figures/a.png)](c.png)",
    "](figures/a.png",
]


@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join), st.sampled_from(["\n", "\r\n", "\r"]))
def test_any_answer(answer: str, newline: str) -> None:
    """No rule raises, every mark is on one line, and every fix works, whatever the answer contains."""
    text = judged("\n" + answer).report.text.replace("\n", newline)
    snapshot = take(text, Environment(Settings(select=RULES), FILES))
    check_marks(snapshot)
    for finding in snapshot.findings:
        for fix in finding.fixes[:2]:
            check_fix(snapshot, finding, fix._replace(safe=False))


@pytest.mark.parametrize(
    ("answer", "inserted"),
    [
        ("\nHi.\n\n```\na\n## b\n```", "\nHi.\n\n{}\n\n\n```\na\n## b\n```"),
        ("\nHi.\n\n- a\n- ## b\n- c", "\nHi.\n\n{}\n\n\n- a\n- ## b\n- c"),
        ("\nHi.\n\n```\na", "\nHi.\n\n{}\n\n\n```\na"),
        ("\nHi.\n\n\n```\na", "\nHi.\n\n{}\n\n\n\n```\na"),
        ("\nHi.\n\n```\nAnswer:\n## b\n```", None),
        ("\nHi.\n\n```\na\nAnswer:\nb", None),
    ],
)
def test_inserted_above_what_would_swallow_it(answer: str, inserted: str | None) -> None:
    """Not into code or a list; where the checker counts nothing above it, not at all."""
    found = insertions(answer).get("insert figures/a.png")
    assert found == (inserted.format("![a](figures/a.png)") if inserted else None)


@pytest.mark.parametrize(
    ("image", "rules"),
    [
        ("![x](figures)", ["image-outside-figures"]),
        ("![x](#)", ["image-outside-figures"]),
        ("![x](attachment:a.png)", ["image-outside-figures"]),
    ],
)
def test_one_finding_for_what_is_no_figure(image: str, rules: list[str]) -> None:
    """Each is told once, and with a path that can be written."""
    findings = judged(f"\nHere: {image}").block_findings[0]
    assert [finding.rule for finding in findings] == rules
    assert "attachment" not in findings[0].message.partition("write ")[2]


def test_half_an_angle_is_not_the_samples() -> None:
    """The sample has both `<` and `>`."""
    assert not [found for found in judged("\n![x](<figures/a.png)").findings if "sample" in found.message]

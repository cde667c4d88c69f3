"""Code actions: what is offered at a position, and the report after it."""

from __future__ import annotations

import re
from itertools import pairwise
from random import Random
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown import markdown

from reportls.features.actions import (
    Action,
    ActionKind,
    SnippetEdit,
    findings_at,
    fix_all,
    ignorable,
    insert_image,
    quick_fixes,
    snippets_of,
)
from reportls.features.fix_all import Rewriting, with_fixes
from reportls.report.kinds import IMAGES
from reportls.snapshot import Environment, Snapshot, take
from reportls.text import Edit, Span, apply_edits
from tests.cli.running import reportls
from tests.report.test_incremental import PIECES
from tests.support import corpus
from tests.support.bending import bend
from tests.support.cursor import at_cursor, between_cursors, snapshot_of
from tests.support.files import FilesInMemory, files_from, plain_file
from tests.support.sample import SAMPLE

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

FILES = "figures/a.png\nfigures/my {b} $1.png\n"
SAMPLE_FILES = FilesInMemory({name: plain_file(name) for name in ("figures/new 1.png", "figures/thing1.png")})
OPENING = "### Question 1\n> **What is it? 🍎**\n>\n> Answer:\n"
ENDING = "\n### Question 2\n> Answer:\n\nNothing é.\n"
NEW = "![describe the image](figures/name.png)"


def filled_in(edits: Sequence[SnippetEdit]) -> tuple[Edit, ...]:
    """Return the edits that an editor makes if the author types nothing into the snippet."""
    return tuple(Edit(edit.span, _expanded(edit.snippet)) for edit in edits)


def _expanded(snippet: str) -> str:
    places = re.sub(r"(?<!\\)\$(?:\{\d:((?:[^\\}]|\\.)*)\}|\d)", lambda place: place[1] or "", snippet)
    return re.sub(r"\\([$}\\])", r"\1", places)


def after(snapshot: Snapshot, action: Action) -> str:
    """Return the report after the action."""
    return apply_edits(snapshot.report.text, action.edits)


def check_action(snapshot: Snapshot, action: Action) -> None:
    """An action's edits lie in the text and do not overlap, and its snippet gives the same text."""
    text = after(snapshot, action)
    assert text != snapshot.report.text
    if action.snippet:
        assert apply_edits(snapshot.report.text, filled_in(action.snippet)) == text


def check_inserted(snapshot: Snapshot, offset: int, action: Action) -> None:
    """The question gets one more image that is counted and shown, and no other text changes."""
    check_action(snapshot, action)
    text, (edit,) = after(snapshot, action), action.edits
    removed = snapshot.report.text[edit.span.start : edit.span.end]
    assert not removed.strip() or "-" in removed
    assert re.fullmatch(r"\s*!\[[^\]]*\]\([^)]*\)\s*", edit.new_text)
    taken = take(text, snapshot.environment)
    block = snapshot.report.block_at(offset)
    assert [len(snapshot.report.blocks), snapshot.verdict.completed] == [
        len(taken.report.blocks),
        taken.verdict.completed,
    ]
    counts = [sum(it.answer.counted[IMAGES] for it in one.questions[block - 1].judged) for one in (snapshot, taken)]
    assert counts[0] < counts[1] or not taken.verdict.completed
    question = taken.report.questions[block - 1]
    images = [sum(not it.hiding for it in one.report.questions[block - 1].images) for one in (snapshot, taken)]
    assert images[1] == images[0] + 1
    image = edit.new_text.strip()
    number = question.source.line_at(question.text.index(image))
    lines = [question[span] for span in question.source.line_spans]
    if not removed.strip():
        assert lines[number] == image
        assert not any(line.strip(" \t") for line in (*lines[number - 1 : number], *lines[number + 1 : number + 2]))


def on_page(text: str) -> int:
    """Return the images on the hand-in page."""
    return markdown(text).count("<img ")


def test_findings_under_the_cursor() -> None:
    """Findings that touch the cursor come first; without any, those of its lines."""
    text, offset = at_cursor(OPENING + "\nAn é $0![](figures/a.png) ![b](figures/none.png)\n" + ENDING)
    snapshot = snapshot_of(text, FILES)
    names = [finding.rule for finding in findings_at(snapshot, Span(offset, offset))]
    assert names == ["image-without-text"]
    line = ["image-without-text", "image-not-found"]
    assert [it.rule for it in findings_at(snapshot, Span(offset - 3, offset - 3))] == line
    assert [it.rule for it in findings_at(snapshot, Span(0, len(text)))] == line
    assert findings_at(snapshot, Span(0, 0)) == ()


def test_quick_fixes() -> None:
    """Every fix of a finding is offered, and the safe one is preferred."""
    text, start, end = between_cursors(OPENING + "\n$0--- question 1 fill here ---$0\n\nIt is é.\n" + ENDING)
    snapshot = snapshot_of(text)
    action = next(iter(quick_fixes(findings_at(snapshot, Span(start, end)))))
    assert action.title == "remove the placeholder"
    assert (action.kind, action.is_preferred, action.snippet) == (ActionKind.QUICK_FIX, True, ())
    assert action.finding
    assert action.finding.rule == "placeholder-left"
    assert "Answer:\n\nIt is é." in after(snapshot, action)


def test_the_same_fix_of_two_findings() -> None:
    """A fix that two findings share is offered once."""
    snapshot = snapshot_of(OPENING + "\n--- question 1 fill here ---\n\nIt is é.\n" + ENDING)
    once = quick_fixes(snapshot.findings)
    assert quick_fixes([*snapshot.findings, *snapshot.findings]) == once != ()


def test_ignorable() -> None:
    """Each rule is named once."""
    snapshot = snapshot_of(OPENING + "\n![](figures/a.png)\n\n![](figures/b.png) é\n" + ENDING, FILES)
    assert ignorable(snapshot.findings) == ("image-without-text", "image-not-found")
    assert ignorable(()) == ()


@pytest.mark.parametrize(
    ("new_text", "snippet"),
    [
        ("\r\n\r\n![a plan](figures/a.png)", "\r\n\r\n![${1:a plan}](figures/a.png)$0"),
        (f"{NEW}\n", "![${1:describe the image}](figures/${2:name}.png)$0\n"),
        ("![](pictures/{b}%20$1\\.png)", "![$1](pictures/{b\\}%20\\$1\\\\.png)$0"),
        ("![name](figures/name.png)", "![${1:name}](figures/name.png)$0"),
        ("![a $} b](name.png)", "![${1:a \\$\\} b}](name.png)$0"),
        ("![describe the image](name.jpeg)", "![${1:describe the image}](${2:name}.jpeg)$0"),
    ],
)
def test_snippets(new_text: str, snippet: str) -> None:
    """The author can type over the image's text and a new image's name; special characters are escaped."""
    edits = (Edit(Span(1, 2), new_text), Edit(Span(4, 4), "$}"))
    assert snippets_of(edits) == (SnippetEdit(Span(1, 2), snippet), SnippetEdit(Span(4, 4), "\\$\\}"))
    assert filled_in(snippets_of(edits)) == edits


@pytest.mark.parametrize(
    "texts", [(), ("",), ("words",), ("see ![a](b)",), ("![a](b)", "![c](d)"), ("![a](b)![c](d)",)]
)
def test_no_snippets(texts: tuple[str, ...]) -> None:
    """An edit that does not insert exactly one image has no snippet."""
    assert snippets_of([Edit(Span(index, index), text) for index, text in enumerate(texts)]) == ()


def test_images_to_insert() -> None:
    """Each unused figure is offered, then a new one."""
    text, offset = at_cursor(OPENING + "\nIt is é.$0\n" + ENDING.replace("é", "![](figures/a.png)"))
    actions = insert_image(snapshot_of(text, FILES), offset)
    assert [action.title for action in actions] == ["insert figures/my {b} $1.png", "insert a new image"]
    assert {(action.kind, action.is_preferred, action.finding) for action in actions} == {
        (ActionKind.REFACTOR, False, None)
    }
    assert [action.snippet[0].snippet.strip() for action in actions] == [
        r"![${1:my {b\} \$1}](figures/my%20{b\}%20\$1.png)$0",
        "![${1:describe the image}](figures/${2:name}.png)$0",
    ]


def test_the_templates_own_figures() -> None:
    """A figure that came with the template is not offered, whatever its name."""
    text, offset = at_cursor(OPENING + "\nIt is é.$0\n" + ENDING)
    files = files_from("figures/a.png\nfigures/ours.png  blob=0e8cde37a7e85f993a366f88ac6bc30dc8390f1b")
    snapshot = take(text, Environment(files=files, named="dtu-02476-2026"))
    assert [action.title for action in insert_image(snapshot, offset)] == ["insert figures/a.png", "insert a new image"]


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize(
    ("answer", "inserted"),
    [
        ("\nOne é.\n$0\nTwo 🍎.\n", "\nOne é.\n\nIMAGE\n\nTwo 🍎.\n"),
        ("\nOne é.\n\n$0\n\nTwo.\n", "\nOne é.\n\nIMAGE\n\nTwo.\n"),
        ("\nOne $0é,\nmore.\n\nTwo.\n", "\nOne é,\nmore.\n\nIMAGE\n\nTwo.\n"),
        ("\n1. o$0ne\n\n2. two\nTwo.\n\nThree.", "\n1. one\n\n2. two\nTwo.\n\nIMAGE\n\nThree."),
        ("\n1. one\n$0\n2. two\n\nThree.\n", "\n1. one\n\n2. two\n\nIMAGE\n\nThree.\n"),
        ("\n> one$0\n\nTwo.\n", "\n> one\n\nIMAGE\n\nTwo.\n"),
        ("\n| a |\n|---|\n| $0b |\n", "\n| a |\n|---|\n| b |\n\nIMAGE\n"),
        ("\nSee `co$0de`.\n", "\nSee `code`.\n\nIMAGE\n"),
        ("\nOne$0\n```\ncode\n```\n", "\nOne\n\nIMAGE\n\n```\ncode\n```\n"),
        ("$0\nOne.\n", "\nIMAGE\n\nOne.\n"),
        (" One$0.\n", " One.\n\nIMAGE\n"),
        ("\n[a]$0: x\n[b]: y\n[c]: z\n", "\n[a]: x\n[b]: y\n[c]: z\n\nIMAGE\n"),
        ("\n--- question 1 fi$0ll here ---\n", "\nIMAGE\n"),
        ("\n$0\n", "\nIMAGE\n"),
    ],
)
def test_where_it_goes(answer: str, inserted: str, newline: str) -> None:
    """The image goes on the cursor's line if that is blank, else below it, always as a paragraph of its own."""
    text, offset = at_cursor((OPENING + answer + ENDING).replace("\n", newline))
    snapshot = snapshot_of(text, FILES)
    action = insert_image(snapshot, offset)[0]
    check_inserted(snapshot, offset, action)
    expected = (OPENING + inserted.replace("IMAGE", "![a](figures/a.png)") + ENDING).replace("\n", newline)
    assert after(snapshot, action) == expected


def test_on_a_blank_line_below_another_line_break() -> None:
    r"""Below a line that ends in a lone `\r`, a `\n` would complete that line break and leave no blank line."""
    text, offset = at_cursor(OPENING + "\nOne.\r$0 \nTwo.\n" + ENDING)
    snapshot = snapshot_of(text, FILES)
    check_inserted(snapshot, offset, insert_image(snapshot, offset)[0])


@pytest.mark.parametrize("line", ["> Ans$0wer:\n", "> Answer:$0\n"])
def test_on_the_markers_line(line: str) -> None:
    """After the marker the image goes below it; before the end of the marker there is no answer."""
    text, offset = at_cursor(OPENING.replace("> Answer:\n", line) + "One é.\n" + ENDING)
    actions = insert_image(snapshot_of(text, FILES), offset)
    texts = [after(snapshot_of(text, FILES), action) for action in actions[:1]]
    below = OPENING + "\n![a](figures/a.png)\n\nOne é.\n" + ENDING
    assert texts == ([] if "$0wer" in line else [below])


@pytest.mark.parametrize(
    ("answer", "inserted"),
    [("\nOne.$0", "\nOne.\n\nIMAGE"), ("\nOne.\n$0", "\nOne.\n\nIMAGE\n"), ("\nOne.\n\n$0", "\nOne.\n\nIMAGE\n")],
)
def test_at_the_end_of_the_report(answer: str, inserted: str) -> None:
    """The last line may have no line break."""
    text, offset = at_cursor(OPENING + "\nOne.\n\n" + OPENING.replace("1", "2") + answer)
    snapshot = snapshot_of(text, FILES)
    action = insert_image(snapshot, offset)[0]
    check_inserted(snapshot, offset, action)
    assert after(snapshot, action).endswith(
        OPENING.replace("1", "2") + inserted.replace("IMAGE", "![a](figures/a.png)")
    )


@pytest.mark.parametrize(
    "answer",
    [
        "\nOne.\n\n```\nco$0de\n```\n",
        "\nOne.\n\n```\n\n$0\n```\n",
        "\n- one\n\n  ```\n  co$0de\n  ```\n",
        "\nOne.\n\n    co$0de\n",
        "\n<!-- com$0ment -->\n",
        "\n<div>\n\n$0\n\n</div>\n",
        "\n<div>\n\nnever $0closed\n",
        "\nOne.\n\n## More\n\nTwo$0.\n",
        "\nOne$0.\n\nAnswer: two.\n",
    ],
)
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_where_none_is_inserted(answer: str, newline: str) -> None:
    """Nothing is offered where an image would not be shown or counted."""
    text, offset = at_cursor((OPENING + answer + ENDING).replace("\n", newline))
    assert insert_image(snapshot_of(text, FILES), offset) == ()


@pytest.mark.parametrize("text", ["$0", "# A re$0port\n\n" + OPENING, OPENING.replace("What", "Wh$0at") + ENDING])
def test_no_image_outside_answers(text: str) -> None:
    """Nothing is offered in the introduction or in a prompt."""
    text, offset = at_cursor(text)
    assert insert_image(snapshot_of(text, FILES), offset) == ()


def test_no_image_where_nothing_is_counted() -> None:
    """Nothing is offered in a dropped answer or while the check crashes."""
    text, offset = at_cursor(OPENING + "\nOne.\n\nQuestion 2\n\nNothing to answer he$0re.\n" + ENDING)
    assert insert_image(snapshot_of(text, FILES), offset) == ()


def test_a_name_with_a_marker_in_it() -> None:
    """A figure with a marker in its name is not offered, as it would end the answer."""
    text, offset = at_cursor(OPENING + "\nOne$0.\n" + ENDING)
    titles = [action.title for action in insert_image(snapshot_of(text, "figures/Answer:.png\n"), offset)]
    assert titles == ["insert a new image"]


@pytest.mark.parametrize("family", [27, 31])
def test_images_anywhere_in_the_sample(family: int) -> None:
    """At any cursor position the inserted image is counted and shown."""
    text = SAMPLE[family] if family == 27 else SAMPLE[family].replace("\n", "\r\n")
    snapshot = take(text, Environment(files=SAMPLE_FILES))
    before, found = on_page(text), 0
    for offset in Random(family).sample(range(len(text) + 1), 60):  # noqa: S311  # repeatable, not secret
        for action in insert_image(snapshot, offset):
            check_inserted(snapshot, offset, action)
            assert on_page(after(snapshot, action)) == before + 1
            found += 1
    assert found > 30


@corpus.needs_corpus
@pytest.mark.parametrize("shard", range(4))
def test_images_anywhere_in_the_corpus(shard: int) -> None:
    """Inserted images count in real reports, unless an earlier question leaves HTML unclosed."""
    for name in corpus.names()[shard::4]:
        environment = Environment(files=corpus.figures(name), named=corpus.verdicts()[name]["edition"])
        snapshot = take(corpus.report(name), environment)
        is_readable = all(finding.rule != "unclosed-html" for finding in snapshot.findings)
        text = snapshot.report.text
        before = on_page(text)
        for offset in Random(name).sample(range(len(text) + 1), 8):  # noqa: S311  # repeatable, not secret
            for action in insert_image(snapshot, offset)[-1:]:
                check_inserted(snapshot, offset, action)
                assert not is_readable or on_page(after(snapshot, action)) == before + 1, (name, offset)


@corpus.needs_corpus
def test_every_fix_in_the_corpus() -> None:
    """Every fix is offered in its order, and its snippet gives the same text."""
    snippets = 0
    for name in corpus.names():
        environment = Environment(files=corpus.figures(name), named=corpus.verdicts()[name]["edition"])
        snapshot = take(corpus.report(name), environment)
        for finding in snapshot.findings:
            assert finding in findings_at(snapshot, finding.span)
            actions = quick_fixes([finding])
            assert [(action.title, action.edits) for action in actions] == [fix[:2] for fix in finding.fixes]
            assert sum(action.is_preferred for action in actions) == any(fix.safe for fix in finding.fixes)
            for action in actions:
                check_action(snapshot, action)
                snippets += bool(action.snippet)
    assert snippets > 100


def check_fix_all(text: str, path: Path, *, edition: str) -> int:
    """Check that the action writes what `--fix` writes; return the number of its edits."""
    path.write_bytes(text.encode())
    reportls("check", "--fix", "--edition", edition, path)
    snapshot = take(text, Environment(named=edition))
    action = fix_all(snapshot)
    written = path.read_bytes().decode()
    assert (after(snapshot, action) if action else text) == written
    assert (action is None) == (written == text)
    return len(action.edits) if action else 0


def test_fix_all(tmp_path: Path) -> None:
    """The action fixes several places at once, as the command line does."""
    text = SAMPLE[31].replace("is é an apple", "is é\n--- question 3 fill here ---\nan apple").replace("\n", "\r\n")
    assert check_fix_all(text, tmp_path / "README.md", edition="dtu-02476-2026") >= 31
    assert check_fix_all(SAMPLE[27], tmp_path / "README.md", edition="dtu-02476-2023") == 0


def test_fix_all_in_the_demo(tmp_path: Path) -> None:
    """The action works on the sample report that the program brings."""
    reportls("demo", tmp_path / "demo")
    path = next((tmp_path / "demo").rglob("README.md"))
    text = path.read_bytes().decode()
    assert check_fix_all(text, tmp_path / "README.md", edition="dtu-02476-2026") > 0


@corpus.needs_corpus
@pytest.mark.parametrize("shard", range(4))
def test_fix_all_in_the_corpus(tmp_path: Path, shard: int) -> None:
    """The action works on real reports."""
    found = 0
    for name in corpus.names()[shard::4]:
        text = corpus.report(name)
        found += check_fix_all(text, tmp_path / "README.md", edition=corpus.verdicts()[name]["edition"])
    assert found > 50


@given(st.integers(0, 10**9), st.lists(st.integers(-5, 20_000), min_size=4, max_size=4))
def test_any_bent_report(seed: int, offsets: list[int]) -> None:
    """No damaged report and no position breaks an action."""
    rng, text = Random(seed), SAMPLE[31]  # noqa: S311  # repeatable, not secret
    for _ in range(rng.randint(1, 6)):
        text = bend(text, rng)
    check_any(take(text, Environment(files=SAMPLE_FILES)), offsets)


@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join), st.integers(-5, 300), st.integers(-5, 300))
def test_any_text(text: str, start: int, end: int) -> None:
    """No text breaks an action."""
    for opening in ("", OPENING):
        check_any(take(opening + text, Environment(files=SAMPLE_FILES)), [start, end])


def check_any(snapshot: Snapshot, offsets: list[int]) -> None:
    """Check all actions at these positions."""
    for start, end in pairwise(offsets):
        for action in quick_fixes(findings_at(snapshot, Span(min(start, end), max(start, end)))):
            check_action(snapshot, action)
        for action in insert_image(snapshot, start):
            check_inserted(snapshot, min(max(start, 0), len(snapshot.report.text)), action)
    all_fixed = fix_all(snapshot)
    assert (after(snapshot, all_fixed) if all_fixed else snapshot.report.text) == with_fixes(snapshot).text


@given(st.text("ab\né", max_size=30), st.data())
def test_rounds_of_edits(text: str, data: st.DataObject) -> None:
    """Composed edits give the same text as the rounds, do not overlap and each change something."""
    rewriting, now = Rewriting(text), text
    for _ in range(4):
        places = sorted(data.draw(st.sets(st.integers(0, len(now)), max_size=6)))
        spans = [Span(*pair) for pair in zip(places[::2], places[1::2], strict=False)]
        edits = [Edit(span, data.draw(st.text("abc", max_size=3))) for span in spans]
        now = apply_edits(now, edits)
        rewriting.edit(edits)
        assert apply_edits(text, rewriting.edits) == now
    for edit in rewriting.edits:
        replaced = text[edit.span.start : edit.span.end]
        assert replaced != edit.new_text
        assert not (replaced and edit.new_text) or replaced[0] != edit.new_text[0]
    for one, other in pairwise(rewriting.edits):
        assert one.span.end < other.span.start

"""References to figures, and renaming them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportls.features.references import check_new_name, figure_at, full_name, rename_edits, uses_of
from reportls.snapshot import Environment, Snapshot, take
from reportls.text import apply_edits
from tests.support.bending import bend
from tests.support.corpus import figures, names, needs_corpus, report
from tests.support.cursor import at_cursor, shown, snapshot_of
from tests.support.files import FilesInMemory, plain_file
from tests.support.sample import SAMPLE

if TYPE_CHECKING:
    from random import Random

FILES = "figures/a.png\nfigures/b c.jpg\nfigures/old/d.PNG\nnotes.md"
QUESTION = "### Question {}\n\n> **What 😀? figures/a.png**\n>\n> Answer:\n\n{}\n\n"
EVERY_USE = (
    'One 😋 ![x](figures/a.png "figures/a.png") and ![x](<./figures/a.png>), [link](figures/a.png?raw=true).\n\n'
    "<img alt=é src='figures/a.png'> <img src=figures/a.png>\r\n\r\n"
    "Bare figures/a.png, “./figures/a.png”, `figures/a.png`, reports/figures/a.png.\n\n![y][label] [z][label]\n\n"
    "\\![z](figures/a.png) `![w](figures/a.png)`\n\n[label]: <figures/a.png> 'title'\n"
)
USES = 12
NEW_NAMES = st.text("aZé 😀ü%#?&()[]<>'\"`!,;=+$^{}~_-*|:\\.", min_size=1, max_size=12)


def report_of(*answers: str) -> str:
    """Return a report with these answers."""
    return "Intro figures/a.png\n\n" + "".join(QUESTION.format(*pair) for pair in enumerate(answers, start=1))


def after(snapshot: Snapshot, old: str, new: str) -> Snapshot:
    """Return the report after the file is renamed."""
    files = snapshot.environment.files
    moved = FilesInMemory({path.replace(old, new): plain_file(path) for path in files.paths()})
    text = apply_edits(snapshot.report.text, rename_edits(snapshot, old, new))
    return take(text, Environment(files=moved))


def renamed_text(answer: str, new: str, old: str = "figures/a.png") -> str:
    """Return the answer after the figure is renamed."""
    snapshot = snapshot_of(report_of(answer), FILES)
    text = apply_edits(snapshot.report.text, rename_edits(snapshot, old, new))
    return text[text.index("Answer:\n\n") + len("Answer:\n\n") : -2]


def test_every_use_is_found() -> None:
    """Uses are found in all answers, but not in prompts, code blocks and the introduction."""
    snapshot = snapshot_of(report_of(EVERY_USE, "```\nfigures/a.png\n```", "![x](figures/a.png)"), FILES)
    uses = uses_of(snapshot, "figures/a.png")
    assert len(uses) == USES + 1
    assert {shown(snapshot, use.span) for use in uses} == {"figures/a.png", "./figures/a.png"}


@pytest.mark.parametrize(
    ("answer", "path"),
    [
        ("😀 ![x]($0figures/a.png)", "figures/a.png"),
        ("![x](<figures/b%20c.jpg$0>)", "figures/b c.jpg"),
        ("![x](figures/no$0ne.png)", "figures/none.png"),
        ("see `figures/$0a.png`", "figures/a.png"),
        ("[x](figures/a$0.png#top)", "figures/a.png"),
        ("![x$0](figures/a.png)", None),
        ("![x](https://a.org/figures/a$0.png)", None),
        ("[x](notes$0.md)", None),
        ("![x](notes$0.md)", "notes.md"),
        ("![x]($0)", None),
        ("wo$0rds", None),
    ],
)
def test_the_figure_at_an_offset(answer: str, path: str | None) -> None:
    """A figure is found at offsets in its path, ends included."""
    text, offset = at_cursor(report_of(answer))
    use = figure_at(snapshot_of(text, FILES), offset)
    assert (use and use.path) == path


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("![x](./figures/a.png 'a t')", "![x](./figures/nø.png 'a t')"),
        ("![x](<figures/a.png>)", "![x](<figures/nø.png>)"),
        ("[x](figures/a.png?raw=true)", "[x](figures/nø.png?raw=true)"),
        ('<img src="figures/a.png" width="3">', '<img src="figures/nø.png" width="3">'),
        ("in reports/figures/a.png.", "in reports/figures/nø.png."),
        ("[a]: figures/a.png", "[a]: figures/nø.png"),
    ],
)
def test_only_the_path_changes(before: str, after: str) -> None:
    """Renaming changes the path and no text around it."""
    assert renamed_text(before, "figures/nø.png") == after


def test_a_name_with_blanks_and_brackets_is_encoded() -> None:
    """Blanks and brackets in names are encoded, as they would change the count or end the image early."""
    assert renamed_text("![x](figures/a.png)", "figures/a (b) ##.png") == "![x](figures/a%20%28b%29%20%23%23.png)"


def test_a_name_that_would_lead_elsewhere() -> None:
    """A `~` at the start is written so that no program takes it for a home folder."""
    snapshot = snapshot_of(report_of("![x](a.png)"), "a.png")
    moved = after(snapshot, "a.png", "~a.png")
    assert [shown(moved, use.span) for use in uses_of(moved, "~a.png")] == ["./~a.png"]


def test_a_folder_moves_with_all_in_it() -> None:
    """Renaming a folder changes the paths below it and no others."""
    before = "![x](figures/old/d.PNG) ![y](figures/old/none.png) ![z](figures/older.png)"
    assert renamed_text(before, "figures/new ü/", "figures/old/") == before.replace("/old/", "/new%20ü/")


@given(NEW_NAMES)
def test_renaming_keeps_every_use_and_every_count(name: str) -> None:
    """Renaming to any name and back keeps all uses and counts."""
    snapshot = snapshot_of(report_of(EVERY_USE, "![x](figures/a.png)"), FILES)
    new = f"figures/x{name}x.png"
    moved = after(snapshot, "figures/a.png", new)
    assert len(uses_of(moved, new)) == USES + 1
    assert [answer.counted for answer in moved.verdict.answers] == [x.counted for x in snapshot.verdict.answers]
    assert not any(finding.rule == "image-not-found" for finding in moved.findings)
    assert len(uses_of(after(moved, new, "figures/a.png"), "figures/a.png")) == USES + 1


@pytest.mark.parametrize(
    ("old", "new", "path"),
    [
        ("figures/a.png", "b", "figures/b.png"),
        ("figures/a.png", "b.jpg", "figures/b.jpg"),
        ("figures/a.png", "./figures/sub/é", "figures/sub/é.png"),
        ("a.png", "b", "b.png"),
        ("figures/a.png", "figures/sub/", "figures/sub/a.png"),
        ("figures/old/", "new", "figures/new/"),
        ("figures/old/", "pictures/new/", "pictures/new/"),
    ],
)
def test_a_short_name_means_a_full_one(old: str, new: str, path: str) -> None:
    """A short name means the old folder and the old extension."""
    assert full_name(old, new) == path


@pytest.mark.parametrize(
    ("new", "said"),
    [
        ("b", None),
        ("a", None),
        ("ø 😀 (1) 100%", None),
        ("A.PNG", None),
        (" ", "the new name is empty"),
        ("b c.jpg", "figures/b c.jpg already exists"),
        ("B C.jpg", "figures/b c.jpg already exists"),
        ("../../b.png", "../../b.png is not in the report's folder"),
        ("/b.png", "/b.png is not in the report's folder"),
        ("b.txt", "figures/b.txt is not an image file: end the name with .png, .jpg or .jpeg"),
        ("Answer:", "a file name cannot contain :"),
        ("a\nb", "a file name cannot contain control characters"),
        ("a" * 252 + ".png", "a name has at most 255 bytes"),
        ("é" * 126 + ".png", "a name has at most 255 bytes"),
        ("nul.png", "Windows has no file of the name nul"),
        ("COM1/b.png", "Windows has no file of the name COM1"),
        ("sub /b", "a name cannot begin or end with a space, or end with a full stop"),
    ],
)
def test_what_is_said_of_a_new_name(new: str, said: str | None) -> None:
    """An invalid name is refused with a reason."""
    assert check_new_name(snapshot_of(report_of(""), FILES), "figures/a.png", new) == said


def test_a_folder_is_not_moved_into_itself_or_another() -> None:
    """A folder cannot be moved into itself or onto another one."""
    snapshot = snapshot_of(report_of(""), FILES)
    assert check_new_name(snapshot, "figures/", "figures/sub/") == "a folder cannot be moved into itself"
    assert check_new_name(snapshot, "pictures/", "figures") == "figures/a.png already exists"
    assert check_new_name(snapshot, "figures/old/", "new") is None


@given(NEW_NAMES)
def test_a_good_name_leads_to_its_file(name: str) -> None:
    """A name that is accepted can be written and leads to its file."""
    snapshot = snapshot_of(report_of(EVERY_USE), FILES)
    if check_new_name(snapshot, "figures/a.png", name) is None:
        new = full_name("figures/a.png", name)
        assert len(uses_of(after(snapshot, "figures/a.png", new), new)) == USES


@given(st.randoms(use_true_random=False), st.sampled_from([27, 31]), st.integers(0, 10**6), st.text())
def test_any_text(rng: Random, family: int, at: int, new: str) -> None:
    """In damaged reports uses lie in the text, and all can be edited at once."""
    text = bend(bend(SAMPLE[family], rng), rng)
    snapshot = snapshot_of(text, "figures/thing3.png")
    use = figure_at(snapshot, at % (len(text) + 2) - 1)
    assert use is None or use in uses_of(snapshot, use.path)
    apply_edits(text, rename_edits(snapshot, "figures/", new))
    check_new_name(snapshot, "figures/thing3.png", new)


@needs_corpus
@pytest.mark.parametrize("name", names())
def test_real_reports(name: str) -> None:
    """Renamed figures in real reports are used as often as before."""
    snapshot = take(report(name), Environment(files=figures(name)))
    used = [path for path in figures(name).paths() if uses_of(snapshot, path)]
    for path in used[:2]:
        moved = after(snapshot, path, "figures/é 😀.png")
        assert len(uses_of(moved, "figures/é 😀.png")) == len(uses_of(snapshot, path))

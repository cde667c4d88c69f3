"""Completions are sound at any position of any text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from reportls.editions.edition import Override, Role
from reportls.features.completion import CompletionKind, complete
from reportls.findings.settings import Settings
from reportls.report.target import target_of
from reportls.text import Edit
from tests.support.bending import bend
from tests.support.cursor import at_cursor, snapshot_of
from tests.support.sample import SAMPLE

if TYPE_CHECKING:
    from random import Random

    from reportls.snapshot import Snapshot

PATHS = ["figures/a.png", "figures/my plot (1).png", "figures/sub/ø😀.jpg"]
FILES = "\n".join([*PATHS, "notes.md"])
ROLES = Settings(questions={1: Override(role=Role.STUDY_NUMBERS), 2: Override(role=Role.CONTRIBUTIONS)})


def report_of(*answers: str) -> str:
    """Return a report with these answers."""
    prompt = "> **What 😀?**\n>\n> Answer:\n\n"
    return "".join(f"### Question {number}\n\n{prompt}{answer}\n\n" for number, answer in enumerate(answers, start=1))


def check(snapshot: Snapshot, offset: int) -> None:
    """Completions are on one line, in order, and the path of a figure leads to the figure."""
    text = snapshot.report.text
    for order, completion in enumerate(complete(snapshot, offset)):
        replaced = completion.replaced
        assert replaced.start <= offset <= replaced.end
        assert not set("\r\n") & set(text[replaced.start : replaced.end])
        assert completion.order == order
        if completion.kind is CompletionKind.FIGURE:
            after = snapshot.edited(Edit(replaced, completion.new_text))
            assert completion.label in written_at(after, replaced.start)


def written_at(snapshot: Snapshot, offset: int) -> set[str]:
    """Return the target of the image or link whose path starts there."""
    block = snapshot.report.block_at(offset)
    question, at = snapshot.report.questions[block - 1], offset - snapshot.report.starts[block]
    targets = [(image.target, image.path) for image in question.markup.images]
    targets += [(link.target, link.path) for link in question.markup.links]
    return {target_of(path).path for target, path in targets if target and target.start == at}


SIGNS = r'![ [ ]( ( ) < > fig figures/ ./ 😀 ` ! \ " <!-- --> | s12 ![x]( a.png % %20 #'
PIECES = [*SIGNS.split(), " ", "\t", "\u00a0", "\n", "\r\n", "\r", "\n\n", "```\n", "\n> ", "\n- "]


@given(
    st.lists(st.sampled_from(PIECES), max_size=12).map("".join),
    st.lists(st.sampled_from(PIECES), max_size=6).map("".join),
)
def test_any_answer(before: str, after: str) -> None:
    """Completions are sound in answers typed halfway."""
    text, offset = at_cursor(report_of("s111111", before + "$0" + after))
    check(snapshot_of(text, FILES, settings=ROLES), offset)


@given(st.text("ab.-%😀", max_size=8), st.text(" abc😀.,\r\n", max_size=8))
def test_an_image_whose_brackets_are_open(typed: str, after: str) -> None:
    """In plain text a path that is being typed always has completions."""
    text, offset = at_cursor(report_of("a", f"word ![x]({typed}$0 {after}"))
    snapshot = snapshot_of(text, FILES)
    assert [completion.label for completion in complete(snapshot, offset)] == PATHS
    check(snapshot, offset)


@given(st.randoms(use_true_random=False), st.sampled_from([27, 31]), st.integers(0, 10**6))
def test_bent_reports(rng: Random, family: int, at: int) -> None:
    """Completions are sound at any offset of damaged reports, and outside them."""
    text = bend(bend(SAMPLE[family], rng), rng)
    edition = {27: "dtu-02476-2023", 31: "dtu-02476-2026"}[family]
    check(snapshot_of(text, "figures/thing1.png\nfigures/other.png", edition), at % (len(text) + 3) - 1)

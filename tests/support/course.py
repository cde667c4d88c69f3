"""An invented course with title, checklist and prompts, for cases that must not contain the texts of a real one."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING
from unittest.mock import patch

from reportls.editions.edition import Edition, Prints, Role, Source, builtin
from reportls.report.checker import Variant
from reportls.report.kinds import Constraints
from reportls.report.prompt import fingerprint

if TYPE_CHECKING:
    from collections.abc import Iterator

TITLE = "The report on a machine that sorts äpples and other fruit"
TASKS = ("Buy apples (A1)", "Sort them by colour (A2)", "Write down how it went (A3)", "Eat the rest 🍎 (A4)")
PROMPTS = {1: "Who are you, äpples? 🍎", 2: "What did you sort, and why? Who did it?"}
EXAMPLES = {2: "We sorted ... by ..., for ..."}
CORRECTED = {"Sort them by the colour (A2)": TASKS[1]}
REWORDED_LATER = ("Drink the juice (A5)", "Drink the juice while it is fresh (A5)")

OWN = Edition(
    id="own",
    since="2026-01-01",
    variant=Variant(2),
    limits=(Constraints(), Constraints()),
    sources=(Source.EDITION, Source.EDITION),
    roles={1: Role.STUDY_NUMBERS, 2: Role.CONTRIBUTIONS},
    prints=Prints(
        titles=frozenset({fingerprint(TITLE)}),
        tasks=tuple(map(fingerprint, (*TASKS, *REWORDED_LATER))),
        passing_tasks=frozenset(map(fingerprint, REWORDED_LATER)),
        corrected_tasks={fingerprint(one): fingerprint(other) for one, other in CORRECTED.items()},
        prompts={number: frozenset({fingerprint(words)}) for number, words in PROMPTS.items()},
        examples={number: frozenset({fingerprint(words)}) for number, words in EXAMPLES.items()},
    ),
)


@contextmanager
def own_course() -> Iterator[None]:
    """Make `own` the name of an edition, like the built-in ones, within a `with` block."""
    with patch("reportls.editions.resolve.builtin", lambda name: OWN if name == "own" else builtin(name)):
        yield

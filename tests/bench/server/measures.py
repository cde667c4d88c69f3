"""The measurements of one round."""

from __future__ import annotations

import statistics
from random import Random
from typing import TYPE_CHECKING

from tests.bench.server.process import processor_time

if TYPE_CHECKING:
    from tests.bench.server.typist import Typist

INITIALIZED = "start to `initialize`, ms"
DIAGNOSED = "start to first diagnostics, ms"
EDIT = "edit to diagnostics, ms"
LETTERS = 25
"""Letters typed one after another in each round."""
ASKED = 8
"""Edits in each round that are followed by a hover; equally many are followed by a request for code actions."""
_PAUSE = 0.01
"""Seconds of silence after which the next letter is typed."""
_QUIET = 0.15
"""Seconds of silence after which a server has finished all work that it postponed."""
_ALPHABET = "abcdefgh "
_REQUESTS = {
    "hover straight after an edit, ms": ("textDocument/hover", "hoverProvider"),
    "code actions straight after an edit, ms": ("textDocument/codeAction", "codeActionProvider"),
}


def started(typist: Typist) -> dict[str, float]:
    """Measure the start of a session."""
    return {INITIALIZED: typist.until_initialized * 1000, DIAGNOSED: typist.until_diagnosed * 1000}


def worked(typist: Typist, number: int, burst: int) -> dict[str, float]:
    """Measure a round in a session; in rounds of the same number, all servers get the same messages."""
    rng = Random(number)  # noqa: S311  # repeatable, not secret
    typist.go(rng)
    return {**_edits(typist, rng), **_requests(typist, rng), **_burst(typist, rng, burst)}


def _edits(typist: Typist, rng: Random) -> dict[str, float]:
    process = typist.pipe.process.pid
    messages = [typist.typed(letter) for letter in rng.choices(_ALPHABET, k=LETTERS)]
    typist.version -= LETTERS
    typist.pipe.drain(_QUIET)
    before = processor_time(process)
    times = []
    for message in messages:
        typist.version += 1
        start = typist.pipe.send(message)
        times.append((typist.diagnosed() - start) * 1000)
        typist.pipe.drain(_PAUSE)
    typist.pipe.drain(_QUIET)
    return {
        EDIT: statistics.median(times),
        "edit to diagnostics, 95th percentile, ms": statistics.quantiles(times, n=20, method="inclusive")[-1],
        "processor time of 1000 edits, s": (processor_time(process) - before) / LETTERS * 1000,
    }


def _burst(typist: Typist, rng: Random, count: int) -> dict[str, float]:
    message = b"".join([typist.typed(letter) for letter in rng.choices(_ALPHABET, k=count)])
    start = typist.pipe.send(message)
    found = {f"burst of {count} edits to the last one's diagnostics, ms": (typist.diagnosed() - start) * 1000}
    typist.pipe.drain(_QUIET)
    return found


def _requests(typist: Typist, rng: Random) -> dict[str, float]:
    return {
        name: statistics.median(_asked(typist, method, rng) for _ in range(ASKED))
        for name, (method, provider) in _REQUESTS.items()
        if typist.announced.get(provider)
    }


def _asked(typist: Typist, method: str, rng: Random) -> float:
    edit = typist.typed(rng.choice(_ALPHABET))
    number, request = typist.question(method)
    start = typist.pipe.send(edit + request)
    at, _ = typist.pipe.answer(number)
    typist.pipe.drain(_PAUSE)
    return (at - start) * 1000

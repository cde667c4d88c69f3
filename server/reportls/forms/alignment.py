"""Finds the anchors of a template again in a report that fills it in.

Anchors are looked for by identical words, then by similar words, then by their numbers, then by their order between
neighbours that were found. Each step is deterministic and looks at what the steps before it have left.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from reportls.forms.form_words import ASKS
from reportls.forms.wording import key_of, likeness, line_key, name_number, without_bullet
from reportls.text import Span

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator, Sequence

    from reportls.forms.anchors import Anchor, Candidates

_MOST_COMPARED = 4000
"""Most pairs of anchors that are compared letter by letter. No form has more, and they would take long."""
_BEGINNING = 3
"""Code points by which anchors are sorted before they are compared."""
_PLAIN_KINDS = {"heading", "question", "deliverable"}
"""Kinds that authors replace by one another."""


class Found(NamedTuple):
    """An anchor of the template in the report."""

    anchor: int
    """Its index in the template."""
    span: Span
    """Its lines in the report; the answer may begin after it on the same line."""
    level: int
    end: int | None
    """The latest end of its slot, if something closes it."""
    is_displaced: bool = False
    """Whether the anchor is out of the template's order."""


class Double(NamedTuple):
    """A line of the report that repeats an anchor that was found already."""

    anchor: int
    """Index in the template."""
    span: Span


class Alignment(NamedTuple):
    """The anchors of a template that a report has."""

    found: tuple[Found, ...]
    """In the order of the report."""
    missing: tuple[int, ...]
    """Indices of the others, in the order of the template."""
    doubles: tuple[Double, ...]
    own_headings: tuple[Anchor, ...]
    """Headings of the report that are none of the template."""
    wanted: int
    """How many anchors a report should have: those of optional slots only if they were found."""
    pairs: dict[int, int]
    """Candidates by anchor, both as indices."""
    apart_from: int | None
    """See `Candidates`."""
    said: Sequence[tuple[str, int, str, str]]
    """All that pairing depends on: the kind, level, words and key of each candidate."""

    @property
    def follows(self) -> bool:
        """Whether at least half of the wanted anchors were found."""
        return len(self.found) * 2 >= self.wanted


class Anchors:
    """The anchors of a template, prepared to be looked for."""

    def __init__(
        self, text: str, anchors: Sequence[Anchor], optional: frozenset[int], others: Sequence[Anchor] = ()
    ) -> None:
        """Take the template's text, the anchors in it, and others for which a change is to be noticed.

        A report may lack the anchors with the indices `optional`.
        """
        self.anchors = anchors
        self.optional = optional
        self.keys = [_key(text, anchor) for anchor in anchors]
        self.numbers = [name_number(anchor.words) for anchor in anchors]
        self._beginnings: dict[str, list[str]] = defaultdict(list)
        noticed = [*self.keys, *[_key(text, anchor) for anchor in others]]
        for key in noticed:
            self._beginnings[key[:_BEGINNING]].append(key)
        self._short = tuple(key for key in noticed if 0 < len(key) < _BEGINNING)

    def may_be(self, candidate: Anchor) -> bool:
        """Return whether a line of a report may be one of the anchors. Most paragraphs cannot be."""
        return _is_comparable(candidate) or self.may_be_in(key_of(candidate.words))

    def may_be_in(self, key: str) -> bool:
        """Return whether a paragraph of these words may be one of the anchors, or begin with one."""
        return any(map(key.startswith, self._beginnings.get(key[:_BEGINNING], ()))) or key.startswith(self._short)


def aligning(anchors: Anchors, report: Candidates, before: Alignment | None = None) -> Generator[None, None, Alignment]:
    """Find the anchors in the candidates of a report; `before` is the alignment of an earlier version.

    Yield between the steps, where the caller may pause.
    """
    return (yield from _Aligner(anchors, report).aligning(before))


def _key(text: str, anchor: Anchor) -> str:
    if anchor.kind == "table":
        line, _, _ = text[anchor.span.start :].partition("\n")
        return line_key(line)
    return key_of(anchor.words)


class _Aligner:
    def __init__(self, anchors: Anchors, report: Candidates) -> None:
        self._anchors = anchors
        self._source = report.source
        self._apart_from = report.apart_from
        self._candidates = report.anchors
        self._keys = [_key(report.source.content, each) for each in self._candidates]
        self._pairs: dict[int, int] = {}
        """Candidates by anchor."""
        self._taken: set[int] = set()

    def aligning(self, before: Alignment | None) -> Generator[None, None, Alignment]:
        said = [
            (each.kind, each.level, each.words, key) for each, key in zip(self._candidates, self._keys, strict=True)
        ]
        if before and before.said == said:
            self._pairs, self._taken = before.pairs, set(before.pairs.values())
        else:
            yield from self._finding()
        total = len(self._anchors.anchors)
        found = sorted((candidate, index) for index, candidate in self._pairs.items())
        in_order = self._in_order()
        placed = tuple(self._found(index, candidate, is_displaced=index not in in_order) for candidate, index in found)
        missing = tuple(index for index in range(total) if index not in self._pairs)
        own = tuple(
            each for number, each in enumerate(self._candidates) if each.kind == "heading" and number not in self._taken
        )
        wanted = total - len(self._anchors.optional.intersection(missing))
        return Alignment(placed, missing, tuple(self._doubles()), own, wanted, self._pairs, self._apart_from, said)

    # Steps

    def _finding(self) -> Iterator[None]:
        # From the most certain evidence to the least: what a step has paired, later steps leave alone.
        for step in (self._by_words, self._by_words_in_front, self._by_likeness, self._by_number, self._by_order):
            step()
            yield

    def _by_words(self) -> None:
        candidates: dict[str, list[int]] = defaultdict(list)
        for number, key in enumerate(self._keys):
            candidates[key].append(number)
        wanted: dict[str, list[int]] = defaultdict(list)
        for index, key in enumerate(self._anchors.keys):
            wanted[key].append(index)
        # Words that occur once on both sides are certain, and help with those that occur several times.
        for key, indices in sorted(wanted.items(), key=lambda item: len(item[1])):
            free = [number for number in candidates.get(key, ()) if number not in self._taken]
            for index in indices:
                fitting = [number for number in free if self._fits(index, number)]
                if fitting:
                    number = self._nearest(index, fitting, same_level=True)
                    self._pair(index, number)
                    free.remove(number)

    def _by_words_in_front(self) -> None:
        """Find anchors that are followed by added words or by the answer."""
        beginnings: dict[str, list[int]] = defaultdict(list)
        for number in self._free():
            beginnings[self._keys[number][:_BEGINNING]].append(number)
        for index in self._left():
            key = self._anchors.keys[index]
            near = beginnings.get(key[:_BEGINNING], []) if len(key) >= _BEGINNING else self._free()
            fitting = [
                number
                for number in near
                if key
                and number not in self._taken
                and self._fits(index, number)
                and _begins(self._keys[number], key)
                and not self._is_prose_for(index, number)
            ]
            if fitting:
                self._pair(index, self._nearest(index, fitting, same_level=True))

    def _by_likeness(self) -> None:
        left = [index for index in self._left() if self._anchors.anchors[index].kind in _PLAIN_KINDS]
        free = [number for number in self._free() if _is_comparable(self._candidates[number])]
        # Each comparison is slow, and a file with so many unmatched paragraphs hardly follows this template.
        if len(left) * len(free) > _MOST_COMPARED:
            return
        alike = [
            (-likeness(self._anchors.keys[index], self._keys[number]), index, number)
            for index in left
            for number in free
            if self._fits(index, number)
        ]
        certain = set(self._pairs)
        for degree, index, number in sorted(alike):
            if degree and index not in self._pairs and number not in self._taken:
                self._pair(index, number)
        # Words that are alike and stand elsewhere are those of another heading: "Migration" is not "Mitigation".
        for index in self._pairs.keys() - certain - self._in_order():
            self._taken.discard(self._pairs.pop(index))

    def _by_number(self) -> None:
        left, free = self._left(), self._free()
        names: dict[str, list[int]] = defaultdict(list)
        for number in free:
            if self._candidates[number].kind in {"heading", "question"} and _is_comparable(self._candidates[number]):
                names[name_number(self._candidates[number].words)].append(number)
        for index in left:
            name = self._anchors.numbers[index]
            fitting = [number for number in names.get(name, ()) if self._fits(index, number)] if name else []
            # A number that occurs twice proves nothing.
            if len(fitting) == 1 and fitting[0] not in self._taken:
                self._pair(index, fitting[0])

    def _by_order(self) -> None:
        """Pair the rest between two neighbours that were found, if both sides have the same number at a level."""
        for run in self._runs():
            first, last = run[0] - 1, run[-1] + 1
            start = self._pairs.get(first, -1)
            end = self._pairs.get(last, len(self._candidates))
            levels = {self._anchors.anchors[index].level for index in run if self._is_heading_or_field(index)}
            for level in levels:
                wanted = [index for index in run if self._anchors.anchors[index].level == level]
                kinds = {self._anchors.anchors[index].kind for index in wanted}
                between = [
                    number
                    for number in range(start + 1, end)
                    if number not in self._taken
                    and self._candidates[number].level == level
                    and self._candidates[number].kind in kinds
                ]
                # With one more or one less, any pairing would be a guess.
                if len(between) == len(wanted):
                    for index, number in zip(wanted, between, strict=True):
                        self._pair(index, number)

    def _is_heading_or_field(self, index: int) -> bool:
        return self._anchors.anchors[index].kind in {"heading", "table"}

    def _runs(self) -> Iterator[list[int]]:
        """Yield the stretches of neighbouring anchors that were not found."""
        run: list[int] = []
        for index in range(len(self._anchors.anchors)):
            if index in self._pairs:
                if run:
                    yield run
                run = []
            else:
                run.append(index)
        if run:
            yield run

    # Helpers

    def _in_order(self) -> frozenset[int]:
        """Return the anchors that were found in the template's order."""
        return _longest_rising([index for _, index in sorted((number, index) for index, number in self._pairs.items())])

    def _fits(self, index: int, number: int) -> bool:
        kind, other = self._anchors.anchors[index].kind, self._candidates[number].kind
        return kind == other or (kind in _PLAIN_KINDS and other in _PLAIN_KINDS)

    def _is_prose_for(self, index: int, number: int) -> bool:
        """Return whether a candidate only begins like a heading: "Results are given below" does not stand for it."""
        candidate = self._candidates[number]
        is_bold = candidate.words.startswith(("**", "__"))
        return self._anchors.anchors[index].kind == "heading" and not is_bold and not _is_comparable(candidate)

    def _left(self) -> list[int]:
        return [index for index in range(len(self._anchors.anchors)) if index not in self._pairs]

    def _free(self) -> list[int]:
        return [number for number in range(len(self._candidates)) if number not in self._taken]

    def _pair(self, index: int, number: int) -> None:
        self._pairs[index] = number
        self._taken.add(number)

    def _nearest(self, index: int, numbers: list[int], *, same_level: bool) -> int:
        """Return the best candidate: one at the anchor's level, then one after the anchor found before it."""
        if len(numbers) == 1:
            return numbers[0]
        before = max((self._pairs[each] for each in range(index) if each in self._pairs), default=-1)
        level = self._anchors.anchors[index].level
        return min(
            numbers,
            key=lambda number: (
                same_level and self._candidates[number].level != level,
                number < before,
                number,
            ),
        )

    def _found(self, index: int, number: int, *, is_displaced: bool) -> Found:
        candidate = self._candidates[number]
        anchor = self._anchors.anchors[index]
        level = candidate.level if candidate.kind == "heading" else anchor.level
        span = self._own_span(self._anchors.keys[index], candidate)
        return Found(index, span, level, candidate.end, is_displaced)

    def _own_span(self, key: str, candidate: Anchor) -> Span:
        """Return the lines of the anchor alone if the answer follows in the same paragraph or line."""
        span, content = candidate.span, self._source.content
        if candidate.kind == "field":
            colon = min((at for at in (content.find(sign, *span) for sign in ":\uff1a") if at >= 0), default=span.end)
            return Span(span.start, min(colon + 1, span.end))
        if candidate.kind not in {"question", "deliverable"} or not key:
            return span
        for line in range(self._source.line_at(span.start), self._source.line_at(span.end) + 1):
            end = min(self._source.line_span(line).end, span.end)
            if len(key_of(without_bullet(content[span.start : end]))) >= len(key):
                return Span(span.start, self._end_in_line(Span(span.start, end), key))
        return span

    def _end_in_line(self, span: Span, key: str) -> int:
        """Return where a question ends, if the answer begins after its "?" on the same line."""
        content = self._source.content
        at = content.find("?", *span)
        while at >= 0:
            if len(key_of(without_bullet(content[span.start : at + 1]))) >= len(key):
                if ASKS.match(content, at, span.end):
                    return span.end
                end = at + 1
                while end < span.end and content[end] in "*_":
                    end += 1
                return end
            at = content.find("?", at + 1, span.end)
        return span.end

    def _doubles(self) -> Iterator[Double]:
        by_key = {self._keys[number]: index for index, number in self._pairs.items()}
        counts: dict[str, int] = defaultdict(int)
        for key in self._anchors.keys:
            counts[key] += 1
        for number in self._free():
            candidate = self._candidates[number]
            index = by_key.get(self._keys[number])
            if index is None or counts[self._keys[number]] != 1 or candidate.kind != "heading":
                continue
            first = self._candidates[self._pairs[index]]
            if first.kind == "heading" and candidate.level == first.level:
                yield Double(index, candidate.span)


def _is_comparable(candidate: Anchor) -> bool:
    """Leave out prose: of all paragraphs, only questions and bold ones resemble an anchor."""
    return candidate.kind != "question" or candidate.words.rstrip().endswith(("?", "\uff1f", "**", "__"))


def _begins(key: str, with_words: str) -> bool:
    return key.startswith(with_words) and not key[len(with_words) :][:1].isalnum()


def _longest_rising(numbers: Iterable[int]) -> frozenset[int]:
    """Return the indices of a longest rising subsequence; anything outside it has been moved."""
    tails: list[int] = []
    before: dict[int, int | None] = {}
    for number in numbers:
        at = bisect_left(tails, number)
        before[number] = tails[at - 1] if at else None
        tails[at : at + 1] = [number]
    rising: set[int] = set()
    number_now: int | None = tails[-1] if tails else None
    while number_now is not None:
        rising.add(number_now)
        number_now = before[number_now]
    return frozenset(rising)

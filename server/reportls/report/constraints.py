"""What the checker demands of an answer."""

from __future__ import annotations

from typing import NamedTuple


class Length(NamedTuple):
    """So many words, both ends allowed; no upper end if `high` is None."""

    low: int
    high: int | None

    def allows(self, found: int) -> bool:
        """Whether so many are within the limits."""
        return self.low <= found and (self.high is None or found <= self.high)

    def __str__(self) -> str:
        """The limits as people write them: `100-200`, `1`, `at least 50`."""
        if self.high is None:
            return f"at least {self.low}"
        return str(self.low) if self.low == self.high else f"{self.low}-{self.high}"


class Images(Length):
    """So many images, both ends allowed."""

    __slots__ = ()


class Constraints(NamedTuple):
    """The constraints of one question; all None if anything will do."""

    words: Length | None = None
    images: Images | None = None

    def allow(self, words: int, images: int) -> bool:
        """Whether an answer of so many words and images passes."""
        return (self.words is None or self.words.allows(words)) and (self.images is None or self.images.allows(images))

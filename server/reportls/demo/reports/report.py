"""Judges the sample report as its course does: `python report.py` beside the report. `reportls` reads this, too."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import NamedTuple


class LengthConstraints(NamedTuple):
    """The fewest and the most words."""

    min_length: int
    max_length: int

    def allows(self, answer: str) -> bool:
        """Return whether an answer has as many words as it should."""
        return self.min_length <= len(answer.split()) <= self.max_length


class ImageConstraints(NamedTuple):
    """The fewest and the most images."""

    min_images: int
    max_images: int

    def allows(self, answer: str) -> bool:
        """Return whether an answer has as many images as it should."""
        return self.min_images <= len(re.findall(r"!\[.*?\]\(.*?\)", answer)) <= self.max_images


class MultiConstraints(NamedTuple):
    """Several constraints on one answer."""

    constrains: list[LengthConstraints | ImageConstraints]

    def allows(self, answer: str) -> bool:
        """Return whether an answer meets all of them."""
        return all(constraint.allows(answer) for constraint in self.constrains)


Constraints = LengthConstraints | ImageConstraints | MultiConstraints


def check() -> None:
    """Print how many answers are as long as they should be."""
    text = Path(__file__).with_name("README.md").read_text(encoding="utf-8")
    parts = text.split("Answer:")[1:]
    answers = [part.split("##")[0] for part in parts if "###" in part] + parts[-1:]
    question_constraints: dict[str, Constraints] = {
        "question_1": LengthConstraints(min_length=5, max_length=40),
        "question_2": LengthConstraints(min_length=50, max_length=100),
        "question_3": ImageConstraints(min_images=1, max_images=2),
        "question_4": LengthConstraints(min_length=40, max_length=80),
        "question_5": MultiConstraints(
            constrains=[
                LengthConstraints(min_length=20, max_length=60),
                ImageConstraints(min_images=1, max_images=2),
            ]
        ),
        "question_6": LengthConstraints(min_length=20, max_length=80),
        "question_7": LengthConstraints(min_length=20, max_length=60),
        "question_8": LengthConstraints(min_length=20, max_length=60),
        "question_9": LengthConstraints(min_length=20, max_length=40),
        "question_10": MultiConstraints(
            constrains=[
                LengthConstraints(min_length=15, max_length=50),
                ImageConstraints(min_images=1, max_images=1),
            ]
        ),
    }
    if len(answers) != 10:
        sys.exit(f"{len(answers)} answers found, 10 expected")
    passed = sum(limit.allows(answer) for limit, answer in zip(question_constraints.values(), answers, strict=True))
    sys.stdout.write(f"{passed} of {len(answers)} passed\n")


if __name__ == "__main__":
    check()

"""Compares what Chromium shows of hand-in pages with what an HTML parser finds, for `checks/shown_words.mjs`.

python -m tests.browser.shown_words write PAGES           writes pages as a JSON list
python -m tests.browser.shown_words compare PAGES SHOWN   compares them with what was shown of each, and says how many
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import markdown

from reportls.report.report import parse
from tests.support import corpus
from tests.support.cases import read_cases
from tests.support.lost_words import WORD, words_of_page

if TYPE_CHECKING:
    from collections.abc import Iterator

RULES = Path(__file__).parents[1] / "rules"
COLLECTED = corpus.CORPUS.parent / "cases"


def write(pages: Path) -> None:
    """Write the hand-in page of each report, and of each of its questions alone."""
    written = {markdown.markdown(part): None for text in _reports() for part in (text, *_questions(text))}
    pages.write_text(json.dumps([*written]), "utf-8")


def compare(pages: Path, shown: Path) -> None:
    """Exit with a message if Chromium shows other letters of a page than the parser finds, or in another order."""
    both = [*zip(*(json.loads(path.read_text("utf-8")) for path in (pages, shown)), strict=True)]
    # Letters, not words: in `<b>one</b>word` the parser finds two words and a reader one.
    wrong = [(page, text) for page, text in both if _letters(WORD.findall(text)) != _letters(words_of_page(page))]
    words = sum(len(WORD.findall(text)) for _, text in both)
    sys.stdout.write(f"{len(both)} pages with {words} words, {len(wrong)} otherwise\n")
    if wrong:
        sys.exit("\n".join(f"{page}\nis shown as\n{text}\n" for page, text in wrong[:20]))


def _letters(words: list[str]) -> str:
    return "".join(words)


def _reports() -> Iterator[str]:
    yield from (case.report for path in sorted(RULES.glob("*.md")) for case in read_cases(path))
    yield from map(corpus.text_of, sorted(COLLECTED.rglob("*.md")))
    yield from map(corpus.report, corpus.names())


def _questions(text: str) -> Iterator[str]:
    yield from (question.text for question in parse(text).questions)


if __name__ == "__main__":
    command, *paths = sys.argv[1:]
    (write if command == "write" else compare)(*map(Path, paths))

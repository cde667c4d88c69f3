"""Collected cases of what was once reported wrongly or not at all, each with the command that shows it.

The folder lies beside the project where it is at hand. What is right is written there in prose; here is the same for a
program: for each case, the rules that must report something, those that must not, and words of the output.
"""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING, NamedTuple

import pytest

from tests.cli.running import reportls
from tests.support.corpus import CORPUS
from tests.support.group import png

if TYPE_CHECKING:
    from pathlib import Path

FILES = CORPUS.parent / "cases" / "files"
FOLDERS = CORPUS.parent / "cases" / "reports"


class Right(NamedTuple):
    """What must and must not be reported."""

    rules: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    silent: tuple[str, ...] = ()


RIGHT = {
    "01-report-py-dict": Right(silent=("configuration", "answer-too-short")),
    "01-report-py-partials": Right(silent=("configuration", "answer-too-short")),
    "01-report-py-other-limit": Right(("answer-too-short", "limit-mismatch"), ("40 of 60-200 words",)),
    "02-angle-comparison": Right(("words-not-shown",), ("<best and best>",)),
    "02-angle-generics": Right(("words-not-shown",), ("<float>", "<str, Tensor>")),
    "02-angle-placeholder": Right(("words-not-shown",), ("<repo-url>", "<package-name>")),
    "03-question-mark-encoded": Right(silent=("image-not-found", "image-format", "too-few-images")),
    "04-nnbsp-nearest": Right(("image-not-found",), ("U+202F",)),
    "05-lone-separator": Right(("unintended-heading",)),
    "05-lone-separator-crlf": Right(("unintended-heading",)),
    "06-footnote-image": Right(("image-not-rendered",), silent=("link-not-found",)),
    "07-image-five-blanks": Right(silent=("image-not-rendered",)),
    "07-image-in-tildes": Right(silent=("image-not-rendered",)),
    "08-inline-script": Right(("unclosed-html",)),
    "09-hash-line": Right(("unintended-heading",)),
    "09-hash-wrapped": Right(("unintended-heading",), ("`#12`", "`#14`")),
    "10-numbers-after-image": Right(("renders-differently",)),
    "10-numbers-after-text": Right(("renders-differently",)),
    "11-numbered-second-paragraph": Right(("renders-differently",)),
    "12-escapes": Right(("renders-differently",)),
    "12-math": Right(("renders-differently",), ("formulas",)),
    "15-wikilink-alias": Right(("image-not-embedded",), ("![ok](figures/ok.png)",)),
    "15-wikilink": Right(("image-not-embedded",), ("![ok](figures/ok.png)",)),
    "16-marker-nbsp": Right(("missing-marker",), silent=("prompt-changed",)),
    "16-marker-zero-width": Right(("missing-marker",), silent=("prompt-changed",)),
    "18-definition-under-image": Right(("image-not-counted",)),
}
IN_FOLDERS = {
    "01-report-py": Right(silent=("configuration",)),
    "01b-report-py-top-level": Right(("answer-too-short", "limit-mismatch")),
    "02-safe-link": Right(),
    "03-angle-words": Right(("words-not-shown",), ("<name>",)),
    "05-backslash": Right(("renders-differently",)),
    "07-dead-links": Right(("link-not-found",)),
    "08-same-image-twice": Right(("figure-repeated",)),
    "10-crash-hides-limits": Right(("missing-marker", "answer-too-short")),
    "11-placeholder-flip": Right(("placeholder-left",)),
    "12-restore-below-answer": Right(("missing-marker",), ("fix this first;",), silent=("unanswered",)),
    "14-snippet-alt-text": Right(("sample-image-text",)),
    "15-pdf-hyphens": Right(("word-divided",), ("`para-`", "`mes-`")),
    "17-empty-group": Right(("group-number",)),
}


@pytest.mark.parametrize("name", RIGHT)
def test_file(name: str, tmp_path: Path) -> None:
    """The command of the case reports what is right."""
    if not FILES.is_dir():
        pytest.skip("no collection of cases beside the project")
    about = (FILES / f"{name}.txt").read_text("utf-8")
    place = re.search(r"^input: +\S+ as (\S+) of", about, re.MULTILINE)
    assert place
    report = tmp_path / place[1]
    report.parent.mkdir(parents=True)
    shutil.copy(FILES / f"{name}.md", report)
    script = FILES / f"{name}.report.py"
    if script.exists():
        shutil.copy(script, report.with_name("report.py"))
    for figure in re.findall(r"'([^']+)'", about.partition("figures:")[2].partition("\n")[0]):
        path = report.parent / "figures" / figure.encode().decode("unicode_escape")
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(png(2, 2))
    _check(RIGHT[name], reportls("check", "--format", "concise", report).out)


@pytest.mark.parametrize("name", IN_FOLDERS)
def test_folder(name: str, tmp_path: Path) -> None:
    """The folder of the case is reported right."""
    if not FOLDERS.is_dir():
        pytest.skip("no collection of cases beside the project")
    shutil.copytree(FOLDERS / name, tmp_path / "case")
    _check(IN_FOLDERS[name], reportls("check", "--format", "concise", tmp_path / "case").out)


def _check(right: Right, out: str) -> None:
    found = re.findall(r"(?:error|warning|information|hint) ([a-z-]+) ", out)
    assert set(right.rules) <= set(found), out
    assert not set(right.silent) & set(found), out
    assert all(words in out for words in right.words), out

"""Makes pages of hostile reports, for `checks/attacks.mjs`: python -m tests.browser.attack_pages FOLDER WAY.

WAY is `safe` or `unsafe`. The safe pages are the three that the preview shows of a report with several attacks in every
place that can hold text: `ours` to read (as `reportls html` writes it), `written` and `course` to compare. An unsafe
page has one attack and is not sanitized. `pages.json` lists the pages with their attacks.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt

from reportls.cli.preview.pages import pages_of
from reportls.cli.sources import only_report
from reportls.report.report import parse
from tests.support.attacks import attacks

if TYPE_CHECKING:
    from collections.abc import Iterator

TOGETHER = 36
"""Attacks on one page."""
MANY = 1000
"""Signs of an attack that is on a page of its own."""
DEMO = Path(__file__).parents[2] / "server" / "reportls" / "demo" / "reports"
HOSTILE = '"><img src=x onerror=hit(1)>'


def make(folder: Path, way: str) -> None:
    """Write all pages."""
    folder.mkdir(parents=True)
    listed = [_unsafe(folder, *each) for each in enumerate(attacks())] if way == "unsafe" else _made(folder)
    (folder / "pages.json").write_text(json.dumps(listed), "utf-8")


def hostile_reports() -> list[str]:
    """Return reports with every fourth of the attacks that are not too long; their titles have their numbers."""
    some = [attack for attack in attacks() if len(attack) < MANY][::4]
    groups = [some[start : start + TOGETHER] for start in range(0, len(some), TOGETHER)]
    return [f"# hostile report {index}\n\n{report_with(group, has_title=False)}" for index, group in enumerate(groups)]


def _unsafe(folder: Path, number: int, attack: str) -> dict[str, object]:
    parser = MarkdownIt("commonmark", {"html": True, "maxNesting": 100}).enable(["table", "strikethrough"])
    parser.validateLink = lambda url: True  # type: ignore[method-assign]  # noqa: ARG005
    path = folder / f"{number}.html"
    title = "<!DOCTYPE html><html lang=en><meta charset=utf-8><title>unsafe</title>"
    path.write_bytes(f"{title}<main>{parser.render(attack)}</main>\n".encode())
    return {"path": str(path), "attacks": [attack]}


def _made(folder: Path) -> list[dict[str, object]]:
    reports = folder / "reports"
    _put_figures(reports)
    return [page for number, group in enumerate(_groups()) for page in _pages(folder, reports, number, group)]


def _groups() -> list[list[str]]:
    short = [attack for attack in attacks() if len(attack) < MANY]
    return [
        *(short[start : start + TOGETHER] for start in range(0, len(short), TOGETHER)),
        *([attack] for attack in attacks() if len(attack) >= MANY),
    ]


def _pages(folder: Path, reports: Path, number: int, group: list[str]) -> Iterator[dict[str, object]]:
    text = report_with(group, has_title=bool(number % 3))
    report = reports / f"{HOSTILE}.md"
    report.write_bytes(text.encode())
    for kind, document in pages_of(only_report(str(report))).documents.items():
        path = folder / f"{number}-{kind}.html"
        path.write_bytes(document)
        yield {"path": str(path), "kind": kind, "attacks": group, "questions": len(parse(text).questions)}


def report_with(group: list[str], *, has_title: bool) -> str:
    """Return a report with each attack in every place."""
    title = "# " + " ".join(map(_line, group)) if has_title else ""
    introduction = "\n\n".join(f"{attack}\n\n* [ ] {_line(attack)}" for attack in group)
    return "\n\n".join([title, introduction, *(_questions(2 * at + 1, attack) for at, attack in enumerate(group)), ""])


def _questions(number: int, attack: str) -> str:
    line = _line(attack)
    quoted = attack.replace("\r", "\n").replace("\n", "\n> ")
    return (
        f"## {line}\n> {quoted}\n\n"
        f"### Question {number}\n\n> **What {line}**\n>\n> {quoted}\n>\n> Answer:\n\n{attack}\n\n"
        f"### Question {number + 1} {line}\n\n> **And {line}?**\n>\n> Answer:\n\n"
        f"So {line} it *{line}* is `{line}`.\n\n- [ ] {line}\n\n> {line}\n\n| a |\n|---|\n| {line} |\n\n"
        f'![{line}](figures/bee.png) ![a](<figures/{line}.png>) ![a](figures/bee.png "{line}")\n\n'
        f"[a](#main \"{line}\") [a](<{line}>) [{line}](#main)\n\n[b]: <{line}> '{line}'\n\n[b] ![{line}][b]\n\n"
        f"    {line}\n\n~~~{line}\n{attack}\n~~~\n"
    )


def _line(attack: str) -> str:
    return " ".join(attack.split("\n"))


def _put_figures(reports: Path) -> None:
    """Write the files that attacks refer to, and a `report.py` that leaves a mark if it runs."""
    figures = reports / "figures"
    figures.mkdir(parents=True)
    (figures / "bee.png").write_bytes((DEMO / "figures" / "wiring.png").read_bytes())
    svg = "<svg xmlns='http://www.w3.org/2000/svg' onload='hit(1)'><script>hit(1)</script></svg>"
    for name in ("script.png", "script.svg"):
        (figures / name).write_text(svg, "utf-8")
    (figures / "page.png").write_text("<script>parent.hit(1)</script>", "utf-8")
    (figures / "nothing.png").touch()
    (figures / "outside.png").symlink_to("/etc/hostname")
    (reports / "secret.txt").write_text("a secret", "utf-8")
    constraints = f"question_constraints = {{'question_1{HOSTILE}': NoConstraints()}}"
    (reports / "report.py").write_text(f"{constraints}\nraise SystemExit(9)\n", "utf-8")


if __name__ == "__main__":
    make(Path(sys.argv[1]), sys.argv[2])

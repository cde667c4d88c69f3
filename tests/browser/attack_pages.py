"""Makes pages of hostile reports, for `checks/attacks.mjs`: python -m tests.browser.attack_pages FOLDER WAY.

WAY is `sanitizer` or `escaped`, which is without nh3: then `reportls html` makes pages with several attacks, each
wherever a report has text. With `unsafe` each page has one, and nothing cleans it. `pages.json` says what is in which.
"""

from __future__ import annotations

import json
import sys
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

from markdown_it import MarkdownIt

from reportls.cli import main
from reportls.report.report import parse
from tests.support.attacks import attacks

TOGETHER = 36
"""Attacks on one page."""
MANY = 1000
"""Signs of an attack that is on a page of its own."""
DEMO = Path(__file__).parents[2] / "server" / "reportls" / "demo" / "reports"
HOSTILE = '"><img src=x onerror=hit(1)>'


def make(folder: Path, way: str) -> None:
    """Make all pages."""
    if way == "escaped":
        sys.modules["nh3"] = None  # type: ignore[assignment]
    folder.mkdir(parents=True)
    listed = [_unsafe(folder, *each) for each in enumerate(attacks())] if way == "unsafe" else _made(folder)
    (folder / "pages.json").write_text(json.dumps(listed), "utf-8")


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
    return [_page(folder, reports, number, group) for number, group in enumerate(_groups())]


def _groups() -> list[list[str]]:
    short = [attack for attack in attacks() if len(attack) < MANY]
    return [
        *(short[start : start + TOGETHER] for start in range(0, len(short), TOGETHER)),
        *([attack] for attack in attacks() if len(attack) >= MANY),
    ]


def _page(folder: Path, reports: Path, number: int, group: list[str]) -> dict[str, object]:
    text = report_with(group, has_title=bool(number % 3))
    report = reports / f"{HOSTILE}.md"
    report.write_bytes(text.encode())
    path = folder / f"{number}.html"
    with redirect_stdout(StringIO()):
        code = main(["html", str(report), "-o", str(path)])
    assert code == 0, group
    return {"path": str(path), "attacks": group, "questions": len(parse(text).questions)}


def report_with(group: list[str], *, has_title: bool) -> str:
    """A report that has each attack in every place."""
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
    """What the attacks name, and a `report.py` that would be noticed if it ran."""
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

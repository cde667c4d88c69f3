"""Tests of `reportls debug`."""

from __future__ import annotations

import platform
from typing import TYPE_CHECKING

from reportls import __version__
from tests.cli.reports import PERFECT, write
from tests.cli.running import reportls

if TYPE_CHECKING:
    from pathlib import Path


def test_facts(tmp_path: Path) -> None:
    """Versions, the origin of limits, and settings that differ from their defaults are printed, each on a line."""
    path = write(tmp_path / "README.md")
    settings = write(tmp_path / "reportls.toml", 'ignore = ["link-not-found", "configuration"]\nnonsense = 1\n')
    ran = reportls("debug", path)
    assert (ran.code, ran.err) == (0, "")
    facts = dict(line.split(": ", 1) for line in ran.out.splitlines())
    assert facts["reportls"] == __version__
    assert facts["Python"].startswith(platform.python_version())
    assert facts["report"] == f"{path}, {len(PERFECT)} characters, 2 questions"
    assert facts["edition"] == "none, 2 questions, limits from the words of the prompt"
    assert facts["check"] == "completes"
    assert facts["configuration"] == str(settings)
    assert facts["  ignore"] == "configuration, link-not-found"


def test_edition_and_problems(tmp_path: Path) -> None:
    """A configured edition is named with its origin, and problems in the configuration with their lines."""
    path = write(tmp_path / "README.md")
    settings = write(tmp_path / "reportls.toml", 'edition = "dtu-02476-2026"\nnonsense = 1\n')
    out = reportls("debug", path).out
    assert "\nedition: dtu-02476-2026, 31 questions, limits from the configuration\n" in out
    assert "\ncheck: crashes: 2 answers found, 31 expected\n" in out
    assert f"\n  warning: {settings}:2: unknown setting `nonsense`" in out


def test_no_text_of_the_report(tmp_path: Path) -> None:
    """No words of the report are printed."""
    out = reportls("debug", write(tmp_path / "a.md")).out
    assert not [line for line in PERFECT.splitlines() if len(line) > 15 and line in out]
    assert "bees" not in out


def test_no_report(tmp_path: Path) -> None:
    """Without a report the rest is printed all the same."""
    ran = reportls("debug", tmp_path)
    assert ran.code == 0
    assert f"\nreport: none: {tmp_path}: there is no report in this folder\n" in ran.out
    assert ran.out.endswith("\nrepository: no\nconfiguration: none\n")


def test_broken_configuration(tmp_path: Path) -> None:
    """A configuration that cannot be read is named, even if it is why no report was found."""
    write(tmp_path / "reportls.toml", 'template = "blank.md')
    ran = reportls("debug", tmp_path)
    assert ran.code == 0
    assert f"\nconfiguration: not used: {tmp_path / 'reportls.toml'}: line 1 is not valid TOML" in ran.out


def test_mistake_without_report(tmp_path: Path) -> None:
    """Settings and mistakes in them are printed, even if they are why no report was found."""
    settings = write(tmp_path / "reportls.toml", 'templat = "blank.md"\nstrict = true\n')
    out = reportls("debug", tmp_path).out
    assert f"\nconfiguration: {settings}\n  warning: line 1: unknown setting `templat`" in out
    assert out.endswith("\n  strict: True\n")


def test_template(tmp_path: Path) -> None:
    """A template is named with the number of its places to answer, and none of its words."""
    write(tmp_path / "blank.md", "# Walk\n\n## Weather\n\nTODO\n\n## Way\n\nTODO\n")
    text = "# Walk\n\n## Weather\n\nDrizzle\n\n## Way\n\nUphill\n"
    path = write(tmp_path / "walk.md", text)
    write(tmp_path / "reportls.toml", 'template = "blank.md"\n')
    out = reportls("debug", path).out
    assert f"\nreport: {path}, {len(text)} characters\nform: the template blank.md, 2 places to answer\n" in out
    assert not [word for word in ("Weather", "Drizzle", "Uphill") if word in out]


def test_git_refuses(tmp_path: Path) -> None:
    """The reason why git does not answer is printed."""
    path = write(tmp_path / "README.md")
    write(tmp_path / ".git" / "config", "nonsense")
    assert "\nrepository: yes, but git cannot read this repository (" in reportls("debug", path).out

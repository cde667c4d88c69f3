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
    assert "\nreport: none: no report there\n" in ran.out

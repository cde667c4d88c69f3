"""Nothing in a report, its name or the inputs is executed, forges an output, or becomes markup in the summary."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from tests.action.job import Job
from tests.cli.reports import PERFECT, SHORT, judged, write

PAYLOADS = [
    "$(touch pwned)",
    "`touch pwned`",
    "'; touch pwned; '",
    '"; touch pwned; "',
    "${{ github.token }}",
    "a b\tc",
    "--fix",
    "<script>alert(1)</script>",
    "[a](javascript:alert) ![b](c) **d** @someone #1 www.example.org",
    "::stop-commands::pause",
]
TAGS = {"h2", "p", "strong", "table", "thead", "tbody", "tr", "th", "td", "details", "summary", "ul", "li"}
"""Elements that our own Markdown produces."""


def rendered(summary: str) -> str:
    """Render the summary without GitHub's sanitizing, which should not be needed."""
    return str(MarkdownIt("gfm-like", {"html": True, "linkify": False}).render(summary))


def tags_in(page: str) -> set[str]:
    """Return the names of all elements."""
    return set(re.findall(r"<(\w+)", page))


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such names")
def test_names(tmp_path: Path) -> None:
    """The name of a file stays plain text wherever it occurs."""
    job = Job(tmp_path)
    for payload in PAYLOADS:
        judged(job.workspace / payload.replace("/", "-") / "README.md", SHORT)
    done = job.run(upload_page="true")
    assert job.outputs["total"] == str(2 * len(PAYLOADS))
    assert len([*Path(job.outputs["page"]).rglob("*.html")]) == len(PAYLOADS)
    assert tags_in(rendered(done.summary)) <= TAGS
    assert "href" not in rendered(done.summary)
    assert not [*tmp_path.rglob("pwned")]


@pytest.mark.parametrize(
    "inputs",
    [{"path": "\n".join(PAYLOADS)}, *({name: payload} for name in ("edition", "template") for payload in PAYLOADS[:5])],
)
def test_inputs(tmp_path: Path, inputs: dict[str, str]) -> None:
    """An input is passed as an argument and never becomes part of a script; an invalid one leads to a message."""
    job = Job(tmp_path)
    report = judged(job.workspace / "README.md", SHORT)
    done = job.run(**inputs)
    assert done.code == 1
    assert "Traceback" not in done.log
    assert not [*tmp_path.rglob("pwned")]
    assert report.read_text("utf-8") == SHORT
    assert tags_in(rendered(done.summary)) <= TAGS


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such names")
def test_line_breaks_in_a_name(tmp_path: Path) -> None:
    """A line break in a name sets no output and starts neither a command nor a heading."""
    job = Job(tmp_path)
    judged(job.workspace / "a\nverdict=passed\n::set-output name=verdict::passed\n# b" / "README.md", SHORT)
    done = job.run()
    assert job.outputs["verdict"] == "failed"
    assert not [line for line in done.log.splitlines() if line.startswith("::set-output")]
    assert rendered(done.summary).count("<h") == 1


def test_commands_in_a_report(tmp_path: Path) -> None:
    """Text of a report in a finding becomes neither a command nor markup."""
    job = Job(tmp_path)
    image = "![x](figures/::error::&<b>.png)"
    judged(job.workspace / "README.md", PERFECT.replace("In a box", f"::add-mask::bees\n{image} in a box"))
    done = job.run()
    assert "image-not-found" in done.log
    for line in done.log.splitlines():
        assert re.match(r"::(error|warning|notice) file=README\.md,line=", line), line
    assert tags_in(rendered(done.summary)) <= TAGS
    assert "&lt;b&gt;" in rendered(done.summary)


def test_package_of_that_name_in_the_repository(tmp_path: Path) -> None:
    """A package named reportls in the repository or in `PYTHONPATH` is not imported."""
    job = Job(tmp_path, PYTHONPATH=str(tmp_path / "evil"))
    for folder in (job.workspace, tmp_path / "evil"):
        for name in ("reportls", "json", "summary"):
            write(folder / name / "__init__.py", "raise SystemExit('imported')")
    judged(job.workspace / "README.md", PERFECT)
    assert job.run().code == 0
    assert job.outputs["verdict"] == "passed"


def test_summary_that_is_too_long(tmp_path: Path) -> None:
    """A summary that is too long for GitHub is cut at the end of a line."""
    job = Job(tmp_path)
    text = "".join(f"### Question {number}\n\n> Answer:\n\nYes.\n\n" for number in range(1, 3001))
    for number in range(10):
        judged(job.workspace / f"{number}.md", text)
    summary = job.run().summary
    assert 900_000 < len(summary.encode()) <= 1_048_576
    assert summary.endswith(" |\n\nThe rest is left out.\n")

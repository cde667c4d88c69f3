"""Tests that `--format json` reports the verdict of the course's checker on real reports."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.cli.running import reportls
from tests.support import corpus

pytestmark = corpus.needs_corpus


def judged(edition: str, kind: str) -> dict[str, Any]:
    """Return each report's document by its name."""
    names = [name for name in corpus.names(kind) if corpus.verdicts(kind)[name]["edition"] == edition]
    if not names:
        return {}
    paths = [corpus.CORPUS / kind / f"{name}.md" for name in names]
    document = json.loads(reportls("check", "--format", "json", "--edition", edition, *paths).out)
    return dict(zip(names, document["reports"], strict=True))


@pytest.mark.parametrize("kind", ["reports", "mutants"])
@pytest.mark.parametrize("edition", [f"dtu-02476-{year}" for year in range(2022, 2027)])
def test_same_as_the_checker(edition: str, kind: str) -> None:
    """Completion, number of answers, passed questions, words and images all agree with the checker."""
    for name, report in judged(edition, kind).items():
        wanted = corpus.verdicts(kind)[name]
        checker = report["checker"]
        assert checker["completed"] == wanted["completed"], name
        assert checker["answers"] == wanted.get("answers_found", checker["answers"]), name
        if wanted["completed"]:
            assert (checker["passed"], checker["total"]) == (wanted["passed"], wanted["total"]), name
            keys = ("words", "images", "passed")
            found = {str(it["number"]): {key: it[key] for key in keys} for it in report["questions"]}
            assert found == wanted["questions"], name

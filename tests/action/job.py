"""Runs `action.yml` as GitHub's runner does: expressions, conditions, environment files, a shell for each step."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

import yaml

ROOT = Path(__file__).parents[2]
ACTION: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
TOKEN = "t0k3n"  # noqa: S105  # nobody's
_EXPRESSION = re.compile(r"\$\{\{ (.*?) \}\}")
_TERM = re.compile(r"(?P<name>[\w.-]+) (?P<operator>==|!=) '(?P<value>[^']*)'")


class Step(NamedTuple):
    """The result of a step."""

    outputs: dict[str, str]
    code: int = 0
    log: str = ""
    """Standard output and standard error together."""
    summary: str = ""


class Job:
    """A job that uses the action once, in a workspace whose path has a space."""

    def __init__(self, folder: Path, *, has_install: bool = False, **variables: str) -> None:
        """Prepare the job; without `has_install`, the install step is skipped and the tests' own Python is used."""
        self.workspace = folder / "a work space"
        self.temp = folder / "_temp"
        self.workspace.mkdir()
        self.temp.mkdir()
        self.used: dict[str, dict[str, str]] = {}
        """The other actions that were used, with their inputs."""
        self.steps: dict[str, Step] = {}
        self.has_failed = False
        self._variables = variables
        self._has_install = has_install
        self._inputs: dict[str, str] = {}

    def run(self, **inputs: str) -> Step:
        """Run all steps; return the result of the check. In the names of inputs, `_` stands for `-`."""
        given = {name.replace("_", "-"): value for name, value in inputs.items()}
        defaults = {name: declared["default"] for name, declared in ACTION["inputs"].items()}
        assert given.keys() <= defaults.keys()
        self._inputs = defaults | given
        for step in ACTION["runs"]["steps"]:
            self._take(step)
        return self.steps["check"]

    @property
    def outputs(self) -> dict[str, str]:
        """The outputs of the action."""
        return {name: self._expanded(declared["value"]) for name, declared in ACTION["outputs"].items()}

    def _take(self, step: dict[str, Any]) -> None:
        if not self._is_due(step.get("if")):
            return
        if "uses" in step:
            self.used[step["uses"].partition("@")[0]] = {
                name: self._expanded(value) if isinstance(value, str) else str(value).lower()
                for name, value in step["with"].items()
            }
        self.steps[step.get("id", "")] = done = self._done(step)
        self.has_failed = self.has_failed or done.code != 0

    def _done(self, step: dict[str, Any]) -> Step:
        if "uses" in step:
            return Step({"python-path": sys.executable})
        if step["id"] == "install" and not self._has_install:
            return Step({"python": sys.executable})
        assert "${{" not in step["run"], "what is expanded into a script is executed"
        return self._executed(step["run"], {name: self._expanded(value) for name, value in step["env"].items()})

    def _executed(self, script: str, variables: dict[str, str]) -> Step:
        files = {name: self.temp / name.lower() for name in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY", "GITHUB_ENV")}
        for path in files.values():
            path.write_bytes(b"")
        place = self.temp / "script.sh"
        place.write_text(script, "utf-8")
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", place],
            cwd=self.workspace,
            env={**self._machine(), **{name: str(path) for name, path in files.items()}, **variables},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
        )
        assert not files["GITHUB_ENV"].read_bytes()
        outputs = read_outputs(files["GITHUB_OUTPUT"].read_bytes().decode())
        return Step(outputs, done.returncode, done.stdout.decode(), files["GITHUB_STEP_SUMMARY"].read_bytes().decode())

    def _machine(self) -> dict[str, str]:
        kept = {
            name: value
            for name, value in os.environ.items()
            if name not in {"PYTHONPATH", "FORCE_COLOR"} and not name.startswith("GITHUB_")
        }
        return {
            **kept,
            "CI": "true",
            "GITHUB_ACTIONS": "true",
            "GITHUB_ACTION_PATH": str(ROOT),
            "GITHUB_WORKSPACE": str(self.workspace),
            "RUNNER_TEMP": str(self.temp),
            **self._variables,
        }

    def _is_due(self, condition: str | None) -> bool:
        if condition is None:
            return not self.has_failed
        terms = self._bare(condition).split(" && ")
        assert terms[0] == "!cancelled()"
        return all(self._holds(term) for term in terms[1:])

    def _holds(self, term: str) -> bool:
        match = _TERM.fullmatch(term)
        assert match, term
        return (self._value(match["name"]) == match["value"]) == (match["operator"] == "==")

    def _bare(self, text: str) -> str:
        match = _EXPRESSION.fullmatch(text)
        assert match, text
        return match[1]

    def _expanded(self, text: str) -> str:
        return _EXPRESSION.sub(lambda match: self._value(match[1]), text)

    def _value(self, name: str) -> str:
        match name.split("."):
            case ["inputs", known]:
                return self._inputs[known]
            case ["github", "token"]:
                return TOKEN
            case ["steps", step, "outputs", known]:
                return self.steps[step].outputs.get(known, "") if step in self.steps else ""
        raise AssertionError(name)


def read_outputs(text: str) -> dict[str, str]:
    """Parse an environment file as the runner does; raise an error for a line in neither of the two forms."""
    outputs = {}
    lines = iter(text.removesuffix("\n").split("\n") if text else ())
    for line in lines:
        name, sign, rest = line.partition("<<") if "<<" in line.partition("=")[0] else line.partition("=")
        assert sign, line
        outputs[name] = rest if sign == "=" else "\n".join(iter(lines.__next__, rest))
    return outputs

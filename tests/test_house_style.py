"""Everything that people read uses the words of the glossary in CONTRIBUTING."""

from __future__ import annotations

import ast
import json
import re
import tokenize
from functools import cache
from io import StringIO
from pathlib import Path

import pytest

from reportls.cli import COMMANDS
from tests.cli.running import reportls

ROOT = Path(__file__).parents[1]
_GLOSSARY = ROOT / ".github" / "CONTRIBUTING.md"
_ROW = re.compile(r"^\| ([^|]+) \| ([^|]+) \| ([^|]+) \|$", re.MULTILINE)
_CODE = re.compile(r"^```.*?^```$|^ {4}.*$|`[^`\n]+`", re.DOTALL | re.MULTILINE)
_STRING = re.compile(r'"((?:[^"\\\n]|\\.)*)"|`((?:[^`\\]|\\.)*)`|\'((?:[^\'\\\n]|\\.)*)\'')

_WRONG_IN = {
    "break": r"breaks? the (?:check|checker|script)",
    "class": r"the whole class\b",
    "demand": None,  # rules tell orders from questions
    "document": r"exam documents?",
    "fail": r"the (?:check|checker|script) fails(?: with|[:,.;])",
    "field": r"answer fields?",
    "grader": r"graders?'? (?:script|verdict)",
    "instruction": r"instructions? of a question",
    "location": None,  # Neovim has location lists
    "missing": r"missing answers?",
    "open": r"open questions?|(?:question|answer)s? (?:is|are) open|(?:is|are) still open",
    "outcome": None,
    "paper": r"your papers?\b",
    "part": None,
    "picture": r"picture files?",
    "range": None,
    "repair": r"repairs?",  # what a commit has repaired is a question
    "schema": None,  # of JSON
    "script": r"marking scripts?",
    "standing": None,
    "tag": None,  # of HTML and of git
    "task": r"task of a question",
    "team": None,  # texts of courses have it
    "unit": None,  # of columns
    "version": r"version of the course|course versions?",
}
"""Words of the glossary's last column that have another meaning as well, with the use that is wrong."""
_ODD = (
    r"likewise|whoever|whosoever|of the sort|hangs? on nothing|what is to be (?:said|done)|lest\b|save for\b"
    r"|given is|wants? \w+ing\b|can(?:not)? be had|once too often|in other capitals|two blanks|to the byte"
    r"|(?:asks?|tells?) nobody|behind its colon|must lie|begins? from"
    r"|(?:this|that|it)(?: \w+)? is no (?:report|file|path|number|question|text|list|JSON)\b"
)
"""Words that no colleague would say."""


@cache
def avoided() -> dict[str, str]:
    """Return each word of the glossary that is not to be used, with a pattern of its wrong uses."""
    words = [
        word.split("(")[0].strip()
        for row in _ROW.findall(_GLOSSARY.read_text("utf-8"))[1:]
        for word in row[2].split(",")
    ]
    patterns = {word: _WRONG_IN.get(word, rf"{re.escape(word)}(?:e?s|e?d|ing)?") for word in words}
    return {word: pattern for word, pattern in patterns.items() if pattern}


@cache
def texts() -> dict[str, str]:
    """Return the prose of every page, message and help text by its name."""
    pages = [
        *ROOT.glob("*.md"),
        *ROOT.glob("server/*.md"),
        *ROOT.glob("server/docs/*.md"),
        *ROOT.glob("editors/*/README.md"),
        *(path for path in ROOT.glob(".github/**/*.md") if path != _GLOSSARY),
    ]
    return {
        **{_name(path): _CODE.sub(" ", path.read_text("utf-8")) for path in pages},
        **{_name(path): path.read_text("utf-8") for path in ROOT.glob("editors/neovim/doc/*.txt")},
        **{_name(path): _strings_of_python(path) for path in (ROOT / "server" / "reportls").rglob("*.py")},
        **{_name(path): _strings(path) for path in (ROOT / "editors" / "neovim").rglob("*.lua")},
        **{_name(path): _strings(path) for path in ROOT.glob("editors/*/src/**/*.ts")},
        "editors/vscode/package.json": _values(json.loads((ROOT / "editors/vscode/package.json").read_text("utf-8"))),
        **{f"reportls {command} --help": reportls(command, "--help").out for command in COMMANDS},
    }


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _strings_of_python(path: Path) -> str:
    """Return comments and strings with several words; docstrings are pages of rules, which are on the page of all."""
    source = path.read_text("utf-8")
    tree = ast.parse(source)
    docstrings = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    found = [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings
    ]
    tokens = tokenize.generate_tokens(StringIO(source).readline)
    found += [token.string for token in tokens if token.type == tokenize.COMMENT]
    return "\n".join(text for text in found if " " in text.strip() and "(?" not in text)


def _strings(path: Path) -> str:
    found = ["".join(groups) for groups in _STRING.findall(path.read_text("utf-8"))]
    return "\n".join(text for text in found if " " in text.strip())


def _values(value: object) -> str:
    match value:
        case dict():
            return "\n".join(map(_values, value.values()))
        case list():
            return "\n".join(map(_values, value))
        case _:
            return str(value)


@pytest.mark.parametrize("word", sorted(avoided()))
def test_words(word: str) -> None:
    """A word that the glossary replaces is nowhere used in the meaning that has another word."""
    pattern = re.compile(rf"\b(?:{avoided()[word]})\b", re.IGNORECASE)
    found = {name: match[0] for name, text in texts().items() if (match := pattern.search(text))}
    assert found == {}


def test_odd_words() -> None:
    """No text has a word that no colleague would say."""
    pattern = re.compile(rf"\b(?:{_ODD})", re.IGNORECASE)
    assert {name: match[0] for name, text in texts().items() if (match := pattern.search(text))} == {}


def test_exceptions_are_in_the_glossary() -> None:
    """Each word with another meaning is a word of the glossary, so that no exception outlives its row."""
    listed = {
        word.split("(")[0].strip() for row in _ROW.findall(_GLOSSARY.read_text("utf-8")) for word in row[2].split(",")
    }
    assert set(_WRONG_IN) <= listed


def test_texts_are_found() -> None:
    """Pages, messages, helps and editors are among the texts."""
    for name, words in {
        "README.md": "exam report",
        "server/docs/rules.md": "answer",
        "server/reportls/cli/check.py": "leave out --format",
        "editors/neovim/lua/reportls/preview.lua": "the preview has ended",
        "editors/vscode/package.json": "answer",
        "reportls check --help": "exit code",
    }.items():
        assert words in texts()[name]

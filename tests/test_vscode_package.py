"""The VS Code extension's `package.json` agrees with the server that it bundles."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement

from reportls import __version__
from reportls.configuration.settings import SETTINGS, Setting
from reportls.editions.edition import IDS, builtin
from reportls.lsp import commands
from reportls.report.form import FORM, MOST_OF_A_COURSE

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

ROOT = Path(__file__).parents[1]
EXTENSION = ROOT / "editors" / "vscode"
PACKAGE = EXTENSION / "package.json"
CLIENTS_OWN = ("reportls.server.path", "reportls.server.runtime", "reportls.trace.server")
ONLY_IN_FILES = "reports"
"""Its patterns start from the folder of the configuration file."""
UNUSED_BY_THE_SERVER = ("argcomplete", "pebble", "rich")


def package() -> dict[str, Any]:
    """Return the content of `package.json`."""
    return dict(json.loads(PACKAGE.read_text("utf-8")))


def described() -> dict[str, Any]:
    """Return the server's settings in VS Code's form, with types and defaults that its settings page can edit.

    The extension sends only what somebody has changed, so that a default does not hide what stands in `reportls.toml`.
    """
    return {
        f"reportls.{name}": {**schema_of(name, setting), "markdownDescription": setting.description}
        for name, setting in SETTINGS.items()
        if name != ONLY_IN_FILES
    }


def schema_of(name: str, setting: Setting) -> dict[str, Any]:
    """Return type and default of a setting; an edition is chosen from a list that explains each.

    A choice that is not made is `auto`, as a list without it would show an empty line.
    """
    if name == "edition":
        explained = [
            f"DTU 02476 in {identifier[-4:]}: {builtin(identifier).variant.answers_expected} questions"
            for identifier in IDS
        ]
        return {
            "type": "string",
            "enum": ["auto", *IDS],
            "enumDescriptions": ["The report itself, or the report.py beside it, decides", *explained],
            "default": "auto",
        }
    schema = dict(setting.schema)
    if "enum" in schema and setting.default is None:
        return {**schema, "type": "string", "enum": ["auto", *schema["enum"]], "default": "auto"}
    kind = schema.setdefault("type", "string")
    empty = {"array": [], "object": {}, "string": "", "boolean": False}
    default = setting.default if setting.default is not None else empty[kind]
    return {**with_types(schema), "default": default}


def with_types(schema: dict[str, Any]) -> dict[str, Any]:
    """Return the schema with the type of every list of words: VS Code's settings page edits nothing without one."""
    found = dict(schema)
    for key in ("items", "additionalProperties"):
        if isinstance(found.get(key), dict) and "enum" in found[key]:
            found[key] = {"type": "string", **found[key]}
    return found


def test_settings(request: pytest.FixtureRequest) -> None:
    """The extension offers the server's settings with schemas and descriptions, and two of its own."""
    found = package()
    settings = found["contributes"]["configuration"]["properties"]
    own = {name: settings[name] for name in CLIENTS_OWN}
    if request.config.getoption("--update-docs"):
        found["contributes"]["configuration"]["properties"] = {**described(), **own}
        PACKAGE.write_text(json.dumps(found, indent=2, ensure_ascii=False) + "\n", "utf-8")
        settings = package()["contributes"]["configuration"]["properties"]
    assert settings == {**described(), **own}, "run: pytest --update-docs tests/test_vscode_package.py"


def test_form(request: pytest.FixtureRequest) -> None:
    """The extension recognises a report by the same words as the server."""
    gap = "+" if f"{FORM.word} " in FORM.heading else "*"
    written = (
        "// Made from the server's `report/form.py` by: pytest --update-docs tests/test_vscode_package.py\n"
        f"export const MARKER = {json.dumps(FORM.marker)};\n"
        f"export const MOST_OF_A_COURSE = {MOST_OF_A_COURSE};\n"
        rf"export const HEADINGS = /^[ \t]*#{{1,6}}.*\b{re.escape(FORM.word)}[ \t]{gap}\d/gim;" + "\n"
    )
    path = EXTENSION / "src" / "form.ts"
    if request.config.getoption("--update-docs"):
        path.write_text(written, "utf-8")
    assert path.read_text("utf-8") == written, "run: pytest --update-docs tests/test_vscode_package.py"


def test_a_workspace_that_is_not_trusted_cannot_choose_the_program() -> None:
    """In an untrusted workspace, VS Code ignores the workspace's values of the listed settings."""
    trust = package()["capabilities"]["untrustedWorkspaces"]
    assert trust["supported"] == "limited"
    assert "reportls.server.path" in trust["restrictedConfigurations"]


def test_version() -> None:
    """The extension has the version of its server."""
    assert package()["version"] == __version__


def test_commands_are_not_the_servers() -> None:
    """The extension does not register the server's commands, which its client library does already."""
    declared = {command["command"] for command in package()["contributes"]["commands"]}
    assert not declared & set(commands.ALL)


def test_commands_are_registered() -> None:
    """Every declared command is implemented, and every implemented command is declared, but for two of links."""
    source = (EXTENSION / "src" / "commands.ts").read_text("utf-8")
    table = source[source.index("const commands") : source.index("return commands")]
    implemented = set(re.findall(r"^ {4}(\w+):", table, re.MULTILINE))
    names = (EXTENSION / "src" / "activation.ts").read_text("utf-8").partition("CommandName[] = [")[2].partition("]")[0]
    assert set(re.findall(r"\w+", names)) == implemented
    declared = {command["command"] for command in package()["contributes"]["commands"]}
    assert declared == {f"reportls.{name}" for name in implemented - {"showRule", "solve"}}


def test_commands_are_found_by_what_they_are_about() -> None:
    """All commands are under one category, which a search for "report" finds."""
    assert {command["category"] for command in package()["contributes"]["commands"]} == {"reportls"}


def test_menus() -> None:
    """Menus contain declared commands only, and the code sets the conditions for showing them."""
    declared = {command["command"] for command in package()["contributes"]["commands"]}
    entries = [entry for menu in package()["contributes"]["menus"].values() for entry in menu]
    assert {entry["command"] for entry in entries} <= declared
    source = "".join(path.read_text("utf-8") for path in (EXTENSION / "src").glob("*.ts"))
    set_by_the_code = set(re.findall(r'"setContext", "(reportls\.\w+)"', source))
    conditions = " ".join(entry["when"] for entry in entries)
    views = {view["id"] for views in package()["contributes"]["views"].values() for view in views}
    assert set(re.findall(r"reportls\.\w+", conditions)) - views == set_by_the_code


def test_page_is_offered_only_if_the_server_makes_pages() -> None:
    """No button for a page is shown if an older server on the search path cannot make one."""
    menus = package()["contributes"]["menus"]
    shown = {
        name: entry["when"]
        for name, entries in menus.items()
        for entry in entries
        if entry["command"] == "reportls.showPage"
    }
    assert set(shown) == {"commandPalette", "editor/title", "view/title"}
    for when in shown.values():
        assert "reportls.hasPages" in when.split(" && ")


def test_links_to_commands_and_pictures() -> None:
    """The targets of links in the walkthrough and the README exist."""
    commands_declared = {command["command"] for command in package()["contributes"]["commands"]}
    steps = package()["contributes"]["walkthroughs"][0]["steps"]
    named = re.findall(r"command:(reportls\.\w+)", " ".join(step["description"] for step in steps))
    assert named
    assert set(named) <= commands_declared
    shown = re.findall(r"!\[[^\]]*\]\(([^)]+)\)", (EXTENSION / "README.md").read_text("utf-8"))
    for picture in [*shown, *(step["media"]["svg"] for step in steps)]:
        assert (EXTENSION / picture).is_file(), picture


def test_every_picture_is_shown() -> None:
    """No picture lies in the extension that no page and no view shows."""
    page, manifest = (EXTENSION / "README.md").read_text("utf-8"), PACKAGE.read_text("utf-8")
    pictures = {path.name for path in (EXTENSION / "images").iterdir()} - {"icon.svg"}  # what the icon is made from
    assert {name for name in pictures if f"images/{name.replace('-dark.', '.')}" not in page + manifest} == set()


def test_bundled_packages_are_those_that_the_server_wants() -> None:
    """Each dependency of the server is bundled, in a version that it accepts."""
    lines = (EXTENSION / "server-requirements.txt").read_text("utf-8").splitlines()
    bundled = dict(line.split("==") for line in lines if not line.startswith("#"))
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    for wanted in map(Requirement, project["dependencies"]):
        if wanted.name not in UNUSED_BY_THE_SERVER:
            assert wanted.specifier.contains(bundled[wanted.name]), wanted


@pytest.mark.parametrize("name", ["dependencies", "devDependencies"])
def test_versions_are_exact(name: str) -> None:
    """Versions in `package.json` are exact, since there is no lock file."""
    for version in package().get(name, {}).values():
        assert re.fullmatch(r"\d+\.\d+\.\d+", version), version

"""All that the package depends on is pure Python, so that it runs in a browser."""

from __future__ import annotations

import re
from importlib.metadata import Distribution, distribution

from packaging.requirements import Requirement


def dependencies_of(name: str, seen: dict[str, Distribution]) -> dict[str, Distribution]:
    """Add a distribution and all that it needs here without extras to those that were seen."""
    name = re.sub(r"[-_.]+", "-", name).lower()
    if name in seen:
        return seen
    seen[name] = distribution(name)
    for line in seen[name].requires or ():
        requirement = Requirement(line)
        if not requirement.marker or requirement.marker.evaluate({"extra": ""}):
            dependencies_of(requirement.name, seen)
    return seen


def test_every_dependency_is_pure_python() -> None:
    """No dependency is built for one machine or one version of Python, as the tags of its wheel say."""
    found = dependencies_of("reportls", {})
    assert {"pygls", "markdown-it-py", "attrs"} < found.keys()
    # tomllib's predecessor is needed where there is no browser build, and compiled for speed.
    found.pop("tomli", None)
    tags = {name: re.findall(r"(?m)^Tag: (.*)$", each.read_text("WHEEL") or "") for name, each in found.items()}
    assert {
        name: kinds for name, kinds in tags.items() if not kinds or any("-none-any" not in it for it in kinds)
    } == {}

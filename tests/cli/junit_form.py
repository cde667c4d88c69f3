"""The form of JUnit XML that its readers agree on: what may stand in what, in which order, and with which attributes.

There is no one standard. These are the facts in which the schemas of Ant and Jenkins agree, written down as a table.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from xml.etree import ElementTree as ET

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element


class Form(NamedTuple):
    """The attributes and children that one element may have."""

    required: frozenset[str] = frozenset()
    optional: frozenset[str] = frozenset()
    children: tuple[str, ...] = ()
    """Children, in the order in which they must come."""


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


FORMS = {
    "testsuites": Form(children=("testsuite",)),
    "testsuite": Form(
        _names("name tests failures errors time timestamp hostname id package"),
        _names("skipped disabled"),
        ("properties", "testcase", "system-out", "system-err"),
    ),
    "properties": Form(children=("property",)),
    "property": Form(_names("name value")),
    "testcase": Form(_names("name classname time"), _names("assertions status"), ("skipped", "error", "failure")),
    "error": Form(_names("type"), _names("message")),
    "failure": Form(_names("type"), _names("message")),
    "system-out": Form(),
    "system-err": Form(),
    "skipped": Form(),
}
ONCE = {"properties", "system-out", "system-err"}


def check_form(document: str) -> None:
    """Check the document against the table; fail on anything that the table does not have."""
    root = ET.fromstring(document)  # noqa: S314  # our own output
    assert root.tag == "testsuites"
    _check(root)


def _check(element: Element) -> None:
    form = FORMS[element.tag]
    attributes = frozenset(element.attrib)
    assert form.required <= attributes <= form.required | form.optional, (element.tag, attributes)
    tags = [child.tag for child in element]
    places = [form.children.index(tag) for tag in tags]
    assert places == sorted(places), tags
    assert all(tags.count(tag) <= 1 for tag in ONCE), tags
    if element.tag == "testsuite":
        cases = element.findall("testcase")
        assert int(element.attrib["tests"]) == len(cases)
        for kind in ("error", "failure"):
            assert int(element.attrib[f"{kind}s"]) == sum(case.find(kind) is not None for case in cases)
    for child in element:
        _check(child)

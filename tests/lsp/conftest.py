"""Fixtures of the tests of the language server."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.support.capabilities import capabilities
from tests.support.group import REPORT, Group, group_in
from tests.support.open_document import OpenDocument
from tests.support.raw_client import RawClient

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    StartClient = Callable[..., RawClient]


@pytest.fixture
def group(tmp_path: Path) -> Group:
    """Make a group's repository."""
    return group_in(tmp_path / "our group é")


@pytest.fixture
def raw() -> Iterator[RawClient]:
    """Start a client that has not sent `initialize`; the test ends the session."""
    with RawClient() as client:
        yield client


@pytest.fixture
def start(group: Group) -> Iterator[StartClient]:
    """Return a function that starts sessions in the group's folder; in the end they must have been without errors."""
    clients: list[RawClient] = []

    def begin(*, settings: object = None, options: object = None, **can: Any) -> RawClient:  # noqa: ANN401
        clients.append(client := RawClient())
        client.settings = settings
        folder = {"uri": group.folder.as_uri(), "name": "ours"}
        client.initialize(capabilities(**can), workspaceFolders=[folder], initializationOptions=options)
        return client

    yield begin
    for client in clients:
        with client:
            assert client.leave() == 0
        assert client.complaints() == []


@pytest.fixture
def client(start: StartClient) -> RawClient:
    """Start a session with a client that can do everything except request diagnostics."""
    return start()


@pytest.fixture
def report(client: RawClient, group: Group) -> OpenDocument:
    """Open the group's report in that session."""
    return OpenDocument(client, group.uri, REPORT)

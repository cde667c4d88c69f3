"""What the tests of the language server begin with."""

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
    """A group's repository."""
    return group_in(tmp_path / "our group é")


@pytest.fixture
def raw() -> Iterator[RawClient]:
    """A client whose session has not begun. The test says how it ends."""
    with RawClient() as client:
        yield client


@pytest.fixture
def start(group: Group) -> Iterator[StartClient]:
    """Begins sessions in the group's folder; at the end they must have been without trouble."""
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
    """A session with a client that can do everything but ask for diagnostics."""
    return start()


@pytest.fixture
def report(client: RawClient, group: Group) -> OpenDocument:
    """The group's report, open in that session."""
    return OpenDocument(client, group.uri, REPORT)

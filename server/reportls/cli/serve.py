"""`reportls serve`: the language server."""

from __future__ import annotations

from ipaddress import ip_address
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from reportls.cli.exits import FINE, NOT_AS_ASKED
from reportls.cli.output import say

if TYPE_CHECKING:
    from reportls.text import Encoding

LOOPBACK = "127.0.0.1"
DEFAULT_PORT = 2087


class Serving(NamedTuple):
    """How to serve."""

    transport: str = "stdio"
    """`stdio`, `tcp` or `ws`."""
    host: str = LOOPBACK
    port: int = DEFAULT_PORT
    is_exposed: bool = False
    """Whether an address that others can reach is meant."""
    log: str | None = None
    """The file to write a log to."""
    columns: Encoding | None = None
    """The unit of columns for clients that do not say theirs; None for the protocol's."""


def serve(serving: Serving) -> int:
    """Serve until the client, or whoever started it, ends it; the exit code."""
    is_local = serving.transport == "stdio" or _is_loopback(serving.host)
    if not is_local and not serving.is_exposed:
        say(
            f"{serving.host} can be reached from other machines: whoever connects can read the reports on this one and "
            "the names of the files beside them. If that is what you want, say --expose as well"
        )
        return NOT_AS_ASKED
    from reportls.lsp.logs import prepare_logs

    try:
        prepare_logs(Path(serving.log) if serving.log else None)
        return _serve(serving, is_local=is_local)
    except (OSError, OverflowError) as error:
        say(f"{serving.log or f'{serving.host}, port {serving.port}'}: {getattr(error, 'strerror', None) or error}")
        return NOT_AS_ASKED
    except KeyboardInterrupt:
        return FINE


def _serve(serving: Serving, *, is_local: bool) -> int:
    from reportls.lsp.serve import serve_standard_streams, serve_tcp, serve_ws

    if serving.transport == "stdio":
        return serve_standard_streams(serving.columns)
    if not is_local:
        say(f"{serving.host} can be reached from other machines, and nobody is asked for a password")
    if serving.transport == "tcp":
        return serve_tcp(serving.host, serving.port, serving.columns)
    try:
        return serve_ws(serving.host, serving.port, serving.columns)
    except ImportError:
        say("for web sockets, install them as well: pip install 'reportls[ws]'")
        return NOT_AS_ASKED


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False

"""`reportls serve`: runs the language server."""

from __future__ import annotations

import argparse
from ipaddress import ip_address
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from reportls.cli.arguments import filled
from reportls.cli.output import NOT_AS_ASKED, complain, warn
from reportls.host.paths import failure
from reportls.host.templates import template_at

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportls.cli.arguments import Parser
    from reportls.text import Encoding

_LOOPBACK = "127.0.0.1"
_PORT = 2087
_TRANSPORTS = {
    "stdio": "use standard input and output (default)",
    "tcp": "listen on a port, for any number of clients",
    "ws": "listen on a port for web sockets; needs the package websockets",
}


def declare(parser: Parser) -> None:
    """Add the arguments of `serve`."""
    parser.description = "Starts the language server. Editors usually start it."
    parser.usage = "reportls serve [--stdio | --tcp | --ws] [OPTION ...]"
    add = parser.add_mutually_exclusive_group().add_argument
    for name, what in _TRANSPORTS.items():
        add(f"--{name}", dest="transport", action="store_const", const=name, default="stdio", help=what)
    parser.add_argument("--host", default=_LOOPBACK, help=f"the address for --tcp and --ws (default: {_LOOPBACK})")
    parser.add_argument(
        "--port", type=int, default=_PORT, help=f"the port for --tcp and --ws; 0 for any free one (default: {_PORT})"
    )
    columns = "the unit in which columns are counted, for editors that do not state it (default: utf-16)"
    parser.add_argument("--columns", choices=["utf-8", "utf-16", "utf-32"], help=columns)
    parser.add_argument("--expose", action="store_true", help="allow an address that other machines can reach")
    parser.add_argument(
        "--log", type=Path, metavar="FILE", help="write all messages to this file, text of reports included"
    )
    parser.add_template()
    # Editors pass their own process id. The option is accepted and ignored, as `initialize` has the id too.
    parser.add_argument("--clientProcessId", dest="client", help=argparse.SUPPRESS)


def run(parser: Parser, arguments: Sequence[str]) -> int:
    """Serve until the client or the parent process ends the server, but not to other machines without `--expose`.

    Raises:
        HostError: the template cannot be used.
    """
    values = parser.parse(arguments)
    if values.template:
        template_at(values.template)
    serving = filled(_Serving, values)
    is_local = serving.transport == "stdio" or _is_loopback(serving.host)
    if not is_local and not serving.expose:
        complain(
            f"{serving.host} can be reached from other machines: anyone who connects can read the reports on this one "
            "and the names of the files beside them. If you want that, add --expose"
        )
        return NOT_AS_ASKED
    from reportls.lsp.logs import prepare_logs

    try:
        prepare_logs(serving.log)
        return _serve(serving, is_local=is_local)
    except (OSError, OverflowError) as error:
        if serving.log:
            complain(str(failure(serving.log, error) if isinstance(error, OSError) else error))
        else:
            complain(f"{serving.host}, port {serving.port}: {getattr(error, 'strerror', None) or error}")
        return NOT_AS_ASKED


class _Serving(NamedTuple):
    transport: str
    """`stdio`, `tcp` or `ws`."""
    host: str
    port: int
    expose: bool
    """Whether to allow an address that other machines can reach."""
    log: Path | None
    """The log file; None for no log."""
    columns: Encoding | None
    """The unit of columns for clients that do not state theirs; None for the protocol's default."""
    template: Path | None
    """The template of all reports; None to leave it to their configuration."""


def _serve(serving: _Serving, *, is_local: bool) -> int:
    from reportls.lsp.serve import serve_standard_streams, serve_tcp, serve_ws

    if serving.transport == "stdio":
        return serve_standard_streams(serving.columns, serving.template)
    if not is_local:
        warn(f"{serving.host} can be reached from other machines, without a password")
    if serving.transport == "tcp":
        return serve_tcp(serving.host, serving.port, serving.columns, serving.template)
    try:
        return serve_ws(serving.host, serving.port, serving.columns, serving.template)
    except ImportError:
        complain("web sockets are not installed: run `pip install websockets`, or `pipx inject reportls websockets`")
        return NOT_AS_ASKED


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False

"""Arguments of `reportls serve`."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from reportls.cli.serve import DEFAULT_PORT, LOOPBACK, Serving, serve

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportls.cli.arguments.parser import Parser

_TRANSPORTS = {
    "stdio": "talk over standard input and output (default)",
    "tcp": "listen on a port, for any number of clients",
    "ws": "listen on a port for web sockets",
}


def declare(parser: Parser) -> None:
    """Say what arguments there are."""
    parser.description = "Starts the language server. Editors do that by themselves."
    parser.usage = "reportls serve [--stdio | --tcp | --ws] [OPTION ...]"
    add = parser.add_mutually_exclusive_group().add_argument
    for name, what in _TRANSPORTS.items():
        add(f"--{name}", dest="transport", action="store_const", const=name, default="stdio", help=what)
    parser.add_argument("--host", default=LOOPBACK, help=f"for --tcp and --ws: the address (default: {LOOPBACK})")
    parser.add_argument("--port", type=int, default=DEFAULT_PORT, help=f"the port (default: {DEFAULT_PORT}; 0: any)")
    parser.add_argument(
        "--columns",
        choices=["utf-8", "utf-16", "utf-32"],
        help="the unit of columns of an editor that does not say which (default: utf-16)",
    )
    parser.add_argument("--expose", action="store_true", help="allow an address that other machines can reach")
    parser.add_argument("--log", metavar="FILE", help="write a log there, with all messages and the text in them")
    # Editors that start a server give it their own process id, which the protocol tells us anyway.
    parser.add_argument("--clientProcessId", dest="client", help=argparse.SUPPRESS)


def run(parser: Parser, arguments: Sequence[str]) -> int:
    """Serve until the client leaves."""
    values = parser.parse_args(arguments)
    return serve(Serving(values.transport, values.host, values.port, values.expose, values.log, values.columns))

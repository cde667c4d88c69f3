"""Starts servers for clients on standard input and output, on TCP, and on web sockets."""

from __future__ import annotations

import os
import socket
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from reportls.lsp.logs import told_to
from reportls.lsp.rpc.connection import WebSocketConnection, of_socket, run, standard_streams
from reportls.lsp.rpc.framing import MOST_BYTES
from reportls.lsp.server import Server

if TYPE_CHECKING:
    from websockets.sync.server import ServerConnection

    from reportls.lsp.rpc.connection import Connection
    from reportls.text import Encoding

_LOCAL_PAGES = r"https?://(localhost|127\.0\.0\.1|\[::1\])(:[0-9]+)?"
"""Origins of web pages that may connect; a page from anywhere else could be anybody's."""
_INTERVAL = 3.0
"""Seconds between checks that the client's process still runs."""
_GRACE = 5.0
"""Seconds that a session may take to end by itself."""
_PING = 20.0
"""Seconds between pings of a client on a web socket, and to wait for its answer."""


def serve_standard_streams(columns: Encoding | None = None, template: Path | None = None) -> int:
    """Serve the client that started us; return the exit code.

    Here and below, `columns` is the unit of columns of a client that does not name one, `template` the template of all
    reports if it is not left to the configuration.
    """
    return serve_connection(standard_streams(), columns, template)


def serve_tcp(host: str, port: int, columns: Encoding | None = None, template: Path | None = None) -> int:
    """Serve every client that connects to the port, each in a session of its own, until interrupted.

    Raises:
        OSError: the address cannot be listened on.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.create_server((host, port), family=family) as listener:
        _say(f"listening on {host}, port {listener.getsockname()[1]}")
        while True:
            client, _ = listener.accept()
            # Otherwise each small message waits until the one before is acknowledged.
            client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            session = (of_socket(client), columns, template)
            threading.Thread(target=serve_one, args=session, daemon=True).start()


def serve_ws(host: str, port: int, columns: Encoding | None = None, template: Path | None = None) -> int:
    """Serve every client that opens a web socket at the port, each in a session of its own, until interrupted.

    Raises:
        ImportError: websockets is not installed.
        OSError: the address cannot be listened on.
    """
    import re  # noqa: PLC0415  # only needed here

    from websockets.sync.server import serve  # noqa: PLC0415  # an extra

    def answer(websocket: ServerConnection) -> None:
        serve_one(WebSocketConnection(websocket), columns, template)

    listener = serve(
        answer,
        host,
        port,
        origins=[None, re.compile(_LOCAL_PAGES)],
        max_size=MOST_BYTES,
        ping_interval=_PING,
        ping_timeout=_PING,
    )
    # In a thread of its own: an interrupt between two statements of this one must not keep `serve_forever` from
    # running, for `shutdown` waits until it has ended.
    accepting = threading.Thread(target=listener.serve_forever, daemon=True, name="accept")
    accepting.start()
    try:
        _say(f"listening on {host}, port {listener.socket.getsockname()[1]}, for web sockets")
        while accepting.is_alive():
            accepting.join(_INTERVAL)  # Windows notices Ctrl-C only between two waits
    finally:
        listener.shutdown()
    return 0


def serve_connection(connection: Connection, columns: Encoding | None = None, template: Path | None = None) -> int:
    """Serve one client until its session is over; return the exit code.

    Raises:
        KeyboardInterrupt: the session was interrupted before the client asked for its end.
        MemoryError: there is not enough memory to go on.
    """

    def watch_client(process: int) -> None:
        # If there is no such process, the id is from another machine or container, and says nothing.
        if is_running(process):
            threading.Thread(target=_outlive, args=(process, server, connection), daemon=True, name="watch").start()

    server = Server(connection.write, connection.framing, columns, watch_client, template)
    with told_to(server.endpoint):
        try:
            run(server.loop, connection)
        except KeyboardInterrupt:
            server.endpoint.end()
            if server.exit_code:
                raise
        finally:
            with suppress(OSError):
                connection.close()
    return server.exit_code or 0


def serve_one(connection: Connection, columns: Encoding | None, template: Path | None) -> None:
    """Serve one of several clients."""
    try:
        serve_connection(connection, columns, template)
    except MemoryError:
        _say("there is not enough memory: a session has ended")


def _outlive(process: int, server: Server, connection: Connection) -> None:
    """End the session soon after the client's process has ended, even if something else keeps the pipe open."""
    while is_running(process):
        time.sleep(_INTERVAL)
    connection.interrupt()
    time.sleep(_GRACE)
    if server.exit_code is None:
        connection.cut_off()


def _say(message: str) -> None:
    print(f"reportls: {message}", file=sys.stderr, flush=True)  # noqa: T201  # for the user who started it


def is_running(process: int) -> bool:
    """Return whether a process with that id is running; a zombie does not count."""
    if process <= 0:
        return False
    if sys.platform == "win32":
        return _is_running_on_windows(process)
    try:
        os.kill(process, 0)  # sends nothing
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True  # it belongs to somebody else
    return not _is_zombie(process)


def _is_zombie(process: int) -> bool:
    """Return whether the process has ended without being waited for; False on systems without `/proc`."""
    try:
        status = Path(f"/proc/{process}/stat").read_bytes()
    except OSError:
        return False
    return status.rpartition(b")")[2].split()[:1] == [b"Z"]


def _is_running_on_windows(process: int) -> bool:
    import ctypes  # noqa: PLC0415  # here a signal 0 would end the process

    synchronize, timed_out = 0x00100000, 0x102
    kernel = ctypes.windll.kernel32  # type: ignore[attr-defined,unused-ignore]
    handle = kernel.OpenProcess(synchronize, False, process)  # noqa: FBT003  # positional in C
    if not handle:
        return False
    try:
        return bool(kernel.WaitForSingleObject(handle, 0) == timed_out)
    finally:
        kernel.CloseHandle(handle)

"""JSON-RPC for a language server: bytes in, bytes out, synchronous, without threads; it knows nothing about reports.

It exists because pygls 2.1.1 (each point was measured):

* splits lines also at U+2028, form feed and others, so an edit after one of these lands on the wrong line;
* never answers a request whose parameters are wrong;
* handles requests before `initialize` and after `shutdown`, and exits with 0 although `shutdown` was not sent;
* handles each message before it reads the next: a `$/cancelRequest` comes too late, and each edit of a burst is judged;
* takes 0.33 s to import, with lsprotocol, before it can answer `initialize`, and longer than our check for an edit.

So `framing`, `messages`, `endpoint` (life cycle) and `loop` (order, cancellation) are ours, and `connection` feeds them
from a pipe, a socket or a web socket. pygls and lsprotocol still route, type, convert and run every request that is not
on the path of a keystroke: `pygls_bridge`.
"""

"""The typed requests of a client, in the order of the specification.

A handler takes the session and the request's parameters. It finds the document, calls the core, and returns the
protocol's types. It runs to its end before the next message is looked at, so it sees the newest version of each
document.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from lsprotocol import types

from reportls.lsp import code_actions, commands, completion, hover, navigation, rename
from reportls.lsp.rpc.pygls_bridge import router_for

if TYPE_CHECKING:
    from collections.abc import Callable

    from reportls.lsp.rpc.endpoint import Endpoint, Router
    from reportls.lsp.session import Session


def router_for_session(endpoint: Endpoint, session: Callable[[], Session]) -> Router:
    """Return the router of a session that has begun when the first request comes."""

    def handle(handler: Callable[[Session, Any], object], params: object) -> object:
        return handler(session(), params)

    def command(execute: Callable[..., object]) -> Callable[..., object]:
        # pygls looks at the signature, and would take what `partial` binds for an argument of the client.
        return lambda *arguments: execute(session(), *arguments)

    handlers = [(method, partial(handle, handler)) for method, handler in _HANDLERS]
    return router_for(endpoint, handlers, {name: command(execute) for name, execute in commands.ALL.items()})


_HANDLERS: tuple[tuple[str, Callable[[Session, Any], object]], ...] = (
    (types.TEXT_DOCUMENT_DEFINITION, navigation.definition),
    (types.TEXT_DOCUMENT_REFERENCES, navigation.references),
    (types.TEXT_DOCUMENT_DOCUMENT_LINK, navigation.document_links),
    (types.TEXT_DOCUMENT_HOVER, hover.hovered),
    (types.TEXT_DOCUMENT_FOLDING_RANGE, navigation.folding_ranges),
    (types.TEXT_DOCUMENT_SELECTION_RANGE, navigation.selection_ranges),
    (types.TEXT_DOCUMENT_DOCUMENT_SYMBOL, navigation.document_symbols),
    (types.TEXT_DOCUMENT_INLAY_HINT, hover.inlay_hints),
    (types.TEXT_DOCUMENT_COMPLETION, completion.completions),
    (types.TEXT_DOCUMENT_CODE_ACTION, code_actions.actions),
    (types.CODE_ACTION_RESOLVE, code_actions.resolved),
    (types.TEXT_DOCUMENT_RENAME, rename.renamed),
    (types.TEXT_DOCUMENT_PREPARE_RENAME, rename.prepared),
    (types.WORKSPACE_SYMBOL, navigation.workspace_symbols),
    (types.WORKSPACE_WILL_RENAME_FILES, rename.will_rename),
)

"""Diagnostics for clients that ask for them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from reportls.lsp.rpc.messages import Written

if TYPE_CHECKING:
    from reportls.lsp.documents import Document
    from reportls.lsp.session import Session


def pulled(session: Session, document: Document, known: str | None) -> Written:
    """A document diagnostic report; `known` is the id of the one that the client has."""
    snapshot = document.snapshot
    current = f"{document.version}.{document.generation}" if snapshot else "none"
    if known == current:
        return Written(json.dumps({"kind": "unchanged", "resultId": current}))
    items = session.publisher.items(document, snapshot) if snapshot else ""
    return Written(f'{{"kind":"full","resultId":"{current}","items":[{items}]}}')

"""The page that graders will see, of a report as it stands in the editor."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from reportls.host.read import reader_beside
from reportls.lsp.rpc.messages import Written

if TYPE_CHECKING:
    from reportls.lsp.documents import Document

PAGE = "reportls/page"


def page_of_document(document: Document) -> Written:
    """`{"html": ...}`, a page that needs nothing else and runs nothing; null if the document is no report."""
    # Few sessions show the page, and what renders it loads slowly.
    from reportls.render.page import page_of  # noqa: PLC0415
    from reportls.render.pictures import LARGEST  # noqa: PLC0415

    snapshot, path = document.snapshot, document.path
    if not snapshot:
        return Written("null")
    name = path.name if path else document.uri.rpartition("/")[2]
    read = reader_beside(path, LARGEST) if path else lambda _: None
    return Written(json.dumps({"html": page_of(snapshot, name, read)}))

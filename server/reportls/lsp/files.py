"""What is wrong in the files beside reports, as diagnostics of those files."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from reportls.lsp.diagnostics import plain_diagnostic
from reportls.lsp.uris import uri_of
from reportls.rules.configuration import configuration
from reportls.text import column_in

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reportls.host.loading import FileFinding
    from reportls.lsp.client import Client
    from reportls.lsp.documents import Document


def written_by_file(documents: Iterable[Document], client: Client) -> dict[str, str]:
    """The items of a JSON array for each file beside the documents in which something is wrong, by its URI."""
    found: dict[str, dict[str, None]] = {}
    for document in documents:
        for finding in document.surroundings.configuration if document.is_report else ():
            written = json.dumps(_diagnostic(finding, client))
            found.setdefault(uri_of(finding.path), {})[written] = None  # several reports may share the file
    return {uri: ",".join(items) for uri, items in found.items()}


def _diagnostic(finding: FileFinding, client: Client) -> dict[str, Any]:
    line, column, end, message = finding.problem
    start = {"line": line, "character": column_in(client.encoding, finding.line_text, column)}
    stop = {"line": line, "character": column_in(client.encoding, finding.line_text, end)}
    return plain_diagnostic(client, configuration, finding.severity, message, {"start": start, "end": stop})

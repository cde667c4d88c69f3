"""What the tests of faults begin with: the same as those of the language server."""

from __future__ import annotations

from tests.lsp.conftest import client, group, raw, report, start

__all__ = ["client", "group", "raw", "report", "start"]

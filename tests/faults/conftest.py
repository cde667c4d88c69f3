"""Fixtures of the language server's tests, shared with the tests of faults."""

from __future__ import annotations

from tests.lsp.conftest import client, group, raw, report, start

__all__ = ["client", "group", "raw", "report", "start"]

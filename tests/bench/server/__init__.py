"""Benchmark of the language server beside others: `python -m tests.bench.server`; see `server/docs/speed.md`."""

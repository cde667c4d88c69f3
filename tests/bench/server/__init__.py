"""What the language server costs, beside others: `python -m tests.bench.server`. `server/docs/speed.md` says how."""

"""Long sessions: `python -m tests.soak`."""

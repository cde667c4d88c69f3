"""A soak test of long sessions: `python -m tests.soak`."""

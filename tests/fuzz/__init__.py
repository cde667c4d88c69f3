"""Property-based tests: some random examples each under pytest, any number with `python -m tests.fuzz`.

Each is an ordinary Hypothesis test; `python -m tests.fuzz` lets coverage guide the examples.
"""

"""Properties that hold whatever comes in: some examples each under pytest, any number by `python -m tests.fuzz`.

Each is an ordinary Hypothesis test. Pytest draws its examples by chance; `python -m tests.fuzz` has coverage draw them.
"""

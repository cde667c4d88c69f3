"""The contract between rules and everyone else: the input of a rule, its results, and the values that describe both."""

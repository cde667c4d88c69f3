"""The contract between rules and everyone else: what a rule is given, what it yields, and how both are described."""

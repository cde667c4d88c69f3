"""A course's view over all its groups: what is kept of each group's report, and what all of them come to."""

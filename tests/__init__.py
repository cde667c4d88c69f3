"""The tests of reportls."""

"""Against the real disk."""

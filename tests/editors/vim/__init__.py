"""The page for Vim, in real Vims."""

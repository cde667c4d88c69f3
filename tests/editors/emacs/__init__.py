"""The page for Emacs, in real Emacsen."""

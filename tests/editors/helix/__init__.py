"""The page for Helix, in a real Helix."""

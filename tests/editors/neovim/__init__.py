"""Tests of the plugin in real Neovims."""

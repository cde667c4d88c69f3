"""Tests of the language server through the protocol."""

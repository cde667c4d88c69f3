"""Tests of the command line as its users, and programs that read its output, see it."""

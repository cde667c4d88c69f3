"""Tests of reading and writing on a real disk."""

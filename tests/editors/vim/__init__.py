"""Tests of the instructions for Vim in real Vims."""

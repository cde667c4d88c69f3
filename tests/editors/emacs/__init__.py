"""Tests of the instructions for Emacs in real Emacsen."""

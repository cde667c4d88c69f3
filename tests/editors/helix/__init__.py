"""Tests of the instructions for Helix in a real Helix."""

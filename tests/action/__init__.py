"""Tests of the GitHub Action, whose steps run as on GitHub's runner."""

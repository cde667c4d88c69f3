"""Tests of the released packages, as built by `.ci/release`."""

"""Tests of what editors show: `reportls.features`."""

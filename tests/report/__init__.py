"""Tests of the report as data."""

"""Tests of templates, and of reports that fill them in."""

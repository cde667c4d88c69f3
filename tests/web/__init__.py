"""Tests of what `editors/web` builds: the server with a Python of its own, and the page."""

"""Tests that the program does what `server/SECURITY.md` promises."""

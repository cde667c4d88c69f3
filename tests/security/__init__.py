"""Tests that hold the program to `server/SECURITY.md`."""

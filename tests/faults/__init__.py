"""Tests of what goes wrong around the program: the client, the disk, git, the clock."""

"""Tests of faults around the program: of the client, the disk, git, the clock."""

"""The command line, as its users and the programs that read its output see it."""

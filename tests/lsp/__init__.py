"""The language server, as a client meets it."""

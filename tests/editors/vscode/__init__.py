"""The test in a real VS Code."""

"""The outside world: reports, figures, git and configuration files. Only `lsp` and `cli` use it."""

"""The disk behind the core: reports, figures, git and configuration files. Only `lsp` and `cli` use it."""

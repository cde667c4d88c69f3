"""Markdown as GitHub and editors read it: the only place in the report that imports markdown-it."""

"""A report as data: its blocks, its prompts, its markup, and the checker's view of it."""

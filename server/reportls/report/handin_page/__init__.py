"""The hand-in page: mimics how Python-Markdown reads an answer, without rendering it. Tests compare the two."""

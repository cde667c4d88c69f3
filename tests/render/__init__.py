"""Pages made of reports."""

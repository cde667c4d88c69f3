"""The page of a whole course: every group in a table, every question in a chart."""

"""Results of all groups of a course: a record for each report, and statistics over all of them."""

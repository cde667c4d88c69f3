"""A report as a web page: the course's own, and one that is pleasant to read. No disk, no network."""

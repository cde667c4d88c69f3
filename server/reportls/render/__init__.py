"""Renders reports as web pages: the course's own page and one that is pleasant to read. No disk, no network."""

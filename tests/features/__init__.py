"""Features: what an editor shows at a place of a report."""

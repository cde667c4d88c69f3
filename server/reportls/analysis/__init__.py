"""What several rules need: limits, numbering, image paths, and the fixes that they share. Rules live in `rules/`."""

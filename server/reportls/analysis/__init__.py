"""Code that several rules share: limits, numbering, image paths and fixes. The rules are in `rules/`."""

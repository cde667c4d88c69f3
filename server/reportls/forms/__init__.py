"""Forms: what is read from a blank file, and a report that fills it in."""

"""A folder for `PYTHONPATH`, by which every Python notes what it does."""

"""A folder for `PYTHONPATH` that makes every Python record what it does."""

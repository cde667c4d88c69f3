"""Editor features as plain functions of a snapshot and an offset, free of protocol types."""

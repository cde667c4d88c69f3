"""What is released, as `.ci/release` builds it."""

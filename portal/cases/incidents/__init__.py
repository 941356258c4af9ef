"""The incident log: what has been done to them, when as far as known, and who told us."""

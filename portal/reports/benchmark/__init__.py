"""A comparison between landlords that take part: through one table that names none, written by each for itself."""

"""Open cases that lack what their policy wants on every record, until somebody answers."""

"""Minutes, held apart from every record, and who attended."""

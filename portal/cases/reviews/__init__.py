"""Casework review: a sample is drawn, somebody else looks, and what is found becomes work."""

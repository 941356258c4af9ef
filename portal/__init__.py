"""Lintel: a portal with which social landlords run their domestic abuse casework."""

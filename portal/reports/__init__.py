"""Showing it: what the policies promise, answered from the record, without showing anyone."""

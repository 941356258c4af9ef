"""Meetings with somebody: where and when was agreed, and what came of each."""

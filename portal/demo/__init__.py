"""Invented people with whom the portal can be tried out; refused in production."""

from portal.demo.beginning import NoDemoHereError, fill

__all__ = ["NoDemoHereError", "fill"]

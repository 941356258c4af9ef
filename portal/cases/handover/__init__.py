"""Giving everything that somebody has to others, in one step: a leaver leaves no case without an officer."""

"""Telling somebody of a place of help, and whether those who asked for one have been told."""

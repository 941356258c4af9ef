"""Telling an agency's workers that something waits for them: by mail, and without a word of what it is."""

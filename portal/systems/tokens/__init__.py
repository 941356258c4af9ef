"""Tokens: who lets which system do what here, and until when."""

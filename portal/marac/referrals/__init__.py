"""A case before the conference: referred, listed, heard; transferred or withdrawn."""

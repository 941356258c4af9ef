"""Local forums, initiatives and contacts: with whom, how often, who goes, and what was taken from it."""

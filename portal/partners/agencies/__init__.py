"""The agencies themselves: each exists once in the portal, whoever works with it."""

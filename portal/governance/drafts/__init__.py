"""The next version of a policy, from the first change to its approval by a second person."""

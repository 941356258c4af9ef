"""The options board of a case: what is known, what the policy opens for them, and what was said and done about each."""

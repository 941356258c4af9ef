"""The case record: who, what was agreed, every contact, and what is due next."""

"""Safeguarding: concerns about children and adults at risk, what was decided, and what became of each referral."""

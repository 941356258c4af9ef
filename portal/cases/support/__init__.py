"""Referrals to services that support somebody: what was offered, what they said, and what came of it."""

"""Referrals that an agency keeps while it does not know whose tenant somebody is (docs/decisions/0015)."""

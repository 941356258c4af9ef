"""Notices to a landlord's own systems: that something happened, signed, tried again, and on record."""

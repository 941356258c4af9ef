"""The interface for a landlord's own systems: JSON in and out, without cookies, as its own description says."""

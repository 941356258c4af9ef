"""Copies of everything, or of one landlord, sealed; and how they come back without what was erased meanwhile."""

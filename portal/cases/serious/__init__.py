"""Serious crime and serious risk: reported to the police, or not for a reason that a second person agrees to."""

"""Moving by a landlord's own rules: what is open, on which terms, and which offer may be made."""

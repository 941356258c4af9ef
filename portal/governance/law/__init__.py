"""The dated catalogue of law and guidance, and what of the landlord's policy each entry touches."""

"""A landlord's own systems: what they may ask and tell here, what they are told, and what is taken over from them."""

"""How quick the portal is: a scratch database of any size, the production server, and a floor to compare with."""

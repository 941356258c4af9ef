"""A move: what has to be on record before it, who agreed to it, each offer, and the end of the old tenancy."""

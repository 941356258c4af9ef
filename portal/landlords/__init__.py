"""The landlords: their packs, policies, public face and directory."""

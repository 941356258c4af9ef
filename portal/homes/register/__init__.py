"""The homes of the landlord by their references: addresses, and nobody who lives there."""

"""How a report reaches a landlord, and how it becomes a case."""

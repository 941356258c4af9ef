"""How the portal speaks to people, and how it makes sure that it says nothing it should not."""

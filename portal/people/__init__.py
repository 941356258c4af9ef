"""Staff of the landlords: accounts, roles, sign-in."""

"""The person who harms and the tenancy: how the home is held, steps against them, the register, help to change."""

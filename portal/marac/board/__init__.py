"""The board of an area, as each side finds it."""

"""The door: who asks, whose page it is, what they may see, and how it is said."""

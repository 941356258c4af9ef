"""What was agreed there: who does what by when, and what came of it."""

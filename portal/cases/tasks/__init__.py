"""What somebody has to do on a case, by when, and what came of it."""

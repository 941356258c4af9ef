"""What leaves a case on paper, read through the eyes of whoever could get hold of it."""

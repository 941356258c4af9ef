"""Risk: assessing it item by item, judging it, and seeing when it has to be assessed again."""

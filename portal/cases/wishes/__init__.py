"""What they want before each step, in their words, and the steps that were taken with it or against it."""

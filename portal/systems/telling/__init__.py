"""What systems hand in, and what little they are told: concerns, tenancies, marks, times, counts, one case."""

"""Coming back with the number that we gave somebody: what was done, what comes next, and a word to each other."""

"""How long the record of a closed case is kept, what holds it, and how it is erased."""

"""The person who harms and the tenancy: which ground fits, whether a step may be taken, who is kept off a register."""

"""Making the present home safer: what was asked for, what was broken, and the work orders that say nothing of why."""

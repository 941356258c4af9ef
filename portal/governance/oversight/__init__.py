"""For whoever watches over the policy: which clauses are not met, the clocks, and the year in one page."""

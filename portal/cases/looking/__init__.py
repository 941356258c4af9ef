"""Why somebody looks at a case that is not theirs."""

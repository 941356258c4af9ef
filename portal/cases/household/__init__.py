"""The people of a case: who they are, how they belong together, and who of them stands in another case too."""

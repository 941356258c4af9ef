"""The languages of the public side: which one a browser chose, and what administrators know of each translation."""

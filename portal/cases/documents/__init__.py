"""Files in a case: looked into, cleaned, sealed, and handed out to whoever may read the case, as a download only."""

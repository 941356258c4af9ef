"""Looking after the list of who else can help."""

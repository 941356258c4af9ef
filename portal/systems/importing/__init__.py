"""Cases that come from another system: read in, looked through, taken over whole or not at all, and taken back."""

"""Proving that it is you: a second factor, passkeys, an organisation's own sign-in, and proving it anew."""

"""What the portal remembers, and under whose eyes: rows, keys, scopes, outbox, audit."""

"""How a landlord's public pages look and speak: written, looked at, published at once, and kept version by version."""

"""The register of orders that protect somebody: until when, whether served, and each breach."""

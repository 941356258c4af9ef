"""References that can be said over the telephone and tell nothing."""

import secrets

LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 6


def new_reference(code: str) -> str:
    """The landlord's code and six random characters without look-alikes: HAV-7K3Q9M."""
    return f"{code}-" + "".join(secrets.choice(LETTERS) for _ in range(LENGTH))

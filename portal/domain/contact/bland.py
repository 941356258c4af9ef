"""Whether a message gives nothing away to somebody who reads it over a shoulder."""

import re
from collections.abc import Iterable

TELLING = (
    "abus",
    "assault",
    "coerci",
    "controlling",
    "domestic",
    "forced.marriage",
    "harass",
    "helpline",
    "honour.based",
    "idva",
    "injunction",
    "marac",
    "perpetrator",
    "police",
    "rape",
    "refuge",
    "safeguard",
    "stalk",
    "survivor",
    "traffick",
    "victim",
    "violen",
)
_TELLING = re.compile(rf"\b(?:{'|'.join(TELLING)})", re.IGNORECASE)


def not_bland(words: str, secrets: Iterable[str] = ()) -> tuple[str, ...]:
    """Why these words may not be sent, or nothing. The reasons never repeat what gives the person away.

    `secrets` are what must not stand in them: names, addresses, numbers, the landlord's or the team's name.
    """
    reasons = []
    if _TELLING.search(words):
        reasons.append("The words show what this is about.")
    if any(_stands_in(secret, words) for secret in secrets):
        reasons.append("The words hold something personal.")
    return tuple(reasons)


def _stands_in(secret: str, words: str) -> bool:
    """As whole words, whatever the capitals and the spaces between them."""
    whole = r"\s+".join(re.escape(part) for part in secret.split())
    return bool(whole) and bool(re.search(rf"(?<!\w){whole}(?!\w)", words, re.IGNORECASE))

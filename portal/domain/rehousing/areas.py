"""Whether a home lies in an area that somebody must not be near: postcodes as people write them, whole or in part.

Sources: AG/013 OP8; whg 2.10; NPH Rehousing Options, para 2.
"""

import re

INWARD = 3
WHOLE = re.compile(r"[A-Z]{1,2}\d[A-Z\d]?\d[A-Z]{2}")
PART = re.compile(r"[A-Z]{1,2}\d[A-Z\d]?( \d([A-Z]([A-Z])?)?)?")


def written(postcode: str) -> str | None:
    """A whole postcode as it is kept, "NN1 4AB"; None for what is none."""
    plain = "".join(postcode.upper().split())
    return f"{plain[:-INWARD]} {plain[-INWARD:]}" if WHOLE.fullmatch(plain) else None


def area(part: str) -> str | None:
    """An area as it is kept: a district ("NN1"), a sector ("NN1 4") or a whole postcode; None for what is none."""
    whole = written(part)
    if whole:
        return whole
    plain = " ".join(part.upper().split())
    return plain if PART.fullmatch(plain) else None


def lies_in(postcode: str, within: str) -> bool:
    """Whether a whole postcode lies in an area: NN14 does not lie in NN1."""
    district, _, rest = within.partition(" ")
    home, _, inward = postcode.partition(" ")
    return home == district and inward.startswith(rest)

"""Streets, numbers and addresses that lead nowhere: no such postcode area, Ofcom's drama numbers, example.org.

Telephone numbers: Ofcom, "Telephone numbers for use in TV and radio drama programmes" (07700 900000 to 900999,
01632 960000 to 960999). Postcodes: no area of Great Britain begins with X. Mail: RFC 2606.
"""

from collections.abc import Iterator
from random import Random

STREETS = (
    "Copperwheel Lane", "Larkspinner Rise", "Thistledown Yard", "Old Wherry Road", "Tenterhook Street",
    "Bobbinmill Close", "Saltcote Walk", "Lanternhurst Avenue", "Quillfeather Court", "Marlpit Gardens",
    "Weftdale Road", "Candlewick Terrace", "Brackenshaw Green", "Puddingstone Way", "Ferrywoman Street",
    "Nightjar Crescent", "Cobblewright Place", "Hollinsedge Drive", "Ropemaker's Fold", "Wintergrass Lane",
)  # fmt: skip
TOWNS = {
    "dales": ("Upper Wharrow", "Netherskell"),
    "seven-locks": ("Lockgate Bottom", "Cutside"),
    "havebury": ("Great Ladbury", "Stowmere"),
    "star": ("Severnbank", "Wrekinsby"),
    "whg": ("Leatherwick", "Brownley Heath"),
    "nph": ("Nenehurst", "Cobblers Weston"),
}
ELSEWHERE = ("Anyborough", "Little Example")
MOBILES, LANDLINES = 1000, 1000


def address(slug: str, chance: Random) -> str:
    """A home of this landlord that does not exist."""
    town = chance.choice(TOWNS.get(slug, ELSEWHERE))
    flat = f"Flat {chance.randint(1, 24)}, " if chance.random() < 0.35 else ""  # noqa: PLR2004 - a third live in flats
    street = f"{chance.randint(1, 148)} {chance.choice(STREETS)}"
    postcode = f"X{chance.choice('ABDEGHJL')}{chance.randint(1, 28)} {chance.randint(1, 9)}{_letters(chance)}"
    return f"{flat}{street}, {town}, {postcode}"


def mobiles(chance: Random) -> Iterator[str]:
    """Every drama number for mobiles once."""
    for number in chance.sample(range(MOBILES), MOBILES):
        yield f"07700 900{number:03}"


def landlines(chance: Random) -> Iterator[str]:
    """Every drama number without an area once."""
    for number in chance.sample(range(LANDLINES), LANDLINES):
        yield f"01632 960{number:03}"


def london_lines(chance: Random) -> Iterator[str]:
    """Every drama number of London once."""
    for number in chance.sample(range(LANDLINES), LANDLINES):
        yield f"020 7946 0{number:03}"


def mail(name: str, chance: Random) -> str:
    """A mail address that nobody can have."""
    local = "".join(
        letter for letter in name.casefold().replace(" ", ".") if letter.isalnum() or letter == "."
    )
    return f"{local}{chance.randint(10, 99)}@example.org"


def _letters(chance: Random) -> str:
    return "".join(chance.choices("ABDEFGHJLNPQRSTUWXYZ", k=2))

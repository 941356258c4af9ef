"""Which kinds of agency a landlord is expected to work with, and how an agreement stands, in words."""

from portal.domain.sharing import RecipientKind

EXPECTED = (
    RecipientKind.POLICE,
    RecipientKind.COUNCIL,
    RecipientKind.CHILDREN,
    RecipientKind.ADULTS,
    RecipientKind.SUPPORT,
    RecipientKind.HEALTH,
)
"""The kinds that policies name again and again (AG/013 OP5; STAR 4.1; whg 2.3, 2.11; NPH Working with others)."""

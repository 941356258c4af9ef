"""The invented partner agencies, and who of them may sign in."""

from portal.domain.agency_roles import AgencyRole
from portal.domain.sharing import RecipientKind

BEACON = "Beacon Domestic Abuse Service"
POLICE = "Northshire Police"
OPTIONS = "Northshire Council, Housing Options"
CHILDREN = "Northshire Children’s Services"
MARAC = "Northshire MARAC"
AGENCIES = {
    MARAC: RecipientKind.MARAC,
    BEACON: RecipientKind.SUPPORT,
    POLICE: RecipientKind.POLICE,
    OPTIONS: RecipientKind.COUNCIL,
    CHILDREN: RecipientKind.CHILDREN,
}
PEOPLE = (
    ("coordinator@beacon.example", "Marcia Bell", BEACON, AgencyRole.COORDINATOR),
    ("worker@beacon.example", "Leila Haddad", BEACON, AgencyRole.WORKER),
    ("worker@northshire-police.example", "Owen Price", POLICE, AgencyRole.WORKER),
    ("coordinator@northshire-marac.example", "Ines Okoro", MARAC, AgencyRole.WORKER),
)

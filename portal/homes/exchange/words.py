"""The words for the desk between landlords, said once for forms and pages."""

from portal.domain.rehousing.exchange import Access, Region, Released
from portal.homes.moves.words import TENURES

TENURE = dict(TENURES)
REGIONS = {
    Region.NORTH_EAST: "North East",
    Region.NORTH_WEST: "North West",
    Region.YORKSHIRE: "Yorkshire and the Humber",
    Region.EAST_MIDLANDS: "East Midlands",
    Region.WEST_MIDLANDS: "West Midlands",
    Region.EAST: "East of England",
    Region.LONDON: "London",
    Region.SOUTH_EAST: "South East",
    Region.SOUTH_WEST: "South West",
    Region.WALES: "Wales",
}
ACCESS = {
    Access.STEP_FREE: "No steps",
    Access.WHEELCHAIR: "Room for a wheelchair",
    Access.GROUND_FLOOR: "On the ground floor, or with a lift",
}
RELEASED = {
    Released.NAME: "The name that they use",
    Released.CONTACT: "How contact is safe",
    Released.HOUSEHOLD: "Who lives with them",
    Released.NEEDS: "Language and needs",
    Released.TOLD: "What they told us, in their words",
}
STATES = {
    "posted": "On the desk",
    "agreed": "We agreed; the other side has not answered yet",
    "met": "Both agreed",
    "down": "Taken down",
    "offered": "Offered",
    "declined": "Not taken",
}
YES = {"yes": "Yes, they agree"}

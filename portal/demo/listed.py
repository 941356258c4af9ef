"""The list of help of the demonstration: one entry was rung lately, and one so long ago that it is due again."""

from itertools import cycle

from portal.demo.desk import Desk
from portal.demo.moments import DAY
from portal.demo.steps import Story
from portal.directory.service import Found, check
from portal.domain.calendar import in_london
from portal.landlords.checked import How
from portal.landlords.stored_face import own_services

CHECKED = ((60, 150, How.RANG, "01632 960700"), (12, 0, How.LOOKED_UP, "01632 960711"))
"""How many days ago it was written down, how many before that it was done, how, and a number that nobody has."""


def rings_the_list(desk: Desk) -> Story:
    """Somebody makes sure of the landlord's own list, and looks after it from then on."""
    services, officers = cycle(sorted(own_services(desk.session))), cycle(desk.team.officers)
    for days, before, how, number in CHECKED:
        yield desk.today - days * DAY
        who = next(officers)
        if who.account_id is None:
            raise LookupError("Somebody of the demonstration looks after the list.")
        found = Found(in_london(desk.now - before * DAY).date(), how, number, "Weekdays, 9 to 5", who.account_id)
        check(desk.session, next(services), found, who, desk.now)

"""A story in which somebody has moved, and where they went is kept apart."""

from datetime import timedelta

from portal.demo.desk import Desk
from portal.demo.steps import Story, own_words, told_days_ago, worked
from portal.domain.calendar import in_london
from portal.domain.flags import About, Mark, Wording
from portal.domain.moved_marks import Mover
from portal.homes.flags import service as flags
from portal.homes.new_home import service as new_home
from portal.homes.new_home.service import Address


def has_moved(desk: Desk) -> Story:
    """The new address is kept by the officer, who alone can open it; what becomes of two marks is not decided yet."""
    home = desk.homes.household(woman=True, tie="parted")
    yield told_days_ago(desk, 15, 40)
    case_id, officer = yield from worked(desk, home, own_words(desk, home))
    yield desk.soon(3000, 9000)
    elsewhere = desk.homes.household(woman=True).address
    new_home.keep(desk.session, case_id, 0, Address(elsewhere), officer, desk.now)
    day = in_london(desk.now).date() + timedelta(days=70)
    unwell = home.say("{She} is not well.")
    on_them = Mark(About.SURVIVOR, Wording.VULNERABLE, home.address, unwell, "", "The repairs planner.", day)
    there = "A neighbour’s note of three evenings."
    on_home = Mark(
        About.ADDRESS, Wording.TWO, home.address, "Somebody shouts at callers.", there, "The repairs planner.", day
    )
    for mark in (on_them, on_home):
        flags.put(desk.session, case_id, mark, officer, desk.now)
    flags.somebody_moved(desk.session, case_id, Mover.THEY, officer, desk.now)

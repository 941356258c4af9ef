"""A story in which somebody has moved, and where they went is kept apart."""

from portal.demo.desk import Desk
from portal.demo.steps import Story, own_words, told_days_ago, worked
from portal.homes.new_home import service as new_home
from portal.homes.new_home.service import Address


def has_moved(desk: Desk) -> Story:
    """The new address is kept by the officer, who alone can open it."""
    home = desk.homes.household(woman=True, tie="parted")
    yield told_days_ago(desk, 15, 40)
    case_id, officer = yield from worked(desk, home, own_words(desk, home))
    yield desk.soon(3000, 9000)
    elsewhere = desk.homes.household(woman=True).address
    new_home.keep(desk.session, case_id, 0, Address(elsewhere), officer, desk.now)

"""Stories in which somebody is not safe at home: what was asked and found, and a panel where there is one."""

from datetime import datetime, timedelta
from uuid import UUID

from portal.cases import service as cases
from portal.demo.desk import Desk
from portal.demo.steps import Story, own_words, told_days_ago, worked
from portal.domain.permissions import Role
from portal.domain.policy.moving import OptionKind
from portal.domain.rehousing.facts import Facts, HomeSafety, Wish
from portal.homes.options import service as options
from portal.homes.options.service import Done, Sitting
from portal.homes.panels import service as panels
from portal.homes.panels.queries import can_be_invited
from portal.homes.panels.service import Asked
from portal.store.audit import Actor

SEEN = "What you saw at the counter in the week before they told us: who came with them, and what was said."
MATTERS = "Near the children’s school, and a place for the dog."


def has_to_leave(desk: Desk) -> Story:
    """Not safe for long; the ways are talked through, and the policy opens some of them."""
    home = desk.homes.household(woman=True, tie="parted")
    yield told_days_ago(desk, 5, 18)
    case_id, officer = yield from worked(desk, home, own_words(desk, home))
    yield desk.soon(60, 300)
    facts = Facts(
        home=HomeSafety.SHORT_TIME,
        wish=Wish.MOVE,
        staying_answered=True,
        evidence=True,
        own_homes_serve=True,
        agrees_to_council=True,
        moves_before=1,
    )
    options.answer(desk.session, case_id, 0, facts, MATTERS, officer, desk.now)
    words = home.say("Went through every way. {She} would rather move within the county.")
    told = Done(OptionKind.COUNCIL, "explained", desk.now, words=words)
    options.record(desk.session, case_id, told, officer, desk.now, is_manager=False)
    if desk.version.policy.moving.panel.value is None:
        return
    sits_at = max(desk.now + timedelta(hours=1), desk.today - timedelta(hours=desk.chance.randint(20, 60)))
    guest = _invited(desk, case_id, sits_at, officer)
    yield sits_at
    if guest:
        panels.arrive(desk.session, *guest, desk.now)
    sitting = Sitting(
        desk.now,
        ("Rehousing manager",),
        ("Specialist officer",),
        "The assessment, a police log, and what they wrote themselves.",
        OptionKind.TRANSFER,
        safe_in_area=True,
        reasons="A home on the other side of the borough keeps the school and the distance.",
        told="By a call at a safe hour, the same day.",
    )
    options.sit(desk.session, case_id, sitting, officer, desk.now)


def _invited(desk: Desk, case_id: UUID, sits_at: datetime, officer: Actor) -> tuple[UUID, Actor] | None:
    """Whoever reported at the counter is asked in for this one item."""
    able = can_be_invited(desk.session, cases.get(desk.session, case_id), desk.now)
    guest = next((each for each in able if each.roles == {Role.FRONT_DESK}), None)
    if guest is None:
        return None
    asked = Asked(guest.account_id, sits_at, sits_at + timedelta(minutes=30), "Room 2", SEEN)
    return panels.invite(desk.session, case_id, asked, officer, desk.now), Actor(guest.account_id, guest.name)

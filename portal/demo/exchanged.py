"""Stories of the desk between landlords: a need that was posted, and a home that was offered for somebody else's."""

from portal.demo.desk import Desk
from portal.demo.steps import Story, opened, own_words, told_days_ago
from portal.domain.policy.moving import OptionKind
from portal.domain.rehousing.exchange import Access, Need, Region, Room
from portal.domain.rehousing.facts import Facts, HomeSafety, Wish
from portal.domain.rehousing.offers import Tenure
from portal.homes.exchange import homes, needs
from portal.homes.exchange.homes import Offering
from portal.homes.exchange.needs import Posting
from portal.homes.exchange.queries import desk as on_the_desk
from portal.homes.options import service as options
from portal.homes.options.service import Sitting

WANTED = Need(2, Tenure.ASSURED, (Region.NORTH_WEST, Region.WEST_MIDLANDS), (Access.STEP_FREE,))
ROOM = Room(2, Tenure.ASSURED, Region.NORTH_WEST, (Access.STEP_FREE,))
FACTS = Facts(
    home=HomeSafety.NOT_SAFE, wish=Wish.MOVE, staying_answered=True, evidence=True, own_homes_serve=False
)


def looks_elsewhere(desk: Desk) -> Story:
    """None of our homes can serve: a need stands on the desk, on her word."""
    home = desk.homes.household(woman=True, tie="parted")
    yield told_days_ago(desk, 6, 15)
    case_id, officer = yield from opened(desk, home, own_words(desk, home))
    yield desk.soon(60, 300)
    options.answer(desk.session, case_id, 0, FACTS, "Away from the county.", officer, desk.now)
    if desk.version.policy.moving.panel.value:
        sitting = Sitting(
            desk.now, ("Housing manager",), ("Specialist officer",), "The assessment and two logs.",
            OptionKind.RECIPROCAL, safe_in_area=False, reasons="Found at both homes before.", told="By call.",
        )  # fmt: skip
        options.sit(desk.session, case_id, sitting, officer, desk.now)
    posting = Posting(WANTED, home.say("{She} agreed by call: whatever is quick and far."))
    needs.post(desk.session, case_id, posting, desk.team.manager, desk.now, is_manager=True)


def offers_a_home(desk: Desk) -> Story:
    """One of our homes, for whoever looks for it elsewhere."""
    yield told_days_ago(desk, 2, 3)
    threads, _ours = on_the_desk(desk.session)
    for each in threads:
        offered = Offering(ROOM, "7 Example Court, flat 2", "A ramp to the door; keys at the office.", "")
        homes.offer(desk.session, each.id, offered, desk.team.manager, desk.now, is_manager=True)

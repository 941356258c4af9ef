"""Stories of a move: what was known before it, and an offer that waits for an answer."""

from datetime import timedelta

from portal.demo import risks
from portal.demo.desk import Desk
from portal.demo.steps import Story, met, opened, own_words, told_days_ago
from portal.domain.rehousing.facts import Facts, HomeSafety, Wish
from portal.domain.rehousing.offers import Home, Tenure
from portal.homes.moves import service as moves
from portal.homes.moves import viewing
from portal.homes.moves.service import Agreement, Offered, Prepared
from portal.homes.moves.viewing import Viewing
from portal.homes.options import service as options

AT_HIGH_RISK = 16
FLAT = Home(2, "flat", Tenure.ASSURED)
BEFORE = {
    "needs": "No stairs: a bad knee. A school within a walk.",
    "risks": "The other person knows the street and waits there.",
    "lessened": "A street that nobody connects with them, across the county.",
    "remaining": "The way to work.",
    "ours": "Keep the new address apart; change the contact on every account.",
    "theirs": "Tell nobody of the street; look at the phone’s settings.",
    "copy": "unsafe",
    "home_area": ["XA1"],
    "no_go": ["3 km around XA2 1AA", "XA3 1"],
}


def moves_on(desk: Desk) -> Story:
    """A move that a manager agreed to, and a home that was offered this week."""
    home = desk.homes.household(woman=True, tie="parted")
    yield told_days_ago(desk, 8, 25)
    case_id, officer = yield from opened(desk, home, own_words(desk, home))
    yield from met(desk, case_id, home, officer)
    yield desk.soon(60, 300)
    risks.assess(desk, case_id, officer, AT_HIGH_RISK)
    facts = Facts(
        home=HomeSafety.SHORT_TIME,
        wish=Wish.MOVE,
        staying_answered=True,
        evidence=True,
        safe_in_area=True,
    )
    options.answer(desk.session, case_id, 0, facts, "A school within a walk.", officer, desk.now)
    moves.prepare(
        desk.session, case_id, 0, Prepared(FLAT, lessens=True, words=dict(BEFORE)), officer, desk.now
    )
    yield max(desk.now, desk.today - timedelta(hours=desk.chance.randint(20, 70)))
    agreed = Agreement(agreed=True, band="", reason="Not safe for longer than a few weeks.")
    manager = desk.team.manager
    moves.decide(desk.session, case_id, 1, agreed, manager, desk.now, is_manager=True)
    yield desk.soon(60, 400)
    offered = Offered(
        FLAT, "XB9 9AA", "Another town, with a door that locks below.", "By day, with the officer.", ""
    )
    home_id = moves.offer(desk.session, case_id, offered, manager, desk.now, is_manager=True)
    seen = Viewing(desk.today + timedelta(days=2, hours=1), "The officer", "By car from the office. Nobody is told.")
    viewing.arrange(desk.session, case_id, home_id, seen, officer, desk.now)

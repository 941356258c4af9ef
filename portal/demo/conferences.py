"""An invented MARAC area: its coordinator, meetings and seats, and at each landlord one case before it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.cases import frame
from portal.cases.consents.service import NewConsent, give
from portal.cases.disclosures.service import Wanted as WantedShare
from portal.cases.frame import Reader
from portal.cases.models import Case
from portal.cases.tasks import service as tasks
from portal.cases.tasks.service import Ending
from portal.demo.desk import Desk
from portal.demo.partners import AGENCIES, BEACON, CHILDREN, MARAC, POLICE
from portal.demo.steps import Story, own_words, told_days_ago, worked
from portal.domain.calendar import at_wall_clock, in_london
from portal.domain.lifecycle import CaseStage, Route
from portal.domain.marac import AT_ONCE, Ended, Lines, Shown, State
from portal.domain.risk import Criterion
from portal.domain.sharing import GivenHow, Part, Recipient, Share
from portal.marac.actions import service as actions
from portal.marac.actions.service import Agreed, Came
from portal.marac.areas import queries as areas
from portal.marac.areas import service as area_service
from portal.marac.areas.queries import AreaRow
from portal.marac.areas.service import Terms
from portal.marac.minutes import service as minutes
from portal.marac.papers import service as papers
from portal.marac.papers.service import About
from portal.marac.referrals import deciding, sending, service
from portal.marac.referrals.models import MaracReferral
from portal.marac.referrals.service import SOURCE, Wanted
from portal.store.audit import PORTAL, Actor
from portal.store.database import Database, scope_of
from portal.store.scope import AgencyScope, LandlordScope

AREA = "Northshire East"
COORDINATOR = "coordinator@northshire-marac.example"
TERMS = Terms("Every second week", 6, "papers@northshire-marac.example", "The coordinator, 01632 960840")
SEATED = (BEACON, POLICE, CHILDREN)
OVER = -5
"""How many days ago the last meeting was."""
NOT_LISTED = "star"
"""The landlord whose case waits for an agenda."""
GOES = frozenset({Part.PERSON, Part.HAPPENED, Part.INCIDENTS, Part.OTHER_PERSON, Part.RISK})
TEN = datetime.min.time().replace(hour=10)
FIVE = datetime.min.time().replace(hour=17)
CHAIR = Actor(None, f"Ines Okoro, {MARAC}")
SHEET = "Two reports in six weeks, both of the same evening hours. Nothing is known of weapons."
WHY = "He has found out where they work, and waits there. The threats grow worse from week to week."


@dataclass(frozen=True, slots=True)
class Board:
    """The area, the meeting that is next, and the one that is over."""

    area: AreaRow
    meeting_id: UUID
    over_id: UUID


def add_area(database: Database, known: dict[str, UUID], accounts: dict[str, UUID], now: datetime) -> Board:
    """Put the invented area on the portal, once, with a meeting that is over and two to come."""
    today = in_london(now).date()
    with database.work(AgencyScope(known[MARAC], accounts[COORDINATOR])) as session:
        found = next((each for each in areas.areas(session) if each.name == AREA), None)
        if found is None:
            area_id = area_service.add(session, AREA, TERMS, PORTAL, now)
            area_service.draw_lines(session, area_id, Lines(date(2025, 4, 1), 14, 3), PORTAL, now)
            for days in (OVER, 9, 23):
                meets, closes = today + timedelta(days=days), today + timedelta(days=days - 6)
                at, until = at_wall_clock(meets, TEN), at_wall_clock(closes, FIVE)
                area_service.meet(session, area_id, at, until, PORTAL, now + timedelta(days=2 * OVER))
            for name in SEATED:
                area_service.seat(session, area_id, known[name], PORTAL, now)
            found = areas.area(session, area_id)
    if found is None:
        raise LookupError("The area was made just now.")
    return Board(found, found.meetings[1].id, found.meetings[0].id)


def refer_one(session: Session, board: Board, slug: str, officer: Actor, now: datetime) -> UUID:
    """The newest open case whose risk is high goes there, on consent; it is listed save at one landlord."""
    case_id = _case(session)
    referral = _refer(session, board.area.id, case_id, officer, now)
    if slug != NOT_LISTED:
        deciding.list_for(session, case_id, referral, 2, board.meeting_id, CHAIR, now)
    return referral


def is_heard(desk: Desk) -> Story:
    """A case that was heard at the last meeting; what could not wait was done before it."""
    home = desk.homes.household()
    area = next(each for each in areas.areas(desk.session) if each.name == AREA)
    over = area.meetings[0]
    yield told_days_ago(desk, 34, 44)
    case_id, officer = yield from worked(desk, home, own_words(desk, home))
    yield max(desk.now, over.at - timedelta(days=7))
    referral = _refer(desk.session, area.id, case_id, officer, desk.now)
    deciding.list_for(desk.session, case_id, referral, 2, over.id, CHAIR, desk.now)
    yield desk.soon(60, 600)
    for name in AT_ONCE:
        tasks.settle(desk.session, case_id, f"{SOURCE} {name}", referral, Ending.DONE, officer, desk.now)
    about = About(scope_of(desk.session).landlord_id, case_id, referral)
    papers.write(desk.session, about, None, SHEET, Shown.ALL, 0, officer, desk.now)
    yield over.at + timedelta(hours=1)
    deciding.hear(desk.session, case_id, referral, 3, CHAIR, desk.now)


def heard_here(session: Session) -> About:
    """The case that was heard."""
    wanted = select(MaracReferral.case_id, MaracReferral.id).where(MaracReferral.state == State.HEARD.value)
    case_id, referral = session.execute(wanted).first() or (None, None)
    if case_id is None or referral is None:
        raise LookupError("The demonstration has a case that was heard.")
    return About(scope_of(session).landlord_id, case_id, referral)


def at_the_table(
    database: Database, known: dict[str, UUID], accounts: dict[str, UUID], board: Board, about: About, now: datetime
) -> None:
    """What the coordinator and the police do now that it was heard."""
    chair, police = accounts[COORDINATOR], accounts["worker@northshire-police.example"]
    by = Actor(chair, CHAIR.name)
    today = in_london(now).date()
    for_landlord = Agreed(None, "Fit a second lock and a light at the back.", today + timedelta(days=4), shown=True)
    for_police = Agreed(known[POLICE], "Put a marker on the address.", today + timedelta(days=2), shown=True)
    for_beacon = Agreed(known[BEACON], "Ring them every Monday morning.", today + timedelta(days=6), shown=True)
    with database.work(AgencyScope(known[MARAC], chair)) as session:
        made = [(each, actions.agree(session, about, each, by, now)) for each in (for_landlord, for_police, for_beacon)]
        words = "Police and landlord report. Risk stays high. The advocate keeps in touch; the home is made safer."
        minutes.write(session, about, board.over_id, words, by, now, circulated=True)
    with database.work(LandlordScope(about.landlord_id)) as session:
        for each, action_id in made:
            actions.tell_landlord(session, about, action_id, each, by, now)
    ended = About(about.landlord_id, about.case_id, about.conference_id, made[1][1])
    with database.work(AgencyScope(known[POLICE], police)) as session:
        came = Came(Ended.DONE, "The marker stands since Friday.", Shown.ALL)
        actions.end(session, ended, known[POLICE], came, Actor(police, f"Owen Price, {POLICE}"), now)


def _refer(session: Session, area_id: UUID, case_id: UUID, officer: Actor, now: datetime) -> UUID:
    body = Recipient(AGENCIES[MARAC], MARAC)
    agreed = NewConsent(body, GOES, "So that they all know", GivenHow.WORDS, now, now + timedelta(days=90))
    consent = give(session, case_id, agreed, officer, now)
    session.flush()
    found = frame.read(session, case_id, Reader(officer, None, now))
    share = WantedShare(Share(body, GOES), "The MARAC coordinator", TERMS.secure_address, "", consent_id=consent)
    wanted = Wanted(area_id, frozenset({Criterion.JUDGEMENT}), WHY, share)
    referral = service.write(session, found, wanted, officer, now)
    sending.send(session, found, referral, 1, officer, now)
    return referral


def _case(session: Session) -> UUID:
    """An open case, of high risk if there is one, that was not before it yet."""
    wanted = select(Case.id).where(
        Case.stage == CaseStage.ACTIVE.value,
        Case.route == Route.ORDINARY.value,
        ~Case.restricted,
        ~Case.anonymous,
        Case.id.not_in(select(MaracReferral.case_id)),
    )
    high_first = (Case.risk_level == "high").desc().nulls_last()
    return session.scalars(wanted.order_by(high_first, Case.opened_at.desc()).limit(1)).one()

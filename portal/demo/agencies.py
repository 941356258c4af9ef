"""Invented partner agencies and their people, what each landlord has agreed with them, and one case that is shared."""

from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.cases import frame
from portal.cases.consents.service import NewConsent, give
from portal.cases.disclosures.service import Wanted as WantedShare
from portal.cases.disclosures.service import ask
from portal.cases.frame import Reader
from portal.cases.models import Case
from portal.demo.partners import AGENCIES, BEACON, OPTIONS, PEOPLE, POLICE
from portal.domain.calendar import in_london
from portal.domain.lifecycle import CaseStage, Route
from portal.domain.sharing import GivenHow, Part, Recipient, Share
from portal.partners.agencies import service as agencies
from portal.partners.agencies.models import Agency
from portal.partners.agreements import service as agreements
from portal.partners.agreements.service import Terms
from portal.partners.asked.service import ask as ask_agency
from portal.partners.entries.queries import EntryKind
from portal.partners.entries.service import Written, write
from portal.partners.grants.models import AgencyGrant
from portal.partners.grants.service import Wanted, grant
from portal.partners.members.queries import members
from portal.partners.members.service import begin
from portal.partners.shared.queries import SharedRow, one
from portal.partners.shared.service import answer, tell_landlord
from portal.store.audit import PORTAL, Actor
from portal.store.database import Database
from portal.store.scope import AgencyScope, LandlordScope, PlatformScope

SAFETY = frozenset({Part.PERSON, Part.HAPPENED, Part.INCIDENTS, Part.ORDERS, Part.RISK, Part.SAFETY_PLAN})
AGREED = {
    BEACON: ("To support somebody and to plan for their safety together.", SAFETY | {Part.CONTACTS}, 400),
    POLICE: ("To prevent and detect crime, and to protect people at high risk.", SAFETY | {Part.ADDRESS}, 60),
    OPTIONS: ("To find somebody a safe home.", frozenset({Part.PERSON, Part.RISK}), -20),
}
"""What for, which parts, and in how many days it is to be reviewed: one soon, one overdue."""
WORKER = "worker@beacon.example"
UNANSWERED = "nph"
"""The landlord whose offer nobody has answered yet."""
OFFERED = frozenset({Part.PERSON, Part.HAPPENED, Part.INCIDENTS})
CONTACTS = {
    BEACON: ("The duty advocate", "01632 960700"),
    POLICE: ("Domestic Abuse Unit, the duty sergeant", "101, extension 4400"),
    OPTIONS: ("The housing options manager", "01632 960720"),
}


def add_agencies(database: Database, now: datetime) -> dict[str, UUID]:
    """Put the invented agencies on the portal, once."""
    with database.work(PlatformScope("invented agencies")) as session:
        known = dict(session.execute(select(Agency.name, Agency.id)).all())
        return {name: known.get(name) or agencies.add(session, name, kind, now) for name, kind in AGENCIES.items()}


def agree(session: Session, known: dict[str, UUID], manager: Actor, since: datetime, today: datetime) -> None:
    """What this landlord has agreed, in its manager's hands."""
    begun, day = in_london(since).date(), in_london(today).date()
    for name, (purposes, parts, days) in AGREED.items():
        terms = _terms(name, purposes, parts, begun, day + timedelta(days=days), manager)
        agreements.make(session, known[name], terms, manager, since)


def _terms(
    name: str, purposes: str, parts: frozenset[Part], since: date, review_on: date, manager: Actor
) -> Terms:
    contact, address = CONTACTS[name]
    if manager.account_id is None:
        raise LookupError("Somebody looks after each agreement.")
    return Terms(purposes, parts, contact, address, since, review_on, manager.account_id, "Policy library, Agreements")


def let_in(database: Database, known: dict[str, UUID], accounts: dict[str, UUID], since: datetime) -> None:
    """Their people work there, once."""
    for email, _, agency, role in PEOPLE:
        with database.work(AgencyScope(known[agency], accounts[email])) as session:
            if accounts[email] not in {each.account_id for each in members(session)}:
                begin(session, accounts[email], [role], PORTAL, since)


def offer(session: Session, manager: Actor, now: datetime) -> UUID:
    """One case whose survivor has agreed that the support service reads some of it: offered there."""
    body = Recipient(AGENCIES[BEACON], BEACON)
    case_id = session.scalars(
        select(Case.id)
        .where(Case.stage == CaseStage.ACTIVE.value, Case.route == Route.ORDINARY.value, ~Case.restricted)
        .order_by(Case.opened_at)
    ).first()
    if case_id is None:
        raise LookupError("The demonstration has an open case.")
    until = now + timedelta(days=60)
    agreed = NewConsent(body, OFFERED, "So that Beacon can plan with me", GivenHow.WORDS, now, until)
    consent = give(session, case_id, agreed, manager, now)
    session.flush()
    found = frame.read(session, case_id, Reader(manager, None, now))
    wanted = WantedShare(Share(body, OFFERED), "The duty advocate", "01632 960700", "", consent_id=consent)
    share = ask(session, found, wanted, manager, now)
    return grant(session, case_id, share, Wanted(OFFERED, now, now + timedelta(days=30)), manager, now)


def take(database: Database, known: dict[str, UUID], accounts: dict[str, UUID], grant_id: UUID, now: datetime) -> None:
    """Somebody there takes it. Where the portal is filled for a day to come, the database does not show it yet."""
    worker = accounts[WORKER]
    name = next(name for email, name, _, _ in PEOPLE if email == WORKER)
    with database.work(AgencyScope(known[BEACON], worker)) as session:
        actor = Actor(worker, f"{name}, {BEACON}")
        if one(session, grant_id) is None:
            return
        taken = answer(session, grant_id, accepts=True, reason="", actor=actor, now=now)
    with database.work(LandlordScope(taken.landlord_id)) as session:
        tell_landlord(session, grant_id, accepts=True, actor=actor, now=now)
    _together(database, AgencyScope(known[BEACON], worker), taken, actor, now)


def _together(database: Database, scope: AgencyScope, taken: SharedRow, actor: Actor, now: datetime) -> None:
    """They write in their own section, shown and not shown, and are asked to do something."""
    with database.work(LandlordScope(taken.landlord_id)) as session:
        kept = session.get_one(AgencyGrant, (taken.landlord_id, taken.id))
        by, due = Actor(kept.made_by, kept.made_name), in_london(now).date() + timedelta(days=3)
        ask_agency(session, kept.case_id, taken.id, "Ring them and ask how the week was.", due, by, now)
    with database.work(scope) as session:
        for kind, words, file in (
            (EntryKind.NOTE, "Met at the library. They want to keep the job whatever happens.", None),
            (EntryKind.DOCUMENT, "Support plan, first draft.", b"Support plan\n\n1. A safe way home.\n"),
        ):
            entry = Written(kind, words, now, shown=file is not None, file=file, ending="txt" if file else "")
            write(session, taken.id, entry, actor, now)

"""Two landlords of one group with the same kinds of things, and a web application that can be asked for each."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from portal.cases import notes
from portal.cases.assessments import drafts
from portal.cases.confidentiality import service as confidentiality
from portal.cases.confidentiality.models import CaseBar, CaseReader
from portal.cases.household import service as household
from portal.cases.incidents import service as incidents
from portal.cases.incidents.told import Told, ToldBy
from portal.cases.meetings import service as meetings
from portal.cases.meetings.service import Booking, Moment
from portal.cases.orders import service as orders
from portal.cases.plans import acting, queries
from portal.cases.plans import service as plans
from portal.cases.plans.acting import Wanted
from portal.cases.plans.parts import How, Owner
from portal.cases.plans.service import Agreement
from portal.cases.retention.service import HoldKind, hold
from portal.cases.reviews.models import CaseworkReview
from portal.cases.reviews.service import draw
from portal.cases.safeguarding import service as safeguarding
from portal.cases.serious.models import PLACE, SeriousMatter
from portal.cases.support import service as support
from portal.cases.support.service import Offer
from portal.cases.tasks.service import Proposal, propose
from portal.deadlines.models import Deadline
from portal.domain import safeguarding as risk
from portal.domain.agency_roles import AgencyRole
from portal.domain.complaints import Complains, Shown
from portal.domain.contact import Channel, SafeContact
from portal.domain.contact.record import Said, Way
from portal.domain.court_orders import Arrest, Served, Term
from portal.domain.duties import DutyKind
from portal.domain.exports import Form, What
from portal.domain.figures import Quarter
from portal.domain.findings import Found
from portal.domain.forums import What as TakesPart
from portal.domain.forums import With
from portal.domain.happened import Happened, Known
from portal.domain.importing.kinds import Kind as FileKind
from portal.domain.intake import Answers
from portal.domain.lifecycle import Source
from portal.domain.meetings import Agreed, Place, Purpose, Venue
from portal.domain.packs import Body
from portal.domain.permissions import Permission, Role
from portal.domain.plans import WATCHING, Content, Part, PlanKind, Rhythm, Unit
from portal.domain.sharing import Recipient, RecipientKind
from portal.domain.support import Answer
from portal.domain.support import Body as Helps
from portal.domain.systems import ApiScope
from portal.domain.tasks import TaskKind
from portal.domain.webhooks import WebhookKind
from portal.duties.service import Opening, open_duty
from portal.landlords.models import PolicyVersion
from portal.partners.forums.service import Setting
from portal.partners.forums.service import begin as begin_forum
from portal.partners.grants.service import Wanted as WantedGrant
from portal.partners.grants.service import grant
from portal.people.models import Account, StaffSession
from portal.people.proving.models import Passkey
from portal.people.service import sign_in
from portal.people.staff import give_roles
from portal.referrals.service import open_case, receive
from portal.reports.complaints.service import Linked
from portal.reports.complaints.service import link as link_complaint
from portal.reports.exports.service import Asked
from portal.reports.exports.service import ask as ask_for_file
from portal.reports.findings.models import AuditedCase
from portal.reports.findings.queries import latest_round
from portal.reports.findings.service import Recommended, recommend
from portal.reports.findings.service import draw as service_draw
from portal.reports.packs.service import ask
from portal.store.audit import PORTAL, Actor
from portal.store.base import new_id
from portal.store.cleared import IdentityClearance
from portal.store.database import Database, scope_of
from portal.store.line import Line, Posed, Prepared
from portal.store.record_keys import box_of
from portal.store.scope import AccountScope, LandlordScope, PublicScope
from portal.systems.importing.service import read_in
from portal.systems.tokens.service import Wanted as WantedToken
from portal.systems.tokens.service import make as make_token
from portal.systems.webhooks import service as webhooks
from portal.work.models import Message
from tests.client import PageClient
from tests.conftest import PASSWORD, StaffMaker
from tests.conventions.addresses import Ids
from tests.conventions.asked_in import asked_in
from tests.conventions.at_an_agency import at_an_agency
from tests.conventions.at_home import things_at_home
from tests.conventions.at_the_policy import impact_of
from tests.conventions.at_the_tenancy import things_at_the_tenancy
from tests.conventions.before_marac import before_the_conference
from tests.conventions.sharing import sharing_of
from tests.partners.granting import DAY, PARTS, share_on_consent
from tests.partners_at_hand import a_member, an_agency, an_agreement, members_at

HERE, THERE = "dales", "seven-locks"
ANSWERS = Answers(
    Source.SELF,
    name="Alex Example",
    safe_contact=SafeContact(ways=(Way(Channel.CALL, Said.SAFE, "01632 960001"),)),
)
TOLD = Told(Happened(Known.UNKNOWN), datetime(2026, 2, 2, tzinfo=UTC), ToldBy.POLICE, "He shouted.")


@dataclass(frozen=True)
class Neighbours:
    """Real ids of the landlord here and of the one there."""

    here: Ids
    there: Ids
    restricted: Ids
    """Of a case here that nobody may know of but those who are named."""


@pytest.fixture(scope="session")
def neighbours(database: Database, landlords: dict[str, UUID]) -> Neighbours:
    """A report, a case with a clock, a colleague with a session and a message, at each of two landlords."""
    staff = StaffMaker(database, landlords)
    found = Neighbours(
        things_of(database, landlords[HERE], staff(**{HERE: [Role.OFFICER]}).email),
        things_of(database, landlords[THERE], staff(**{THERE.replace("-", "_"): [Role.OFFICER]}).email),
        things_of(database, landlords[HERE], staff(**{HERE: [Role.OFFICER]}).email),
    )
    with database.work(LandlordScope(landlords[HERE])) as session:
        keeper = Actor(staff(**{HERE: [Role.MANAGER]}).account_id, "Robin Example")
        confidentiality.restrict(session, found.restricted["case_id"], [], "x", keeper, datetime.now(UTC))
    return found


def things_of(database: Database, landlord_id: UUID, email: str) -> Ids:
    now = datetime.now(UTC)
    with database.work(PublicScope()) as session:
        colleague = sign_in(session, email, PASSWORD, "a device", now)
        assert colleague
    agency_id, agency = an_agency(database)
    agreed = an_agreement(database, landlord_id, agency_id, now)
    member = members_at(database, agency_id, a_member(database, agency_id, AgencyRole.WORKER))
    with database.work(LandlordScope(landlord_id)) as session:
        waiting = receive(session, ANSWERS, PORTAL, now).report_id
        case = open_case(session, receive(session, ANSWERS, PORTAL, now).report_id, "XXX", PORTAL, now)
        session.flush()
        clock = session.scalars(select(Deadline.id).where(Deadline.case_id == case.id)).first()
        message = Message(
            landlord_id=landlord_id,
            id=new_id(),
            account_id=colleague.account_id,
            cause_id=case.id,
            kind="digest",
            code="X",
            link="/desk/",
            count=1,
            made_at=now,
            attempts=0,
            retry_at=now,
        )
        session.add(message)
        session.flush()
        task = propose(session, case.id, Proposal(TaskKind.OWN, "Ring back"), PORTAL, now)
        incident = incidents.record(session, case.id, TOLD, PORTAL, now)
        beside = sharing_of(session, case.id, Actor(colleague.account_id, "Robin Example"), now)
        found = {"report_id": waiting, "case_id": case.id, "clock_id": clock, "message_id": message.id, "task_id": task}
        found["incident_id"] = incident
        found["assessment_id"] = drafts.start(session, case.id, "dash", PORTAL, now)
        draw(session, 1000, Actor(new_id(), "Robin Example"), now)
        session.flush()
        found["review_id"] = session.scalars(select(CaseworkReview.id).where(CaseworkReview.case_id == case.id)).one()
        found["hold_id"] = hold(session, case.id, HoldKind.COURT, "Asked for", PORTAL, now)
        by = Actor(colleague.account_id, "Robin Example")
        confidentiality.name(session, case.id, colleague.account_id, "x", by, now)
        found["reader_id"] = session.scalars(select(CaseReader.id).where(CaseReader.case_id == case.id)).one()
        confidentiality.bar(session, case.id, colleague.account_id, "x", by, now)
        found["bar_id"] = session.scalars(select(CaseBar.id).where(CaseBar.case_id == case.id)).one()
        found["clearance_id"] = a_clearance(session, case.id, colleague.account_id, now)
        found["note_id"] = notes.add(session, case.id, "She rang.", PORTAL, now)
        found["action_id"] = agreed_action(session, case.id, now)
        duty = Opening(DutyKind.OTHER_FORM, "Send it.", f"form {new_id()}")
        found["duty_id"] = open_duty(session, duty, PORTAL, now)
        found |= {"meeting_id": a_meeting(session, case.id, now), "support_id": a_referral(session, case.id, by, now)}
        found["version_id"] = session.scalars(select(PolicyVersion.id)).first()
        protected = things_that_protect(session, case.id, now) | things_at_home(session, case.id, by, now)
        protected |= things_at_the_tenancy(session, case.id, by, now)
        body = Recipient(RecipientKind.SUPPORT, agency)
        found["offered_id"] = share_on_consent(session, case.id, body, by, now)
        shared = WantedGrant(PARTS, now, now + 20 * DAY)
        found["grant_id"] = grant(session, case.id, found["offered_id"], shared, by, now)
        found |= {"forum_id": a_forum(session, by, now), **connected(session, by, now)}
        found |= findings_of(session, case.id, colleague.account_id, by, now) | impact_of(session, by, now)
    found |= protected | {"agreement_id": agreed, "member_id": member}
    found["passkey_id"] = a_passkey(database, colleague.account_id, now)
    found |= before_the_conference(database, landlord_id, case.id, by, now)
    found["complaint_id"] = a_complaint(database, landlord_id, case.id, by, now)
    found |= at_an_agency(database, landlord_id, agency_id, found["grant_id"], by, now)
    return Ids(
        found | beside | {"account_id": colleague.account_id, "session_id": session_of(database, colleague.account_id)}
    )


def a_forum(session: Session, by: Actor, now: datetime) -> UUID:
    """A forum in the register, seen to by somebody who works here."""
    assert by.account_id
    what = Setting(TakesPart.FORUM, With.COUNCIL, "x", "", "x", None, None, by.account_id)
    return begin_forum(session, what, by, now)


def connected(session: Session, by: Actor, now: datetime) -> dict[str, UUID]:
    """A system that was let in, and is told of what happens; and a file of cases that came from one."""
    found = {"token_id": a_token(session, by, now), "webhook_id": a_webhook(session, by, now)}
    for name, kind, data in (
        ("import_id", FileKind.CASES, b"Name,Date opened\nAlex,01/02/2026\n"),
        ("people_import_id", FileKind.PEOPLE, b"Email,Course\nx@example.org,Awareness\n"),
        ("homes_import_id", FileKind.HOMES, b"Ref,Address\n1,1 Example Row\n"),
    ):
        found[name] = read_in(session, kind, data, by, now)
    return found | {"staff_invitation_id": asked_in(session, by, now)}


def a_webhook(session: Session, by: Actor, now: datetime) -> UUID:
    """A place to which notices go."""
    place = webhooks.Wanted("Repairs", "https://repairs.example.org/", (WebhookKind.JOB_ORDERED,))
    return webhooks.make(session, place, by, now)[0]


def a_token(session: Session, by: Actor, now: datetime) -> UUID:
    """A system that was let in."""
    return make_token(session, WantedToken("Repairs", (ApiScope.POLICY_READ,), "30"), set(Permission), by, now)[0]


def a_clearance(session: Session, case_id: UUID, account_id: UUID, now: datetime) -> UUID:
    """Somebody was cleared to know whose case it is, while it had no name."""
    row_id, box = new_id(), box_of(session, case_id)
    sealed = box.seal_json(IdentityClearance.__tablename__, row_id, {"why": "x"})
    held = {"case_id": case_id, "account_id": account_id, "made_by": account_id, "since": now, "until": now + 20 * DAY}
    session.add(IdentityClearance(landlord_id=scope_of(session).landlord_id, id=row_id, **held, sealed=sealed))
    return row_id


def a_complaint(database: Database, landlord_id: UUID, case_id: UUID, by: Actor, now: datetime) -> UUID:
    """A complaint that somebody handles; in a unit of work of its own, for it asks who may know of the case."""
    with database.work(PublicScope()) as session:
        account = {"name": "x", "password_hash": "x", "active": True, "demo": False, "made_at": now}
        handler = Account(id=new_id(), email=f"{new_id()}@staff.example", **account)
        session.add(handler)
    with database.work(LandlordScope(landlord_id)) as session:
        give_roles(session, handler.id, [Role.COMPLAINTS], by, now)
    what = Linked(Complains.SURVIVOR, now, "x", "x", frozenset(Shown), handler.id)
    with database.work(LandlordScope(landlord_id)) as session:
        return link_complaint(session, case_id, what, by, now)


def a_passkey(database: Database, account_id: UUID, now: datetime) -> UUID:
    """A colleague's own way in."""
    row_id = new_id()
    key = {"credential_id": row_id.bytes, "public_key": b"x", "sign_count": 0, "sealed": b"x"}
    with database.work(PublicScope()) as session:
        session.add(Passkey(id=row_id, account_id=account_id, made_at=now, **key))
    return row_id


def findings_of(session: Session, case_id: UUID, owner: UUID, by: Actor, now: datetime) -> dict[str, UUID]:
    """A case in a sample, and a recommendation."""
    what = Recommended(Found.AUDIT, "x", "x", owner, now.date())
    service_draw(session, 1, now.date(), by, now)
    session.flush()
    newest = latest_round(session)
    assert newest
    drawn = AuditedCase(landlord_id=newest.landlord_id, id=new_id(), round_id=newest.id, case_id=case_id)
    session.add(drawn)
    found = {"drawn_id": drawn.id, "found_id": recommend(session, what, by, now)}
    found["pack_id"] = ask(session, Body("Board", "x"), Quarter.of(now.date()), by, now)
    wanted = Asked(What.FIGURES, Form.CSV, "2026-1", "x", "x")
    return found | {"export_id": ask_for_file(session, wanted, by, now, opens_cases=False)}


def agreed_action(session: Session, case_id: UUID, now: datetime) -> UUID:
    """Both plans, agreed, with an action that is to be done."""
    said = Content({"home": Part("Keep the door locked."), WATCHING: Part("Every Monday.")})
    for kind in PlanKind:
        plans.write(session, case_id, kind, said, 0, PORTAL, now, not_to_send=False)
    agreement = Agreement(now, How.TELEPHONE, rhythm=Rhythm(2, Unit.WEEKS, agreed=True))
    action = acting.add(session, case_id, Wanted("Ring the school", Owner.SURVIVOR), PORTAL, now)
    for kind in PlanKind:
        revision = queries.plan(session, case_id, kind).revision
        plans.agree(session, case_id, kind, revision, agreement, PORTAL, now)
    return action


def a_meeting(session: Session, case_id: UUID, now: datetime) -> UUID:
    """A meeting that is still to come, at an hour that is safe."""
    then = ANSWERS.safe_contact.times.first_from(now + timedelta(days=1))
    assert then
    place = Place(Venue.AGREED_PLACE, Agreed.THEMSELVES, where="The library")
    return meetings.book(session, case_id, Booking(Purpose.TALK, place, Moment(then)), PORTAL, now)


def a_referral(session: Session, case_id: UUID, by: Actor, now: datetime) -> UUID:
    """A service that was asked to help, and has not answered."""
    return support.offer(session, case_id, Offer(Helps.OTHER, "x", Answer.AGREED, "words", "", "x"), by, now)


def things_that_protect(session: Session, case_id: UUID, now: datetime) -> dict[str, UUID]:
    """Somebody in the case, an order, and a concern that was referred."""
    person = household.add(session, case_id, "other_person", {"name": "Sam Example"}, PORTAL, now)
    term = Term(now.date(), None, None, Served.YES)
    order = orders.record(
        session, case_id, orders.Order("non-molestation", term, Arrest.UNKNOWN), PORTAL, now
    )
    feared = safeguarding.Feared(risk.Group.CHILD, (risk.Harm.NEGLECT,), "Seen alone")
    concern = safeguarding.note(session, case_id, feared, PORTAL, now)
    sent = safeguarding.Sent("Children's services", risk.AGREED, risk.Told.AGREED, now, "Seen alone")
    referral = safeguarding.refer(session, case_id, concern, sent, PORTAL, now, may_decide=False)
    grave = a_serious_matter(session, case_id, now)
    return {
        "matter_id": grave,
        "person_id": person,
        "other_id": person,
        "order_id": order,
        "concern_id": concern,
        "referral_id": referral,
    }


def a_serious_matter(session: Session, case_id: UUID, now: datetime) -> UUID:
    """A serious matter for whose answer a second person is asked."""
    row_id, at = new_id(), now.isoformat()
    said = {"noted": [{"at": at, "by": "x", "because": "noted", "words": "x", "source": ""}], "why": "x"}
    row = SeriousMatter(
        landlord_id=scope_of(session).landlord_id, id=row_id, case_id=case_id, matter="risk", noted_at=now,
        actor=PORTAL.name, proposed_at=now, proposer="x",
        sealed=box_of(session, case_id).seal_json(PLACE, row_id, said),
    )  # fmt: skip
    session.add(row)
    return row_id


def session_of(database: Database, account_id: UUID) -> UUID:
    with database.work(AccountScope(account_id)) as session:
        return session.scalars(select(StaffSession.id).where(StaffSession.account_id == account_id)).one()


@pytest.fixture
def unguarded(app: Flask) -> Iterator[Flask]:
    """The application without the check of form tokens, which would answer before anything else is asked."""
    app.config["WTF_CSRF_ENABLED"] = False
    yield app
    app.config["WTF_CSRF_ENABLED"] = True


@pytest.fixture
def as_role(unguarded: Flask, staff: StaffMaker) -> Callable[[Role | None], PageClient]:
    """A client in which somebody with this role at the landlord here is signed in, or nobody."""

    def client(*roles: Role) -> PageClient:
        found = PageClient(unguarded)
        if roles:
            found.sign_in(staff(**{HERE: list(roles)}))
        return found

    return client


@contextmanager
def statements(app: Flask) -> Iterator[list[str]]:
    """Every SQL statement that the application sends meanwhile, whichever way it takes."""
    sent: list[str] = []
    pose = Line.pose

    def note(_connection: object, _cursor: object, sql: str, *_rest: object) -> None:
        sent.append(" ".join(sql.split()))

    def straight(line: Line, one: Prepared, values: Sequence[object]) -> Posed:
        sent.append(" ".join(one.sql.decode().split()))
        return pose(line, one, values)

    database: Database = app.extensions["portal"].database
    engines = (database.app, database.platform)
    for engine in engines:
        event.listen(engine, "before_cursor_execute", note)
    Line.pose = straight  # type: ignore[method-assign]
    try:
        yield sent
    finally:
        Line.pose = pose  # type: ignore[method-assign]
        for engine in engines:
            event.remove(engine, "before_cursor_execute", note)

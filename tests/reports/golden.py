"""Some weeks of casework, small enough to be counted by hand. Each figure of it is written down in test_golden.py."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from portal.cases.assessments.models import Assessment, ReassessmentTrigger, RiskChange
from portal.cases.disclosures.models import SharingRequest
from portal.cases.household.service import add as add_person
from portal.cases.incidents import service as incidents
from portal.cases.incidents.told import Told, ToldBy
from portal.cases.models import Case, Contact
from portal.cases.plans.models import Plan, PlanVersion
from portal.cases.reviews.models import CaseworkReview
from portal.cases.safeguarding.models import Concern, Referral
from portal.cases.service import refresh_next
from portal.cases.signposts.models import Signpost
from portal.cases.stages import close, reopen
from portal.deadlines.models import Deadline
from portal.domain.agency_roles import AgencyRole
from portal.domain.happened import Happened, Known
from portal.domain.lifecycle import Source
from portal.domain.permissions import Role
from portal.domain.risk import Level
from portal.domain.sharing import RecipientKind
from portal.homes.flags.models import Flag
from portal.homes.moves.models import HomeMove, HomeOffer
from portal.homes.securing.models import HomeDamage, HomeMeasure
from portal.homes.tenancy.models import TenancyStep
from portal.landlords.models import InstrumentVersion
from portal.marac.actions.models import MaracAction
from portal.marac.areas.service import Terms
from portal.marac.areas.service import add as add_area
from portal.marac.referrals.models import MaracReferral
from portal.store.audit import Actor
from portal.store.base import new_id
from portal.store.scope import AgencyScope
from tests.desk import Desk, london
from tests.partners_at_hand import a_member, an_agency

ME = Actor(None, "Robin Example")
NOW = london(27, 10)  # Friday 27 February 2026
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@dataclass
class Golden:
    """The desk, and the cases by their letters."""

    desk: Desk
    cases: dict[str, UUID]


def golden(desk: Desk) -> Golden:
    """Five cases A to E and two reports without one. F was opened the quarter before."""
    found = Golden(desk, {})
    said: dict[str, tuple[int, dict[str, Any]]] = {
        "A": (2, {}),
        "B": (3, {}),
        "C": (4, {"source": Source.STAFF_ENTRY}),
        "D": (5, {"source": Source.SOMEONE_ELSE}),
        "E": (9, {"home_unsafe": True, "written_in": "pl"}),
    }
    for letter, (day, more) in said.items():
        found.cases[letter] = desk.case(london(day, 10), **more)
    found.cases["F"] = desk.case(datetime.fromisoformat("2025-12-01T10:00+00:00"))
    desk.report(london(6, 10), source=Source.CONCERN_CARD)
    desk.report(london(7, 10))
    _clocks(found)
    _people_and_flow(found)
    _protection(found)
    _homes(found)
    _records(found)
    _conference(found)
    desk.clock.at = NOW
    return found


def _clocks(g: Golden) -> None:
    """A after 2 hours; B in her own time, after 48; C late, after 100; D runs, overdue; E ended, never met."""
    reached = {"A": 2, "B": 48, "C": 100}
    with g.desk.place.work() as session:
        for letter, hours in reached.items():
            mine = session.scalars(select(Deadline).where(Deadline.case_id == g.cases[letter])).one()
            mine.met_at = mine.ended_at = mine.started_at + hours * HOUR
            if letter == "B":
                mine.survivor_set_at, mine.due_at = mine.started_at + HOUR, mine.started_at + 72 * HOUR
        of_e = select(Deadline).where(Deadline.case_id == g.cases["E"], Deadline.event == "disclosure")
        session.scalars(of_e).one().ended_at = london(20, 10)
        for case_id in g.cases.values():
            refresh_next(session, session.get_one(Case, (g.desk.place.id, case_id)))


def _people_and_flow(g: Golden) -> None:
    """C was closed after ten days; B was closed and opened again; A has two children, one of whom heard it."""
    with g.desk.place.work() as session:
        for effects in ([], ["hears"]):
            child = {"name": "Little Example", "effects": effects}
            add_person(session, g.cases["A"], "child", child, ME, london(3, 10))
        close(session, g.cases["C"], "helped", "Well.", ME, london(14, 10), facts={"residual": "medium"})
        close(session, g.cases["B"], "unreachable", "No answer.", ME, london(14, 10))
        session.flush()
        reopen(session, g.cases["B"], "She rang.", ME, london(16, 10))
        session.flush()
        for letter, risk in {"A": Level.HIGH, "B": Level.HIGH, "D": Level.MEDIUM}.items():
            _assessed(g, session, g.cases[letter], risk)


def _assessed(g: Golden, session: Session, case_id: UUID, level: Level) -> None:
    here, at, assessment_id = g.desk.place.id, london(10, 10), new_id()
    version = session.scalars(select(InstrumentVersion.id)).first()
    session.add(
        Assessment(landlord_id=here, id=assessment_id, case_id=case_id, instrument_version_id=version, level=level,
                   state="completed", started_at=at, starter="x", completed_at=at)
    )  # fmt: skip
    session.flush()
    session.add(
        RiskChange(landlord_id=here, id=new_id(), case_id=case_id, at=at, level=level, cause="assessment",
                   assessment_id=assessment_id, actor="x")
    )  # fmt: skip
    session.flush()
    session.execute(update(Case).where(Case.id == case_id).values(risk_level=level, risk_at=at))


def _protection(g: Golden) -> None:
    """Concerns after 5 hours, 50 and 200, and one that waits; referrals answered, waiting and to be chased."""
    with g.desk.place.work() as session:
        ids = [new_id() for _ in range(4)]
        for each, hours in zip(ids, (5, 50, 200, None), strict=True):
            decided = london(10, 10) + hours * HOUR if hours else None
            session.add(
                Concern(landlord_id=g.desk.place.id, id=each, case_id=g.cases["A"], risk_group="child", actor="x",
                        noted_at=london(10, 10), decided_at=decided, decision="referred" if hours else None, sealed=b"")
            )  # fmt: skip
        session.flush()
        for each, chase, outcome in zip(ids, (20, 28, 25), ("accepted", None, None), strict=False):
            session.add(
                Referral(landlord_id=g.desk.place.id, id=new_id(), case_id=g.cases["A"], concern_id=each, actor="x",
                         door="children", ground="harm", told="agreed", made_at=london(11, 10), sealed=b"",
                         recorded_at=london(11, 10), chase_at=london(chase, 12), outcome=outcome)
            )  # fmt: skip
        for letter, review in {"A": london(28, 10), "B": london(20, 10), "D": None}.items():
            _plan(g, session, letter, review)
        teller = g.desk.place.staff(Role.OFFICER)
        for case_id in (g.cases["A"], g.cases["A"], None):
            session.add(
                Signpost(landlord_id=g.desk.place.id, id=new_id(), case_id=case_id, at=london(12, 10),
                         account_id=teller, service="x", way="spoken", answer="took")
            )  # fmt: skip


def _plan(g: Golden, session: Session, letter: str, review: datetime | None) -> None:
    plan_id, here, case_id = new_id(), g.desk.place.id, g.cases[letter]
    session.add(
        Plan(landlord_id=here, id=plan_id, case_id=case_id, kind="safety", draft=b"", draft_at=london(9, 10),
             draft_by="x", number=1, agreed_at=london(9, 10), review_at=review)
    )  # fmt: skip
    session.flush()
    session.add(
        PlanVersion(landlord_id=here, id=new_id(), case_id=case_id, plan_id=plan_id, number=1, how="met", actor="x",
                    agreed_at=london(9, 10), recorded_at=london(9, 10), not_to_send=False, sealed=b"")
    )  # fmt: skip


def _homes(g: Golden) -> None:
    """Three measures, two of them done; two damages; one move and two offers."""
    here, case_id = g.desk.place.id, g.cases["A"]
    with g.desk.place.work() as session:
        for state in ("done", "done", "asked"):
            session.add(
                HomeMeasure(landlord_id=here, id=new_id(), case_id=case_id, measure="locks", source="survivor",
                            state=state, asked_at=london(12, 10), actor="x", sealed=b"")
            )  # fmt: skip
        for unsafe, mended in ((True, None), (False, london(13, 10))):
            session.add(
                HomeDamage(landlord_id=here, id=new_id(), case_id=case_id, found_on=date(2026, 2, 12), unsafe=unsafe,
                           recorded_at=london(12, 10), repaired_at=mended, actor="x", police="asked", sealed=b"")
            )  # fmt: skip
        session.add(
            HomeMove(landlord_id=here, id=new_id(), case_id=case_id, state="agreed", bedrooms=2, kind="flat",
                     tenure="assured", sealed=b"")
        )  # fmt: skip
        session.add(
            HomeMove(landlord_id=here, id=new_id(), case_id=g.cases["B"], state="moved", bedrooms=2, kind="flat",
                     tenure="assured", decided_at=london(10, 0), moved_on=date(2026, 2, 20), sealed=b"")
        )  # fmt: skip
        for step, state in (("letter", "agreed"), ("injunction", "ended"), ("notice", "ended"), ("quit", "arrived")):
            session.add(
                TenancyStep(landlord_id=here, id=new_id(), case_id=case_id, step=step, state=state, actor="x",
                            asked_at=london(12, 10), sealed=b"")
            )  # fmt: skip
        for outcome in ("refused_unsafe", "accepted"):
            session.add(
                HomeOffer(landlord_id=here, id=new_id(), case_id=case_id, bedrooms=2, kind="flat", tenure="assured",
                          outcome=outcome, made_at=london(18, 10), actor="x", sealed=b"")
            )  # fmt: skip


def _records(g: Golden) -> None:
    """Contacts written after an hour, two days and five; one incident told and written at once; reviews; a flag."""
    here = g.desk.place.id
    writer = g.desk.place.staff(Role.OFFICER)
    with g.desk.place.work() as session:
        for late in (HOUR, 2 * DAY, 5 * DAY):
            session.add(
                Contact(landlord_id=here, id=new_id(), case_id=g.cases["A"], at=london(10, 10), channel="call",
                        recorded_at=london(10, 10) + late, account_id=writer, outcome="no_answer", verdict="safe",
                        sealed=b"")
            )  # fmt: skip
        told = Told(Happened(Known.UNKNOWN), london(12, 9), ToldBy.POLICE, "He shouted.")
        incidents.record(session, g.cases["D"], told, ME, london(12, 10))
        for drawn, ended in ((london(2, 10), london(3, 10)), (london(24, 10), None)):
            session.add(
                CaseworkReview(landlord_id=here, id=new_id(), case_id=g.cases["A"], drawn_at=drawn, drawn_by="x",
                               ended_at=ended)
            )  # fmt: skip
        session.add(
            ReassessmentTrigger(landlord_id=here, id=new_id(), case_id=g.cases["B"], kind="incident",
                                recorded_at=london(15, 10), actor="x", sealed=b"")
        )  # fmt: skip
        session.execute(update(Case).where(Case.id == g.cases["A"]).values(assigned_to=writer))
        session.execute(update(Case).where(Case.id == g.cases["B"]).values(assigned_to=writer))
        session.execute(update(Case).where(Case.id == g.cases["D"]).values(assigned_to=writer))
        session.execute(update(Case).where(Case.id == g.cases["D"]).values(risk_again_on=date(2026, 2, 20)))


def _conference(g: Golden) -> None:
    """Referrals sent after 3 hours, after 100, once the list was closed, and not yet; five actions of ours; marks."""
    here, case_id, writer = g.desk.place.id, g.cases["A"], g.desk.place.staff(Role.OFFICER)
    agency_id, _ = an_agency(g.desk.database, RecipientKind.MARAC)
    coordinator = a_member(g.desk.database, agency_id, AgencyRole.WORKER)
    with g.desk.database.work(AgencyScope(agency_id, coordinator.account_id)) as session:
        terms = Terms("Monthly", 5, "papers@conference.example", "01632 960800")
        area_id = add_area(session, f"Area {new_id().hex[-8:]}", terms, ME, london(1, 10))
    with g.desk.place.work() as session:
        share_id = _a_share(g, session, writer)
        ids = [new_id() for _ in range(4)]
        for each, hours, late, state in zip(
            ids, (3, 100, 2, None), (False, False, True, False), ("sent", "heard", "sent", "waiting"), strict=True
        ):
            session.add(
                MaracReferral(landlord_id=here, id=each, case_id=case_id, area_id=area_id, agency_id=agency_id,
                              share_id=share_id, state=state, criteria=["judgement"], urgent=False, late=late,
                              made_at=london(10, 10), made_by=writer, made_name="x", until_at=london(27, 10),
                              sent_at=london(10, 10) + hours * HOUR if hours else None, sealed=b"")
            )  # fmt: skip
        session.flush()
        for due, ended, ending in (
            (20, 19, "done"), (20, 21, "done"), (20, 20, "unable"), (26, None, None), (28, None, None)
        ):
            session.add(
                MaracAction(landlord_id=here, id=new_id(), case_id=case_id, referral_id=ids[1], shown=True,
                            due_on=date(2026, 2, due), made_at=london(12, 10), made_name="x", ending=ending,
                            ended_at=london(ended, 10) if ended else None, sealed=b"")
            )  # fmt: skip
        for review in (date(2026, 2, 26), date(2026, 2, 27)):
            session.add(
                Flag(landlord_id=here, id=new_id(), case_id=case_id, about="harm", wording="x", review_on=review,
                     put_at=london(10, 10), actor="x", sealed=b"")
            )  # fmt: skip


def _a_share(g: Golden, session: Session, by: UUID) -> UUID:
    """What a referral rests on."""
    share_id = new_id()
    session.add(
        SharingRequest(landlord_id=g.desk.place.id, id=share_id, case_id=g.cases["A"], state="ready", parts=[],
                       recipient_kind="marac", documents=[], concerns=[], asked_at=london(10, 10), asked_by=by,
                       sealed=b"")
    )  # fmt: skip
    session.flush()
    return share_id

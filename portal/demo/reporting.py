"""What the demonstration's boards were told: the quarter before is sent to one body, and made for the others."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.cases.models import Case
from portal.domain.calendar import in_london
from portal.domain.complaints import Complains, Outcome, Shown
from portal.domain.exports import Form, What
from portal.domain.figures import Quarter
from portal.domain.findings import Found
from portal.domain.lifecycle import CaseStage, Route
from portal.domain.packs import bodies
from portal.landlords.policies import in_force
from portal.reports.benchmark.service import join
from portal.reports.benchmark.service import write as write_rates
from portal.reports.complaints.service import Linked, Reading, acknowledge, answer, link
from portal.reports.exports.service import Asked
from portal.reports.exports.service import ask as ask_for_file
from portal.reports.exports.service import make as make_file
from portal.reports.findings.service import Recommended, draw, recommend
from portal.reports.packs.contents import Said
from portal.reports.packs.service import ask, make, read, send, write
from portal.reports.residents.service import load as load_residents
from portal.store.audit import Actor
from portal.store.database import Database
from portal.store.scope import LandlordScope

SAID = Said(
    "More people came to us than in the quarter before, and most of them told us themselves.",
    "Two more colleagues learn to assess risk next month. The reviews of plans that are late are gone through weekly.",
)

ANSWERED = 3
COMPLAINTS = (
    ("I was told that somebody would ring on Tuesday. Nobody did until Friday.", ANSWERED),
    ("The lock was changed and I was not given a second key.", 2),
)
"""What they say, and how many days ago it reached the landlord."""


def report(database: Database, landlord_id: UUID, manager: Actor, now: datetime) -> None:
    """Each report is a transaction of its own, for it is counted with other eyes than those that ask for it."""
    scope = LandlordScope(landlord_id)
    quarter = Quarter.of(in_london(now).date()).before()
    with database.work(scope) as session:
        told = bodies(in_force(session, now).policy)
    for number, body in enumerate(told):
        with database.work(scope) as session:
            pack_id = ask(session, body, quarter, manager, now)
        with database.work(scope) as session:
            make(session, pack_id, now)
        if number == 0:
            with database.work(scope) as session:
                revision = read(session, pack_id, manager, now, only_sent=False).row.revision
                write(session, pack_id, SAID, revision, manager, now)
            with database.work(scope) as session:
                revision = read(session, pack_id, manager, now, only_sent=False).row.revision
                send(session, pack_id, revision, manager, now)


RESIDENTS = """
age, 18, 410
age, 25, 1320
age, 35, 2210
age, 50, 1940
age, 65, 1650
sex, female, 4380
sex, male, 3150
disability, no, 5480
disability, some, 1430
disability, much, 620
ethnicity, white, 5260
ethnicity, mixed, 310
ethnicity, asian, 1120
ethnicity, black, 640
ethnicity, other, 200
"""
"""Who lives in the homes of each landlord, as its housing system counts them: invented."""


def share_out(database: Database, landlord_id: UUID, manager: Actor, now: datetime, *, compares: bool) -> None:
    """A profile of the residents, a file of figures that can be saved, and at some the comparison with others."""
    scope, quarter = LandlordScope(landlord_id), Quarter.of(in_london(now).date()).before()
    with database.work(scope) as session:
        load_residents(session, RESIDENTS, quarter.first, "Our housing system", manager, now)
    wanted = Asked(What.FIGURES, Form.XLSX, str(quarter), "Board of the landlord", "For the yearly return.")
    with database.work(scope) as session:
        export_id = ask_for_file(session, wanted, manager, now, opens_cases=True)
    with database.work(scope) as session:
        make_file(session, export_id, now)
    if compares:
        with database.work(scope) as session:
            join(session, manager, now)
        with database.work(scope) as session:
            write_rates(session, now)


def complain(database: Database, landlord_id: UUID, handler: UUID, by: Actor, now: datetime) -> None:
    """Two complaints of this week, linked today: one is answered, the other waits to be acknowledged.

    Whoever handles one has to know of the case first, so this comes after all stories and is not dated back.
    """
    scope = LandlordScope(landlord_id)
    with database.work(scope) as session:
        known = select(Case.id).where(Case.stage != CaseStage.CLOSED.value, Case.route == Route.ORDINARY.value)
        case_ids = session.scalars(
            known.where(~Case.restricted, Case.assigned_to.is_not(None)).order_by(Case.opened_at).limit(2)
        ).all()
    reading = Reading(by, every=True)
    for case_id, (says, days) in zip(case_ids, COMPLAINTS, strict=False):
        began = now - timedelta(days=days)
        what = Linked(Complains.SURVIVOR, began, says, "Through their officer.", frozenset(Shown), handler)
        with database.work(scope) as session:
            complaint_id = link(session, case_id, what, by, now)
        if days == ANSWERED:
            with database.work(scope) as session:
                acknowledge(session, complaint_id, 1, "We have it, and who looks at it.", reading, now)
            with database.work(scope) as session:
                words = "Nobody rang on the day that we had agreed. We are sorry, and have said how it is done now."
                answer(session, complaint_id, 2, Outcome.PARTLY, words, reading, now)


def look_back(session: Session, manager: Actor, now: datetime) -> None:
    """A sample of closed cases, and a recommendation that waits."""
    day = in_london(now).date()
    draw(session, 3, day + timedelta(days=180), manager, now)
    assert manager.account_id is not None  # noqa: S101 - a member of the demonstration's staff
    recommended = Recommended(
        Found.MONITORING,
        "Plans are agreed late in every third case.",
        "Offer the plan at the second talk, and not once everything is settled.",
        manager.account_id,
        day + timedelta(days=30),
    )
    recommend(session, recommended, manager, now)

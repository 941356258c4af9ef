"""Quality of records: late notes, empty fields, flags nobody looked at. Sources: HS-026 6.2; STAR 3.12; whg 3.1."""

from datetime import timedelta

from sqlalchemy import exists, func, select

from portal.cases.assessments.models import ReassessmentTrigger
from portal.cases.incidents.models import Incident
from portal.cases.models import Case, Contact
from portal.cases.reviews.models import CaseworkReview
from portal.domain.calendar import in_london
from portal.domain.lifecycle import CaseStage
from portal.homes.flags.models import Flag
from portal.reports.performance.measures.measure import Measure, Rows, When, first_of

ONE_DAY, THREE_DAYS = timedelta(days=1), timedelta(days=3)
REVIEW_WAITS = timedelta(days=28)
"""From when on a casework review that was drawn is overdue: the portal's own figure."""


def contacts(when: When) -> Rows:
    late = Contact.recorded_at - Contact.at
    cell = first_of({"soon": late <= ONE_DAY, "3-days": late <= THREE_DAYS}, "late")
    return select(cell.label("cell"), Contact.case_id).where(
        Contact.landlord_id == when.landlord_id, when.within(Contact.recorded_at)
    )


def incidents(when: When) -> Rows:
    late = Incident.recorded_at - Incident.told_at
    cell = first_of({"soon": late <= ONE_DAY, "3-days": late <= THREE_DAYS}, "late")
    return select(cell.label("cell"), Incident.case_id).where(
        Incident.landlord_id == when.landlord_id,
        when.within(Incident.recorded_at),
        Incident.corrects_id.is_(None),
    )


def lacking(when: When) -> Rows:
    """Open cases, each in one cell: what is most wrong goes first."""
    today = in_london(when.now).date()
    trigger = ReassessmentTrigger
    unseen = exists().where(
        trigger.landlord_id == Case.landlord_id,
        trigger.case_id == Case.id,
        trigger.recorded_at > func.coalesce(Case.risk_at, Case.opened_at),
    )
    cell = first_of(
        {
            "nobody": Case.assigned_to.is_(None),
            "unseen": unseen,
            "again": Case.risk_again_on < today,
            "not-assessed": Case.risk_level.is_(None) & Case.risk_declined_at.is_(None),
        },
        "complete",
    )
    return select(cell.label("cell"), Case.id).where(
        Case.landlord_id == when.landlord_id, Case.stage != CaseStage.CLOSED.value
    )


def reviews(when: When) -> Rows:
    cell = first_of(
        {
            "done": CaseworkReview.ended_at.is_not(None),
            "overdue": CaseworkReview.drawn_at < when.now - REVIEW_WAITS,
        },
        "waits",
    )
    return select(cell.label("cell"), CaseworkReview.case_id).where(
        CaseworkReview.landlord_id == when.landlord_id, when.within(CaseworkReview.drawn_at)
    )


def flags(when: When) -> Rows:
    today = in_london(when.now).date()
    cell = first_of({"overdue": Flag.review_on < today}, "current")
    return select(cell.label("cell"), Flag.case_id).where(
        Flag.landlord_id == when.landlord_id, Flag.ended_at.is_(None)
    )


HOW_LATE = {"soon": "Within a day", "3-days": "Within three days", "late": "Later"}
MEASURES = (
    Measure(
        "contacts-written", "Quality of records", "Contacts, by how soon they were written down", "contacts",
        HOW_LATE, contacts,
    ),
    Measure(
        "incidents-written", "Quality of records", "Incidents, by how soon after the telling they were written down",
        "incidents", HOW_LATE, incidents,
    ),
    Measure(
        "lacking", "Quality of records", "Open cases, by what the record lacks", "cases open",
        {
            "complete": "None of these", "nobody": "No officer",
            "unseen": "Something happened, and the risk was not looked at since",
            "again": "The risk is to be looked at again, and the day has passed", "not-assessed": "No assessment",
        },
        lacking, lately=False,
    ),
    Measure(
        "reviews", "Quality of records", "Casework reviews drawn", "reviews",
        {"done": "Done", "waits": "To be done", "overdue": "Overdue: drawn more than four weeks ago"}, reviews,
    ),
    Measure(
        "flags", "Quality of records", "Marks on homes, by their day to be looked at again", "flags",
        {"current": "The day is ahead", "overdue": "Nobody looked, and the day has passed"}, flags, lately=False,
    ),
)  # fmt: skip

"""Complaints about how cases were handled: what became of them, and their clocks. Sources: whg 3.5; NPH CIA 2."""

from sqlalchemy import func, select

from portal.domain.complaints import Outcome, Step
from portal.reports.complaints.models import Complaint, ComplaintStep
from portal.reports.complaints.words import OUTCOMES
from portal.reports.performance.measures.measure import Measure, Rows, When, first_of

OPEN = "open"


def became(when: When) -> Rows:
    return select(func.coalesce(Complaint.outcome, OPEN).label("cell"), Complaint.case_id).where(
        Complaint.landlord_id == when.landlord_id, when.within(Complaint.received_at)
    )


def clocks(when: When) -> Rows:
    each = ComplaintStep
    done = each.done_at.is_not(None)
    cell = first_of(
        {
            "longer": done & (each.done_at <= each.due_at) & (each.longer_days > 0),
            "in_time": done & (each.done_at <= each.due_at),
            "late": done,
            "overdue": each.due_at < when.now,
        },
        "running",
    )
    return select(cell.label("cell"), each.case_id).where(
        each.landlord_id == when.landlord_id, when.within(each.started_at), each.step != Step.SETTLE.value
    )


MEASURES = (
    Measure(
        "complaints", "Complaints", "Complaints about how a case was handled", "complaints",
        {OPEN: "Not answered yet"} | {each.value: OUTCOMES[each] for each in Outcome}, became,
    ),
    Measure(
        "complaint-clocks", "Complaints", "Complaints acknowledged and answered, by time", "steps of complaints",
        {
            "in_time": "In time", "longer": "In time, after it was put off once", "late": "Late",
            "running": "Still running, in time", "overdue": "Still running, overdue",
        },
        clocks,
    ),
)  # fmt: skip

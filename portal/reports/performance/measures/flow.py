"""What came in, and what became of it.

Sources: HS-026 4.1, 6.1, 6.3; NPH Review and Monitoring; STAR 3.1; whg 1.2.
"""

from sqlalchemy import Select, case, func, literal, select, union_all

from portal.cases.models import Case, Person, TimelineEntry
from portal.cases.plans.models import PlanVersion
from portal.cases.words import CLOSE_REASONS, RESIDUAL_RISK
from portal.domain.languages import LANGUAGES
from portal.domain.lifecycle import CloseReason, ReportState, Source
from portal.referrals.models import Report
from portal.reports.performance.measures.measure import Measure, Rows, Timing, When, first_of

ON_PAGES = ("reports-person", Source.SELF.value)
PERSON, OTHERS = ("reports", "person"), ("reports", "others")
"""Whose report it was; the clocks of each are shared out again elsewhere, see clocks.py."""
BY_THEM = {Source.SELF: "On these pages", Source.STAFF_ENTRY: "Written down by a colleague"}
BY_OTHERS = {
    Source.SOMEONE_ELSE: "Somebody else told us",
    Source.CONCERN_CARD: "A colleague noticed something",
}
STATES = {
    ReportState.OPENED: "Became a case",
    ReportState.JOINED: "Joined a case that there was already",
    ReportState.ROUTED: "Passed on",
    ReportState.SET_ASIDE: "Set aside, with the reason",
    ReportState.NEW: "Not yet looked at",
}
SURVIVOR = "survivor"
PEOPLE = {
    SURVIVOR: "Survivors",
    "child_victim": "Children who see, hear or feel it: victims themselves",
    "child": "Other children",
    "household_member": "Others in their households",
}
REOPENED = "reopened"
HELPED = CloseReason.HELPED.value
UNSAID = "unsaid"
LEFT = {level: says.capitalize() for level, says in RESIDUAL_RISK.items()} | {UNSAID: "Nobody said"}


def _reports(when: When, *columns: object) -> Select:  # type: ignore[type-arg]
    return select(*columns).where(Report.landlord_id == when.landlord_id, when.within(Report.received_at))  # type: ignore[call-overload, no-any-return]


def by_whom(when: When) -> Rows:
    return _reports(
        when, first_of({"person": Report.source.in_(BY_THEM)}, "others").label("cell"), Report.case_id
    )


def by_them(when: When) -> Rows:
    return _reports(when, Report.source.label("cell"), Report.case_id).where(Report.source.in_(BY_THEM))


def by_language(when: When) -> Rows:
    return _reports(when, Report.pages_in.label("cell"), Report.case_id).where(Report.source == Source.SELF)


def by_others(when: When) -> Rows:
    return _reports(when, Report.source.label("cell"), Report.case_id).where(Report.source.in_(BY_OTHERS))


def by_state(when: When) -> Rows:
    return _reports(when, Report.state.label("cell"), Report.case_id)


def waited(when: When) -> Select[float]:
    seconds = func.extract("epoch", Report.triaged_at - Report.received_at)
    return _reports(when, seconds).where(Report.triaged_at.is_not(None))


def opened(when: When) -> Rows:
    again = select(TimelineEntry.case_id).where(
        TimelineEntry.landlord_id == when.landlord_id, TimelineEntry.kind == REOPENED
    )
    cell = first_of({"again": Case.id.in_(again), "closed": Case.closed_at.is_not(None)}, "open")
    return select(cell.label("cell"), Case.id).where(
        Case.landlord_id == when.landlord_id, when.within(Case.opened_at)
    )


def until_plan(when: When) -> Select[float]:
    first = (
        select(PlanVersion.case_id, func.min(PlanVersion.agreed_at).label("at"))
        .where(PlanVersion.landlord_id == when.landlord_id)
        .group_by(PlanVersion.case_id)
        .subquery()
    )
    return (
        select(func.extract("epoch", first.c.at - Case.opened_at))
        .join(first, first.c.case_id == Case.id)
        .where(Case.landlord_id == when.landlord_id, when.within(Case.opened_at))
    )


def closed(when: When) -> Rows:
    return select(Case.closed_reason.label("cell"), Case.id).where(
        Case.landlord_id == when.landlord_id, when.within(Case.closed_at), Case.closed_reason.is_not(None)
    )


def risk_left(when: When) -> Rows:
    """Those in which help is complete, by what was said when they were closed for the last time."""
    said = func.coalesce(TimelineEntry.facts["residual"].as_string(), UNSAID)
    ended = (
        (TimelineEntry.landlord_id == Case.landlord_id)
        & (TimelineEntry.case_id == Case.id)
        & (TimelineEntry.at == Case.closed_at)
        & (TimelineEntry.kind == "closed")
    )
    return (
        select(said.label("cell"), Case.id)
        .outerjoin(TimelineEntry, ended)
        .where(Case.landlord_id == when.landlord_id, when.within(Case.closed_at), Case.closed_reason == HELPED)
    )


def until_closed(when: When) -> Select[float]:
    return select(func.extract("epoch", Case.closed_at - Case.opened_at)).where(
        Case.landlord_id == when.landlord_id, when.within(Case.closed_at)
    )


def people(when: When) -> Rows:
    """One survivor for each case, whatever is known of them, and everybody who is supported with them."""
    here, then = Case.landlord_id == when.landlord_id, when.within(Case.opened_at)
    others = (
        select(case((Person.victim, literal("child_victim")), else_=Person.part).label("cell"), Case.id)
        .join(Case, (Case.landlord_id == Person.landlord_id) & (Case.id == Person.case_id))
        .where(here, then, Person.part.in_(PEOPLE), Person.part != SURVIVOR)
    )
    both = union_all(select(literal(SURVIVOR).label("cell"), Case.id).where(here, then), others).subquery()
    return select(both.c[0], both.c[1])


MEASURES = (
    Measure(
        "reports", "What came in", "Reports, by who told us", "reports",
        {"person": "The person", "others": "Somebody else, or a colleague who noticed something"}, by_whom,
        took=(Timing("Until somebody looked at it, half of them within", waited),),
    ),
    Measure(
        "reports-person", "What came in", "Reports by the person, by how they came", PERSON,
        {each.value: says for each, says in BY_THEM.items()}, by_them,
    ),
    Measure(
        "reports-language", "What came in", "Reports on these pages, by the language of the pages", ON_PAGES,
        {code: each.name for code, each in LANGUAGES.items()}, by_language,
        about="The languages that people read, which may be others than those in which they want to speak.",
    ),
    Measure(
        "reports-others", "What came in", "Reports by others, by how they came", OTHERS,
        {each.value: says for each, says in BY_OTHERS.items()}, by_others,
    ),
    Measure(
        "reports-became", "What came in", "Reports, by what became of them", "reports",
        {each.value: says for each, says in STATES.items()}, by_state,
        about="Each report is open or concluded: none leaves the queue without an answer.",
    ),
    Measure(
        "opened", "What came in", "Cases opened", ("people", SURVIVOR),
        {"open": "Open still", "closed": "Closed, and not opened again", "again": "Closed and opened again"}, opened,
        about="That a case need not be opened again is an aspiration, not a promise.",
        took=(Timing("Until a plan was agreed, half of those that have one within", until_plan),),
    ),
    Measure(
        "people", "What came in", "People in the cases opened", "people of cases opened", PEOPLE, people,
        about="Everybody who is supported, and not tenants only. Children are victims in their own right.",
    ),
    Measure(
        "closed", "What came in", "Cases closed, by outcome", "cases closed", CLOSE_REASONS, closed,
        took=(Timing("From opening to closing, half of them within", until_closed),),
    ),
    Measure(
        "closed-risk", "What came in", "Closed with help complete, by the risk that was left",
        ("closed", HELPED), LEFT, risk_left,
        about="As whoever closed it judged it, after what was done to keep it down.",
    ),
)  # fmt: skip

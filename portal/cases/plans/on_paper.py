"""What an agreed plan says when it leaves: on paper for the person, or as a part of what is shared."""

from uuid import UUID

from sqlalchemy.orm import Session

from portal.cases.disclosures.entries import Entry
from portal.cases.plans import queries
from portal.cases.plans.parts import OWNERS, PARTS, STATES, ActionState
from portal.cases.plans.queries import AgreedAction, VersionRow
from portal.domain.calendar import in_london
from portal.domain.plans import PlanKind
from portal.domain.wording import say_day

STILL = frozenset({ActionState.PROPOSED, ActionState.OPEN})
WHO_DOES_WHAT = "Who does what"


def agreed(session: Session, case_id: UUID, kind: PlanKind) -> VersionRow | None:
    """The version that may leave: agreed, and not marked as one that stays here (HS-026 4.7)."""
    plan = queries.plan(session, case_id, kind)
    if plan.id is None or plan.number is None or plan.not_to_send:
        return None
    return queries.version(session, case_id, plan.id, plan.number)


def entries_of(version: VersionRow, kind: PlanKind) -> tuple[Entry, ...]:
    """Each part that says something, then who does what; what they declined stays out of it."""
    found = [
        Entry(label, version.content.part(name).text)
        for name, (label, _hint) in PARTS[kind].items()
        if version.content.part(name).text and not version.content.part(name).declined
    ]
    todo = [_line(each) for each in version.actions if each.state is not ActionState.DECLINED]
    return (*found, *([Entry(WHO_DOES_WHAT, "\n".join(todo))] if todo else ()))


def _line(action: AgreedAction) -> str:
    who = action.who or OWNERS[action.owner].lower()
    by = f", by {say_day(in_london(action.due_at).date())}" if action.due_at else ""
    ended = "" if action.state in STILL else f" ({STATES[action.state].lower()})"
    return f"{action.what}: {who}{by}{ended}"

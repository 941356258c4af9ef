"""A copy of a plan on paper: whether there may be one, what is marked on it, and whom it went to.

Sources: HS-026 4.7 (kept where it is safe), 4.5 (contact as agreed). The contact guard decides what is sent.
"""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from portal.cases import service as cases
from portal.cases.disclosures.entries import Block, Content
from portal.cases.disclosures.gone import Gone, Known, Origin, Source, keep
from portal.cases.disclosures.ways import Way
from portal.cases.models import Case
from portal.cases.opening import tell
from portal.cases.plans import on_paper, queries
from portal.cases.plans.parts import BY_HAND, KINDS
from portal.cases.service import ContactRefusedError, NoSuchCaseError
from portal.domain.calendar import in_london
from portal.domain.contact import Channel, SafeContact, Said, guard
from portal.domain.plans import PlanKind
from portal.domain.sharing import Part
from portal.domain.wording import say_day, say_moment
from portal.store import audit
from portal.store.audit import Actor, Fact

KEPT_HERE = "This plan is marked as not to be printed or sent."
PART = {PlanKind.SAFETY: Part.SAFETY_PLAN, PlanKind.ACTION: Part.ACTION_PLAN}
PAPER_UNSAFE = "They said that letters are not safe: paper that is found can give them away."


def why_not_on_paper(safe: SafeContact) -> str:
    """Why a copy is not safe to send or hand over, or nothing. What was not said to be safe is not."""
    said = safe.way(Channel.LETTER).said
    return {Said.SAFE: "", Said.UNSAFE: "They said that letters are not safe."}.get(
        said, "They have not said that letters are safe."
    )


def print_it(session: Session, case_id: UUID, kind: PlanKind, actor: Actor, now: datetime) -> UUID:
    """Make a copy on paper: it is a disclosure, whoever takes it, and the log keeps what exactly stands on it."""
    case = cases.get(session, case_id, for_update=True)
    left_id = _log(session, case, kind, Way.PRINT, actor, now)
    detail = f"{kind.value} plan {queries.plan(session, case_id, kind).number}"
    audit.record(session, Fact.CASE_PRINTED, actor, now, subject="case", subject_id=case_id, detail=detail)
    return left_id


def give(session: Session, case_id: UUID, kind: PlanKind, by: str, actor: Actor, now: datetime) -> None:
    """Record that she was given a copy; refused where her record of safe contact or the plan itself forbids it."""
    case = cases.get(session, case_id, for_update=True)
    _may_leave(queries.plan(session, case_id, kind))
    _guard(cases.safe_contact(session, case), by, now)
    _log(session, case, kind, Way.EMAIL if by == Channel.EMAIL else Way.POST, actor, now)
    number = queries.plan(session, case_id, kind).number
    facts = {"plan": kind.value, "version": number, "by": by}
    tell(session, case_id, "plan_given", actor, now, facts=facts)
    audit.record(session, Fact.PLAN_GIVEN, actor, now, subject="case", subject_id=case_id, detail=by)


def _may_leave(plan: queries.PlanRow) -> None:
    if plan.number is None:
        raise NoSuchCaseError
    if plan.not_to_send:
        raise ContactRefusedError((KEPT_HERE,))


def _log(session: Session, case: Case, kind: PlanKind, way: Way, actor: Actor, now: datetime) -> UUID:
    plan = queries.plan(session, case.id, kind)
    _may_leave(plan)
    version = on_paper.agreed(session, case.id, kind)
    if plan.id is None or version is None:
        raise NoSuchCaseError
    agreed_on = say_day(in_london(version.agreed_at).date())
    mark = why_not_on_paper(cases.safe_contact(session, case))
    content = Content(
        reference=case.reference,
        recipient="The person themselves",
        person="",
        purpose=f"A copy of the {KINDS[kind].lower()}, version {version.number}",
        made_at=say_moment(now),
        made_by=actor.name,
        rules=(mark,) if mark else (),
        blocks=(Block(kind.value, f"Version {version.number}, {agreed_on}", on_paper.entries_of(version, kind)),),
        documents=(),
    )
    origin = Origin(Source.PLAN, plan.id, Known.HERS)
    return keep(session, case.id, Gone(way, content, (PART[kind],), origin=origin), actor, now)


def _guard(safe: SafeContact, by: str, now: datetime) -> None:
    if by == BY_HAND:
        if safe.way(Channel.LETTER).said is Said.UNSAFE:
            raise ContactRefusedError((PAPER_UNSAFE,))
        return
    verdict = guard(safe, Channel(by), now)
    if not verdict.allowed:
        raise ContactRefusedError(verdict.reasons)

"""A copy of a plan on paper: whether there may be one, what is marked on it, and whom it went to.

Sources: HS-026 4.7 (kept where it is safe), 4.5 (contact as agreed). The contact guard decides what is sent.
"""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from portal.cases import service as cases
from portal.cases.frame import Reader
from portal.cases.opening import tell
from portal.cases.plans import queries
from portal.cases.plans.parts import BY_HAND
from portal.cases.service import ContactRefusedError, NoSuchCaseError
from portal.domain.contact import Channel, SafeContact, Said, guard
from portal.domain.plans import PlanKind
from portal.store import audit
from portal.store.audit import Actor, Fact

KEPT_HERE = "This plan is marked as not to be printed or sent."
PAPER_UNSAFE = "They said that letters are not safe: paper that is found can give them away."


def why_not_on_paper(safe: SafeContact) -> str:
    """Why a copy is not safe to send or hand over, or nothing. What was not said to be safe is not."""
    said = safe.way(Channel.LETTER).said
    return {Said.SAFE: "", Said.UNSAFE: "They said that letters are not safe."}.get(
        said, "They have not said that letters are safe."
    )


def printed(session: Session, case_id: UUID, plan: queries.PlanRow, reader: Reader) -> None:
    """Write down that a copy was made on paper: it is a disclosure, whoever takes it."""
    if plan.not_to_send:
        raise ContactRefusedError((KEPT_HERE,))
    audit.record(
        session,
        Fact.CASE_PRINTED,
        reader.actor,
        reader.now,
        permission=reader.permission,
        subject="case",
        subject_id=case_id,
        detail=f"{plan.kind.value} plan {plan.number}",
    )


def give(session: Session, case_id: UUID, kind: PlanKind, by: str, actor: Actor, now: datetime) -> None:
    """Record that she was given a copy; refused where her record of safe contact or the plan itself forbids it."""
    case = cases.get(session, case_id, for_update=True)
    plan = queries.plan(session, case_id, kind)
    if plan.number is None:
        raise NoSuchCaseError
    if plan.not_to_send:
        raise ContactRefusedError((KEPT_HERE,))
    _guard(cases.safe_contact(session, case), by, now)
    tell(
        session,
        case_id,
        "plan_given",
        actor,
        now,
        facts={"plan": kind.value, "version": plan.number, "by": by},
    )
    audit.record(session, Fact.PLAN_GIVEN, actor, now, subject="case", subject_id=case_id, detail=by)


def _guard(safe: SafeContact, by: str, now: datetime) -> None:
    if by == BY_HAND:
        if safe.way(Channel.LETTER).said is Said.UNSAFE:
            raise ContactRefusedError((PAPER_UNSAFE,))
        return
    verdict = guard(safe, Channel(by), now)
    if not verdict.allowed:
        raise ContactRefusedError(verdict.reasons)

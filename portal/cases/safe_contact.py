"""Changing how contact is safe: less at once, more only on somebody's word, which stays beside it.

Sources: HS-026 4.5; whg 2.1.
"""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from portal.cases import service
from portal.cases.models import Case
from portal.cases.opening import change_safe_contact, tell
from portal.domain.contact import SafeContact, Vouched, not_vouched, widened
from portal.domain.errors import PortalError
from portal.domain.wording import say_moment
from portal.store import audit
from portal.store.audit import Actor, Fact


class NotVouchedError(PortalError):
    """More would become possible, and nobody has said on whose word. `missing` names the parts, with sentences."""

    def __init__(self, opens: tuple[str, ...], missing: dict[str, str]) -> None:
        """Keep what would become possible, and what is missing."""
        super().__init__("More would become possible on nobody's word.")
        self.opens, self.missing = opens, missing


def change(
    session: Session, case_id: UUID, safe: SafeContact, vouched: Vouched | None, actor: Actor, now: datetime
) -> None:
    """Replace the record; what it said before, what it says now and on whose word stay on the timeline, sealed.

    The audit says whether more became possible by it. A narrower one needs nobody's word.
    """
    case = service.get(session, case_id, for_update=True)
    before = service.safe_contact(session, case)
    opens = widened(before, safe)
    if opens and (missing := not_vouched(vouched, now)):
        raise NotVouchedError(opens, missing)
    word = replace(vouched, kept_by=actor.name) if opens and vouched else None
    _keep(session, case, before, replace(safe, vouched=word or before.vouched), opens, actor, now)


def _keep(
    session: Session,
    case: Case,
    before: SafeContact,
    safe: SafeContact,
    opens: tuple[str, ...],
    actor: Actor,
    now: datetime,
) -> None:
    change_safe_contact(session, case, safe)
    told = [f"Before: {_said(before)}", f"Now: {_said(safe)}"]
    if opens and safe.vouched:
        told += [f"Possible from now on: {'; '.join(opens)}.", say_vouched(safe.vouched)]
    facts = {"opens": "yes"} if opens else {}
    tell(session, case.id, "safe_contact", actor, now, facts=facts, words="\n".join(told))
    detail = "wider" if opens else None
    audit.record(session, Fact.SAFE_CONTACT_CHANGED, actor, now, subject="case", subject_id=case.id, detail=detail)


def say_vouched(word: Vouched) -> str:
    """On whose word, when, and how we knew that it was theirs."""
    when = f" on {say_moment(word.said_at)}" if word.said_at else ""
    return f"Said by {word.who}{when}. How we knew that it was them: {word.how}"


def _said(safe: SafeContact) -> str:
    return " ".join(part for part in (f"{safe.in_short()}.", safe.notes) if part)

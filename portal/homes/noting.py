"""How anything about a home is written down: on the timeline and in the audit, in the same transaction."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from portal.cases.opening import tell
from portal.domain.permissions import Permission
from portal.store import audit
from portal.store.audit import Actor, Fact


@dataclass(frozen=True, slots=True)
class Noted:
    """What happened: codes for whoever audits, words for the story; whether it was decided as a manager."""

    fact: Fact
    line: str
    facts: Mapping[str, str] = field(default_factory=dict)
    words: str = ""
    manager: bool = False


def note(session: Session, case_id: UUID, what: Noted, actor: Actor, now: datetime) -> None:
    """One line for the story of the case, one for whoever audits."""
    tell(session, case_id, what.line, actor, now, facts=dict(what.facts), words=what.words or None)
    audit.record(
        session,
        what.fact,
        actor,
        now,
        permission=Permission.HOME_DECIDE.value if what.manager else None,
        subject="case",
        subject_id=case_id,
        detail=" ".join((what.line, *what.facts.values())),
    )

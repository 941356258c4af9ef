"""The verbs: draw closed cases by chance, look at one, recommend, and end a recommendation with its evidence."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.cases.models import Case
from portal.domain.errors import PortalError
from portal.domain.findings import Found, Unmet
from portal.domain.lifecycle import CaseStage
from portal.landlords.policies import in_force
from portal.people.colleagues import colleagues
from portal.reports.findings import queries
from portal.reports.findings.models import PLACE, AuditedCase, AuditRound, Recommendation
from portal.store import audit
from portal.store.audit import Actor, Fact
from portal.store.base import new_id
from portal.store.database import scope_of
from portal.store.record_keys import box_of, new_box


class NoSuchFindingError(PortalError):
    """No case of a sample, or no recommendation that waits, has this id."""


class NobodyThereError(PortalError):
    """A recommendation goes to somebody who works here."""


@dataclass(frozen=True, slots=True)
class Recommended:
    """What is to change, and why."""

    source: Found
    finding: str
    change: str
    owner: UUID
    due_on: date


def draw(session: Session, wanted: int, again_on: date, actor: Actor, now: datetime) -> int:
    """Draw so many closed cases by chance, of all that whoever draws may know of; how many there were."""
    here = scope_of(session).landlord_id
    closed = Case.stage == CaseStage.CLOSED.value
    pool = list(
        session.scalars(select(Case.id).where(Case.landlord_id == here, closed, Case.erased_at.is_(None)))
    )
    chosen = secrets.SystemRandom().sample(pool, min(wanted, len(pool)))
    round_id = new_id()
    session.add(
        AuditRound(
            landlord_id=here, id=round_id, drawn_at=now, drawn_by=actor.name, wanted=wanted, again_on=again_on
        )
    )
    session.flush()
    for case_id in chosen:
        session.add(AuditedCase(landlord_id=here, id=new_id(), round_id=round_id, case_id=case_id))
        audit.record(session, Fact.CASE_DRAWN, actor, now, subject="case", subject_id=case_id)
    return len(chosen)


def look(session: Session, drawn_id: UUID, actor: Actor, now: datetime) -> tuple[str, Sequence[Unmet]]:
    """What the record of a drawn case shows unmet; that it was looked at is written down like every reading."""
    _drawn_case, case = _drawn(session, drawn_id)
    audit.record(session, Fact.CASE_AUDITED, actor, now, subject="case", subject_id=case.id)
    return case.reference, queries.unmet_of(session, case)


def seen(session: Session, drawn_id: UUID, actor: Actor, now: datetime) -> None:
    """Somebody has gone through it: how many clauses were unmet is kept with the sample."""
    drawn, case = _drawn(session, drawn_id)
    drawn.seen_at, drawn.seen_by, drawn.unmet = now, actor.name, len(queries.unmet_of(session, case))
    audit.record(session, Fact.CASE_AUDITED, actor, now, subject="case", subject_id=case.id, detail="done")


def recommend(session: Session, what: Recommended, actor: Actor, now: datetime) -> UUID:
    """Recommend a change, tied to the version of the policy that is in force."""
    if what.owner not in {each.account_id for each in colleagues(session, now)}:
        raise NobodyThereError
    found_id = new_id()
    box = new_box(session, found_id, now)
    session.add(
        Recommendation(
            landlord_id=scope_of(session).landlord_id,
            id=found_id,
            source=what.source.value,
            policy_version_id=in_force(session, now).version_id,
            made_at=now,
            made_by=actor.name,
            owner=what.owner,
            due_on=what.due_on,
            sealed=box.seal_json(
                PLACE, found_id, {"finding": what.finding, "change": what.change, "evidence": ""}
            ),
        )
    )
    session.flush()
    audit.record(session, Fact.RECOMMENDED, actor, now, subject="recommendation", subject_id=found_id)
    return found_id


def end(session: Session, found_id: UUID, evidence: str, actor: Actor, now: datetime) -> None:
    """The change is made, and this shows it. Whoever ends it answers for that."""
    here = scope_of(session).landlord_id
    found = session.scalar(
        select(Recommendation)
        .where(
            Recommendation.landlord_id == here,
            Recommendation.id == found_id,
            Recommendation.ended_at.is_(None),
        )
        .with_for_update()
    )
    if found is None:
        raise NoSuchFindingError
    box = box_of(session, found_id)
    found.sealed = box.seal_json(
        PLACE, found_id, box.open_json(PLACE, found_id, found.sealed) | {"evidence": evidence}
    )
    found.ended_at, found.ended_by = now, actor.name
    audit.record(
        session, Fact.RECOMMENDATION_ENDED, actor, now, subject="recommendation", subject_id=found_id
    )


def _drawn(session: Session, drawn_id: UUID) -> tuple[AuditedCase, Case]:
    here = scope_of(session).landlord_id
    row = session.execute(
        select(AuditedCase, Case)
        .join(Case, (Case.landlord_id == AuditedCase.landlord_id) & (Case.id == AuditedCase.case_id))
        .where(AuditedCase.landlord_id == here, AuditedCase.id == drawn_id)
    ).first()
    if row is None:
        raise NoSuchFindingError
    return row[0], row[1]

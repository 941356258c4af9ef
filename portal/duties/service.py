"""The verbs about duties: open one, take it, end it; and asking for something of ours in another form."""

from dataclasses import asdict, dataclass, field
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.deadlines.reviews import owners
from portal.domain.duties import DutyKind, Wanted
from portal.domain.errors import PortalError
from portal.domain.events import DutyOpened
from portal.duties.models import Duty
from portal.duties.queries import PLACE
from portal.landlords.policies import in_force
from portal.store import audit, outbox
from portal.store.audit import Actor, Fact
from portal.store.base import new_id
from portal.store.database import scope_of
from portal.store.record_keys import box_of, new_box


class NoSuchDutyError(PortalError):
    """No open duty with this id at this landlord."""


@dataclass(frozen=True, slots=True)
class Opening:
    """Something to do. The same source opens it once, however often it is asked."""

    kind: DutyKind
    words: str
    source: str
    clause: str | None = None
    post: str | None = None
    owner: UUID | None = None
    wanted: dict[str, str] = field(default_factory=dict)


def open_duty(session: Session, what: Opening, actor: Actor, now: datetime) -> UUID | None:
    """Put a duty before the landlord; None where it was opened before."""
    here = scope_of(session).landlord_id
    if session.scalar(select(Duty.id).where(Duty.landlord_id == here, Duty.source == what.source)):
        return None
    duty_id = new_id()
    box = new_box(session, duty_id, now)
    session.add(
        Duty(
            landlord_id=here,
            id=duty_id,
            kind=what.kind.value,
            source=what.source,
            clause=what.clause,
            post=what.post,
            opened_at=now,
            owner=what.owner,
            sealed=box.seal_json(PLACE, duty_id, {"words": what.words, "wanted": what.wanted}),
        )
    )
    session.flush()
    audit.record(session, Fact.DUTY_OPENED, actor, now, subject="duty", subject_id=duty_id, detail=what.kind.value)
    outbox.record(session, DutyOpened(here, duty_id), now)
    return duty_id


def ask_for_form(session: Session, wanted: Wanted, actor: Actor, now: datetime) -> UUID | None:
    """Somebody asks for the policy in another form, without an account and without saying why (STAR 10)."""
    policy = in_force(session, now).policy
    said = {key: str(value) for key, value in asdict(wanted).items()}
    holders = owners(session, policy, now)
    what = Opening(
        DutyKind.OTHER_FORM,
        "Send the policy as it was asked for. On the outside stands nothing but name and address.",
        f"form {new_id()}",
        policy.governance.formats.clause,
        owner=holders[0] if holders else None,
        wanted=said,
    )
    return open_duty(session, what, actor, now)


def take(session: Session, duty_id: UUID, actor: Actor, now: datetime) -> None:
    """Take a duty into one's own hands."""
    duty = _waiting(session, duty_id)
    duty.owner = actor.account_id
    audit.record(session, Fact.DUTY_TAKEN, actor, now, subject="duty", subject_id=duty_id)


def let_go(session: Session, account_id: UUID, actor: Actor, now: datetime) -> int:
    """What somebody who leaves had taken waits for whoever takes it next; how much it was."""
    here = scope_of(session).landlord_id
    theirs = select(Duty).where(Duty.landlord_id == here, Duty.owner == account_id, Duty.ended_at.is_(None))
    rows = session.scalars(theirs.with_for_update()).all()
    for duty in rows:
        duty.owner = None
        audit.record(session, Fact.DUTY_TAKEN, actor, now, subject="duty", subject_id=duty.id, detail="let go")
        outbox.record(session, DutyOpened(here, duty.id), now)
    return len(rows)


def end(session: Session, duty_id: UUID, about: str, actor: Actor, now: datetime) -> None:
    """It is done; `about` says what came of it."""
    duty = _waiting(session, duty_id)
    box = box_of(session, duty_id)
    said = box.open_json(PLACE, duty_id, duty.sealed)
    duty.sealed = box.seal_json(PLACE, duty_id, said | {"about": about})
    duty.ended_at, duty.ended_by = now, actor.name
    audit.record(session, Fact.DUTY_ENDED, actor, now, subject="duty", subject_id=duty_id, detail=duty.kind)


def note_reading(session: Session, actor: Actor, permission: str | None, now: datetime) -> None:
    """Write down that somebody reads what waits here: who asked for something stands in it."""
    audit.record(session, Fact.DUTIES_READ, actor, now, permission=permission)


def _waiting(session: Session, duty_id: UUID) -> Duty:
    duty = session.scalar(
        select(Duty)
        .where(Duty.landlord_id == scope_of(session).landlord_id, Duty.id == duty_id, Duty.ended_at.is_(None))
        .with_for_update()
    )
    if duty is None:
        raise NoSuchDutyError
    return duty

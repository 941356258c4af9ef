"""The verbs about consent: give and withdraw. Sources: AG/013 OP5; STAR 4.2; NPH Dealing with cases, para 4."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.cases import service as cases
from portal.cases.consents.models import ConsentGiven
from portal.cases.consents.queries import PLACE
from portal.cases.opening import tell
from portal.cases.service import NoSuchCaseError
from portal.cases.tasks import service as tasks
from portal.cases.tasks.service import Ending, Proposal
from portal.domain.errors import PortalError
from portal.domain.events import ConsentWithdrawn
from portal.domain.sharing import GivenHow, Part, Recipient
from portal.domain.tasks import TaskKind
from portal.store import audit, outbox
from portal.store.audit import Actor, Fact
from portal.store.base import new_id
from portal.store.record_keys import box_of

REMIND_BEFORE = timedelta(days=7)
LONGEST = timedelta(days=366)  # the portal's own limit: nobody is asked once and never again


class NoSuchConsentError(NoSuchCaseError):
    """No consent with this id on this case."""


class ConsentDatesError(PortalError):
    """A consent that ends before it begins, or was given at a moment to come; `field` is the question."""

    def __init__(self, sentence: str, field: str) -> None:
        """Keep where the sentence stands."""
        super().__init__(sentence)
        self.field = field


class AlreadyEndedError(PortalError):
    """It was withdrawn before, or has ended by itself."""


@dataclass(frozen=True, slots=True)
class NewConsent:
    """What was agreed. `limits` and `words` are hers, as she said them."""

    recipient: Recipient
    parts: frozenset[Part]
    purpose: str
    how: GivenHow
    given_at: datetime
    until: datetime
    limits: str = ""
    words: str = ""


def give(session: Session, case_id: UUID, consent: NewConsent, actor: Actor, now: datetime) -> UUID:
    """Record a consent, and set the task to ask again before it ends."""
    case = cases.get(session, case_id, for_update=True)
    if consent.given_at > now:
        raise ConsentDatesError("A consent cannot be recorded before it is given.", "day")
    if not consent.given_at < consent.until <= consent.given_at + LONGEST:
        raise ConsentDatesError("Choose a day after it was given, and at most a year later.", "until")
    consent_id = new_id()
    said = {
        "agency": consent.recipient.name.strip(),
        "purpose": consent.purpose,
        "limits": consent.limits,
        "words": consent.words,
    }
    session.add(
        ConsentGiven(
            landlord_id=case.landlord_id,
            id=consent_id,
            case_id=case_id,
            recipient_kind=consent.recipient.kind.value,
            parts=sorted(consent.parts),
            given_how=consent.how.value,
            given_at=consent.given_at,
            until=consent.until,
            recorded_at=now,
            account_id=actor.account_id,
            sealed=box_of(session, case_id).seal_json(PLACE, consent_id, said),
        )
    )
    facts = {"kind": consent.recipient.kind.value, "until": consent.until.isoformat()}
    tell(session, case_id, "consent", actor, now, facts=facts, words=f"{said['agency']}: {consent.purpose}")
    audit.record(session, Fact.CONSENT_GIVEN, actor, now, subject="case", subject_id=case_id, detail=str(consent_id))
    if consent.until > now:
        _remind(session, case_id, consent_id, consent, actor, now)
    return consent_id


def withdraw(session: Session, case_id: UUID, consent_id: UUID, words: str, actor: Actor, now: datetime) -> None:
    """It permits nothing from this instant on. No reason is needed; her words are kept where she gives any."""
    cases.get(session, case_id, for_update=True)
    given = session.scalar(
        select(ConsentGiven).where(ConsentGiven.id == consent_id, ConsentGiven.case_id == case_id)
    )
    if given is None:
        raise NoSuchConsentError
    if given.withdrawn_at or given.until <= now:
        raise AlreadyEndedError
    box = box_of(session, case_id)
    said = box.open_json(PLACE, consent_id, given.sealed)
    given.withdrawn_at = now
    given.sealed = box.seal_json(PLACE, consent_id, said | {"withdrawn": words})
    tell(session, case_id, "consent_withdrawn", actor, now, facts={"kind": given.recipient_kind}, words=said["agency"])
    audit.record(
        session, Fact.CONSENT_WITHDRAWN, actor, now, subject="case", subject_id=case_id, detail=str(consent_id)
    )
    tasks.settle(session, case_id, "consent", consent_id, Ending.NOT_NEEDED, actor, now)
    outbox.record(session, ConsentWithdrawn(given.landlord_id, case_id, consent_id), now)


def _remind(
    session: Session, case_id: UUID, consent_id: UUID, consent: NewConsent, actor: Actor, now: datetime
) -> None:
    due_at = max(consent.until - REMIND_BEFORE, min(now + REMIND_BEFORE, consent.until))
    words = f"The consent for {consent.recipient.name} ends. Ask again, or let it end."
    tasks.propose(
        session,
        case_id,
        Proposal(TaskKind.CONSENT_ENDS, words, due_at, source="consent", source_id=consent_id),
        actor,
        now,
    )

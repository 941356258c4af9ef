"""The verbs about sharing: ask, be refused, decide as the second person. What then leaves: leaving.py.

Sources: AG/013 OP5; HS-026 4.8, 6.1; STAR 4.1, 4.2; whg 2.4; NPH Confidentiality and Consent, Information Sharing.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.cases import service as cases
from portal.cases.assessments import standing
from portal.cases.consents import queries as consents
from portal.cases.disclosures.models import SharingRequest
from portal.cases.disclosures.queries import SHARE_PLACE
from portal.cases.disclosures.sections import PLANS
from portal.cases.documents import queries as documents
from portal.cases.frame import Frame
from portal.cases.opening import tell
from portal.cases.plans.queries import plans
from portal.cases.service import NoSuchCaseError
from portal.cases.tasks import service as tasks
from portal.cases.tasks.service import Ending, Proposal
from portal.domain.cautions import NO_KIN
from portal.domain.errors import PortalError
from portal.domain.sharing import (
    Basis,
    Concern,
    Condition,
    Consent,
    Part,
    Share,
    Verdict,
    decide,
    exceptions_of,
    fit_together,
)
from portal.domain.tasks import TaskKind
from portal.landlords.policies import pinned
from portal.store import audit
from portal.store.audit import Actor, Fact
from portal.store.base import new_id
from portal.store.record_keys import box_of

LOOK_WITHIN = timedelta(hours=4)  # the portal's own: a second person who waits longer is asked again by the ladder
LOOK_AFTER_DANGER = timedelta(hours=1)
SOURCE = "share"


class State(StrEnum):
    """How a share stands."""

    WAITING = "waiting"
    READY = "ready"
    URGENT = "urgent"
    REFUSED = "refused"


class NoSuchShareError(NoSuchCaseError):
    """No share with this id on this case."""


class OwnShareError(PortalError):
    """Nobody is her own second person."""


class ManagerLooksError(PortalError):
    """The policy does not name this reason: only a manager agrees to it (NPH Dealing with cases, para 4)."""


class DecidedMeanwhileError(PortalError):
    """Somebody else decided it since the page was opened."""


class ShareRefusedError(PortalError):
    """It may not leave. Each reason is a sentence with its clause, and says nothing about a person."""

    def __init__(self, *reasons: str, field: str = "") -> None:
        """Keep the reasons, and which question they stand beside."""
        super().__init__("; ".join(reasons))
        self.reasons, self.field = reasons, field


@dataclass(frozen=True, slots=True)
class Law:
    """A law that somebody cites, as the catalogue has it; `instead` names what took the place of a superseded one."""

    id: str
    title: str
    instead: str = ""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody asks to share. With `consent_id` it goes to whom that consent names."""

    share: Share
    person: str
    address: str
    purpose: str
    consent_id: UUID | None = None
    documents: tuple[UUID, ...] = ()
    since: datetime | None = None
    basis: Basis | None = None
    condition: Condition | None = None
    law: Law | None = None
    basis_words: str = ""
    second_person: UUID | None = None


def ask(session: Session, found: Frame, wanted: Wanted, actor: Actor, now: datetime) -> UUID:
    """Ask to share; ShareRefusedError where it may not leave, with the reason and clause."""
    cases.get(session, found.case.id, for_update=True)
    share, purpose = _as_consented(session, found, wanted, now)
    verdict = decide(
        found.policy,
        share,
        _consents(session, found, now),
        now,
        recorded=borne_out(session, found),
        with_care=NO_KIN in found.cautions,
    )
    if not verdict.allowed:
        raise ShareRefusedError(*verdict.reasons, field=_beside(share))
    _check_documents(session, found.case.id, share.parts, wanted.documents)
    if plans_kept_here(session, found.case.id, share.parts):
        raise ShareRefusedError("This plan is marked as one that stays here.", field="parts")
    if verdict.exception:
        _check_basis(wanted, share)
    share_id = _keep(session, found, replace(wanted, share=share, purpose=purpose), verdict, actor, now)
    facts = {"kind": share.recipient.kind.value, "state": _state(verdict).value, "clause": _clause(found, verdict)}
    tell(session, found.case.id, "share", actor, now, facts=facts, words=f"{share.recipient.name}: {purpose}")
    audit.record(
        session, Fact.SHARE_ASKED, actor, now, subject="case", subject_id=found.case.id, detail=str(share_id)
    )
    if verdict.second_person:
        _call_second(session, found.case.id, share_id, wanted, verdict, actor, now)
    return share_id


def refused(session: Session, case_id: UUID, share: Share, actor: Actor, now: datetime) -> None:
    """Write down that somebody was refused: a try is evidence too (AG/013 OP5)."""
    audit.record(
        session,
        Fact.SHARE_REFUSED,
        actor,
        now,
        subject="case",
        subject_id=case_id,
        detail=share.recipient.kind.value,
    )


def decide_as_second(
    session: Session, case_id: UUID, share_id: UUID, *, agrees: bool, words: str, manages: bool, actor: Actor,
    now: datetime,
) -> None:  # fmt: skip
    """Agree or refuse. Whoever asked is never the one who agrees (whg 2.4); some reasons only a manager looks at."""
    case = cases.get(session, case_id, for_update=True)
    share = get(session, case_id, share_id)
    if share.asked_by == actor.account_id:
        raise OwnShareError
    listed = exceptions_of(pinned(session, case.policy_version_id).policy)
    if not manages and any(each.by_manager for each in listed if each.id == share.exception):
        raise ManagerLooksError
    if share.decided_at or share.state not in {State.WAITING, State.URGENT}:
        raise DecidedMeanwhileError
    share.state = (State.READY if agrees else State.REFUSED).value
    share.decided_at, share.decided_by = now, actor.account_id
    box = box_of(session, case_id)
    said = box.open_json(SHARE_PLACE, share_id, share.sealed)
    share.sealed = box.seal_json(SHARE_PLACE, share_id, said | {"decided": words})
    tell(session, case_id, "share_decided", actor, now, facts={"agreed": "yes" if agrees else "no"}, words=words)
    audit.record(
        session,
        Fact.SHARE_DECIDED,
        actor,
        now,
        subject="case",
        subject_id=case_id,
        detail="agreed" if agrees else "refused",
    )
    tasks.settle(session, case_id, SOURCE, share_id, Ending.DONE, actor, now)


def get(session: Session, case_id: UUID, share_id: UUID) -> SharingRequest:
    """The share, held; NoSuchShareError for another case's."""
    share = session.scalar(
        select(SharingRequest)
        .where(SharingRequest.id == share_id, SharingRequest.case_id == case_id)
        .with_for_update()
    )
    if share is None:
        raise NoSuchShareError
    return share


def _as_consented(session: Session, found: Frame, wanted: Wanted, now: datetime) -> tuple[Share, str]:
    """On a consent it goes to whom that names and for what it names, whatever else the form says."""
    if wanted.consent_id is None:
        return wanted.share, wanted.purpose
    given = next((e for e in consents.of_case(session, found.case.id, now) if e.id == wanted.consent_id), None)
    if given is None:
        raise ShareRefusedError("That consent is not of this case.", field="ground")
    return replace(wanted.share, recipient=given.consent.recipient, exception=""), given.purpose


def borne_out(session: Session, found: Frame) -> frozenset[Concern]:
    """The grounds for the conference that the risk record bears out (HS-026 4.8; STAR 4.2)."""
    stands = standing.now_of(session, found.case.id, found.policy)
    return stands.concerns if stands else frozenset()


def _consents(session: Session, found: Frame, now: datetime) -> Iterable[Consent]:
    return (each.consent for each in consents.of_case(session, found.case.id, now))


def plans_kept_here(session: Session, case_id: UUID, parts: Iterable[Part]) -> bool:
    """Is one of them a plan that is marked as never to be printed or sent (HS-026 4.7)?"""
    wanted = {PLANS[each] for each in parts if each in PLANS}
    return bool(wanted) and any(each.not_to_send for kind, each in plans(session, case_id).items() if kind in wanted)


def _check_documents(session: Session, case_id: UUID, parts: frozenset[Part], wanted: tuple[UUID, ...]) -> None:
    if (Part.DOCUMENTS in parts) != bool(wanted):
        raise ShareRefusedError("Choose “Documents” and which of them, or neither.", field="documents")
    held = documents.kept_back(session, case_id)
    for first_id in wanted:
        if not documents.versions(session, case_id, first_id):
            raise ShareRefusedError("Choose documents of this case.", field="documents")
        if first_id in held:
            raise ShareRefusedError("One of these documents is marked as not to leave.", field="documents")


def _check_basis(wanted: Wanted, share: Share) -> None:
    """The policy may call it a duty; the lawful basis is asked for all the same."""
    if wanted.basis is None:
        raise ShareRefusedError("Choose the lawful basis.", field="basis")
    if wanted.condition is None:
        raise ShareRefusedError("Choose what lets such details go with it.", field="condition")
    if wanted.law and wanted.law.instead:
        raise ShareRefusedError(
            f"{wanted.law.title} is no longer in force: {wanted.law.instead} took its place.", field="law"
        )
    wrong = fit_together(wanted.basis, wanted.law.id if wanted.law else "", life_in_danger=share.life_in_danger)
    if wrong:
        raise ShareRefusedError(wrong, field="law" if wanted.basis is not Basis.VITAL else "basis")


def _keep(
    session: Session, found: Frame, wanted: Wanted, verdict: Verdict, actor: Actor, now: datetime
) -> UUID:
    share_id, share, case_id = new_id(), wanted.share, found.case.id
    said = {
        "agency": share.recipient.name.strip(),
        "person": wanted.person,
        "address": wanted.address,
        "purpose": wanted.purpose,
        "necessity": share.necessity,
        "why_not_told": share.why_not_told,
        "basis": wanted.basis_words,
        "asks": "\n".join(verdict.second_person),
    }
    session.add(
        SharingRequest(
            landlord_id=found.case.landlord_id,
            id=share_id,
            case_id=case_id,
            state=_state(verdict).value,
            recipient_kind=share.recipient.kind.value,
            parts=[each.value for each in Part if each in share.parts],
            documents=[str(each) for each in wanted.documents],
            since=wanted.since,
            consent_id=wanted.consent_id,
            exception=share.exception or None,
            clause=_clause(found, verdict),
            concerns=sorted(each.value for each in share.concerns),
            basis=wanted.basis.value if wanted.basis and verdict.exception else None,
            condition=wanted.condition.value if wanted.condition and verdict.exception else None,
            law=wanted.law.id if wanted.law and verdict.exception else None,
            told=share.told.value if share.told else None,
            life_in_danger=share.life_in_danger,
            asked_at=now,
            asked_by=actor.account_id,
            sealed=box_of(session, case_id).seal_json(SHARE_PLACE, share_id, said),
        )
    )
    session.flush()
    return share_id


def _call_second(
    session: Session, case_id: UUID, share_id: UUID, wanted: Wanted, verdict: Verdict, actor: Actor, now: datetime
) -> None:
    within = LOOK_AFTER_DANGER if verdict.afterwards else LOOK_WITHIN
    exception = verdict.exception
    tasks.propose(
        session,
        case_id,
        Proposal(
            TaskKind.SECOND_PERSON,
            f"Look at the share with {wanted.share.recipient.name}, which has no consent.",
            now + within,
            clause=exception.clause if exception else None,
            owner=wanted.second_person,
            source=SOURCE,
            source_id=share_id,
        ),
        actor,
        now,
    )


def _state(verdict: Verdict) -> State:
    if not verdict.second_person:
        return State.READY
    return State.URGENT if verdict.afterwards else State.WAITING


def _clause(found: Frame, verdict: Verdict) -> str:
    exception = verdict.exception
    return exception.clause if exception else found.policy.sharing.default.clause or found.policy.document.cite


def _beside(share: Share) -> str:
    if not share.parts:
        return "parts"
    return "exception" if share.exception else "ground"

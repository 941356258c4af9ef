"""The verbs about serious matters: note one, report it, ask that it is not reported, agree to that as the second.

Source: whg 2.4. A report is a share with the police: its purpose, necessity, basis and second person stand there.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.cases import service as cases
from portal.cases.opening import tell
from portal.cases.serious.models import PLACE, SeriousMatter
from portal.cases.serious.queries import told_police
from portal.cases.service import EditedMeanwhileError, NoSuchCaseError
from portal.cases.tasks.proposed import DealtWith, end_of, today
from portal.cases.tasks.service import Ending, Proposal, propose
from portal.domain.errors import PortalError
from portal.domain.serious import Answer, Because, Matter, exception_for, noted_by_itself
from portal.domain.tasks import TaskKind
from portal.landlords.policies import PinnedPolicy, pinned
from portal.store import audit
from portal.store.audit import Actor, Fact
from portal.store.base import new_id
from portal.store.database import scope_of
from portal.store.record_keys import box_of

LOOK_WITHIN = timedelta(hours=4)  # the portal's own, as for sharing without consent
SOURCE = "serious"
ASKS = "Report it to the police, or ask a second person to agree that it is not reported."


class OwnAnswerError(PortalError):
    """Nobody agrees to what they asked for themselves, or to what is asked for a case that they have (whg 2.4)."""


class NotSpokenOfError(PortalError):
    """The policy names no exception for such a matter: it is shared as anything else."""


@dataclass(frozen=True, slots=True)
class No:
    """Why a matter is not reported, what is done instead, and who is asked to look at that."""

    why: str
    instead: str
    second_person: UUID | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """What has come to be known of it, and from which record."""

    words: str
    because: Because = Because.NOTED
    source_id: UUID | None = None


def note(session: Session, case_id: UUID, matter: Matter, known: Known, actor: Actor, now: datetime) -> UUID:
    """Note it, or add to the one that is open: what was asked about that before is then to be asked anew."""
    case = cases.get(session, case_id, for_update=True)
    under = pinned(session, case.policy_version_id)
    listed = exception_for(under.policy, matter)
    if listed is None:
        raise NotSpokenOfError
    box = box_of(session, case_id)
    line = {"at": now.isoformat(), "by": actor.name, "because": known.because.value, "words": known.words,
            "source": str(known.source_id or "")}  # fmt: skip
    row = _open(session, case_id, matter)
    if row is None:
        row = SeriousMatter(
            landlord_id=case.landlord_id, id=new_id(), case_id=case_id, matter=matter.value, noted_at=now,
            account_id=actor.account_id, actor=actor.name, sealed=b"", revision=1,
        )  # fmt: skip
        row.sealed = box.seal_json(PLACE, row.id, {"noted": [line]})
        session.add(row)
        session.flush()
        _ask_for_answer(session, under, row, listed.clause, ASKS, actor, now)
    else:
        said = box.open_json(PLACE, row.id, row.sealed)
        row.sealed = box.seal_json(PLACE, row.id, said | {"noted": [*said["noted"], line]})
        _again(session, under, row, "More came to be known since this was asked.", actor, now)
    facts = {"matter": matter.value, "because": known.because.value}
    tell(session, case_id, "serious", actor, now, facts=facts, words=known.words or None)
    _audit(session, case_id, matter.value, actor, now)
    return row.id


def note_by_itself(session: Session, case_id: UUID, matter: Matter, known: Known, actor: Actor, now: datetime) -> None:
    """Note what a record shows, once for each record, where the policy asks for an answer."""
    case = cases.get(session, case_id, for_update=True)
    if not noted_by_itself(pinned(session, case.policy_version_id).policy, matter):
        return
    box, seen = box_of(session, case_id), str(known.source_id)
    rows = session.scalars(_of(session, case_id).where(SeriousMatter.matter == matter.value)).all()
    said = (box.open_json(PLACE, each.id, each.sealed) for each in rows)
    if not any(line["source"] == seen for each in said for line in each["noted"]):
        note(session, case_id, matter, known, actor, now)


def ask_not_to(
    session: Session, case_id: UUID, matter_id: UUID, revision: int, no: No, actor: Actor, now: datetime
) -> None:
    """Ask a second person to agree that it is not reported, with the reason and what is done instead."""
    row = _held(session, case_id, matter_id, revision)
    box = box_of(session, case_id)
    said = box.open_json(PLACE, row.id, row.sealed)
    said |= {"why": no.why, "instead": no.instead, "returned": ""}
    row.sealed = box.seal_json(PLACE, row.id, said)
    row.proposed_at, row.proposed_by, row.proposer = now, actor.account_id, actor.name
    row.revision += 1
    end_of(session, case_id, row.id, DealtWith(Ending.DONE, "A second person is asked."), actor, now)
    look = Proposal(
        TaskKind.SECOND_PERSON, "Look at the decision not to tell the police of a serious matter.", now + LOOK_WITHIN,
        _clause(session, case_id, row), owner=no.second_person, source=f"{SOURCE} {row.revision}", source_id=row.id,
    )  # fmt: skip
    propose(session, case_id, look, actor, now)
    tell(session, case_id, "serious_no", actor, now, facts={"matter": row.matter}, words=f"{no.why}\n{no.instead}")
    _audit(session, case_id, "asked_not_to", actor, now)


def look(
    session: Session, case_id: UUID, matter_id: UUID, revision: int, words: str, actor: Actor, now: datetime, *,
    agrees: bool,
) -> None:  # fmt: skip
    """Agree as the second person that it is not reported, or give it back: then it waits for its answer again."""
    row = _held(session, case_id, matter_id, revision)
    if row.proposed_at is None:
        raise EditedMeanwhileError
    case = cases.get(session, case_id)
    if actor.account_id is None or actor.account_id in {row.proposed_by, case.assigned_to}:
        raise OwnAnswerError
    facts = {"matter": row.matter, "agreed": "yes" if agrees else "no"}
    tell(session, case_id, "serious_looked", actor, now, facts=facts, words=words or None)
    if agrees:
        _end(session, row, Answer.NOT_REPORTED, {"second": words}, actor, now)
    else:
        _again(session, pinned(session, case.policy_version_id), row, words, actor, now)
    _audit(session, case_id, "agreed" if agrees else "given_back", actor, now)


def reported(
    session: Session, case_id: UUID, matters: Collection[Matter], left_id: UUID, actor: Actor, now: datetime
) -> None:
    """This has just gone to the police: it answers what is open of these matters."""
    for matter in matters:
        row = _open(session, case_id, matter)
        if row:
            _report(session, row, left_id, actor, now)


def was_reported(
    session: Session, case_id: UUID, matter_id: UUID, revision: int, left_id: UUID, actor: Actor, now: datetime
) -> None:
    """What went to the police by another right, such as their agreement, reported this matter."""
    row = _held(session, case_id, matter_id, revision)
    if left_id not in told_police(session, case_id):
        raise NoSuchCaseError
    _report(session, row, left_id, actor, now)


def _report(session: Session, row: SeriousMatter, left_id: UUID, actor: Actor, now: datetime) -> None:
    row.left_id = left_id
    tell(session, row.case_id, "serious_told", actor, now, facts={"matter": row.matter})
    _end(session, row, Answer.REPORTED, {}, actor, now)
    _audit(session, row.case_id, Answer.REPORTED.value, actor, now)


def _end(
    session: Session, row: SeriousMatter, answer: Answer, more: dict[str, Any], actor: Actor, now: datetime
) -> None:
    box = box_of(session, row.case_id)
    row.sealed = box.seal_json(PLACE, row.id, box.open_json(PLACE, row.id, row.sealed) | more)
    row.decision, row.decided_at, row.decided_by = answer.value, now, actor.name
    row.revision += 1
    session.flush()
    end_of(session, row.case_id, row.id, DealtWith(Ending.DONE, "It has its answer."), actor, now)


def _again(
    session: Session, under: PinnedPolicy, row: SeriousMatter, words: str, actor: Actor, now: datetime
) -> None:
    """Whatever was asked is asked no more; the matter waits for its answer as at first."""
    row.revision += 1
    if row.proposed_at is None:
        return
    box = box_of(session, row.case_id)
    said = box.open_json(PLACE, row.id, row.sealed)
    row.sealed = box.seal_json(PLACE, row.id, said | {"returned": words})
    row.proposed_at = row.proposed_by = row.proposer = None
    end_of(session, row.case_id, row.id, DealtWith(Ending.DONE, words), actor, now)
    _ask_for_answer(session, under, row, _clause(session, row.case_id, row), f"{words} {ASKS}", actor, now)


def _ask_for_answer(
    session: Session, under: PinnedPolicy, row: SeriousMatter, clause: str, words: str, actor: Actor, now: datetime
) -> None:
    due = today(under.calendar, now)
    task = Proposal(TaskKind.SERIOUS, words, due, clause, source=f"{SOURCE} {row.revision}", source_id=row.id)
    propose(session, row.case_id, task, actor, now)


def _of(session: Session, case_id: UUID) -> Any:  # noqa: ANN401 - a select over one table
    row = SeriousMatter
    return select(row).where(row.landlord_id == scope_of(session).landlord_id, row.case_id == case_id)


def _open(session: Session, case_id: UUID, matter: Matter) -> SeriousMatter | None:
    row = SeriousMatter
    wanted = _of(session, case_id).where(row.matter == matter.value, row.decision.is_(None))
    found: SeriousMatter | None = session.scalar(wanted)
    return found


def _held(session: Session, case_id: UUID, matter_id: UUID, revision: int) -> SeriousMatter:
    """The matter as somebody looked at it; EditedMeanwhileError where it is another by now."""
    cases.get(session, case_id, for_update=True)
    row: SeriousMatter | None = session.scalar(_of(session, case_id).where(SeriousMatter.id == matter_id))
    if row is None:
        raise NoSuchCaseError
    if row.decision is not None or row.revision != revision:
        raise EditedMeanwhileError
    return row


def _clause(session: Session, case_id: UUID, row: SeriousMatter) -> str:
    policy = pinned(session, cases.get(session, case_id).policy_version_id).policy
    listed = exception_for(policy, Matter(row.matter))
    return listed.clause if listed else ""


def _audit(session: Session, case_id: UUID, detail: str, actor: Actor, now: datetime) -> None:
    audit.record(session, Fact.SERIOUS_MATTER, actor, now, subject="case", subject_id=case_id, detail=detail)

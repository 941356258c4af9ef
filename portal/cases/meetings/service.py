"""The verbs about meetings: book one, move it, record what came of it. The guard decides about each new time.

Sources: HS-026 4.5; whg 2.1.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.cases import service as cases
from portal.cases.meetings.models import Meeting
from portal.cases.meetings.words import PLACE
from portal.cases.models import Case
from portal.cases.opening import tell
from portal.cases.tasks.proposed import DealtWith, end_of
from portal.cases.tasks.service import Ending, Proposal, propose
from portal.domain.contact import guard_meeting
from portal.domain.errors import PortalError
from portal.domain.meetings import Going, Place, Purpose, State, Venue, against, against_visit
from portal.domain.permissions import Permission
from portal.domain.tasks import TaskKind
from portal.landlords.policies import pinned
from portal.landlords.stored_face import open_offices
from portal.store import audit
from portal.store.audit import Actor, Fact
from portal.store.base import new_id
from portal.store.record_keys import box_of

SOURCE, WITH_THEM = "meeting", "meeting_second"
"""What proposes the task of keeping it, and that of going with them."""
ENDINGS = {State.HELD: Ending.DONE, State.DID_NOT_COME: Ending.UNABLE}


class PlaceRefusedError(PortalError):
    """The place is not open, not agreed, or not safe. `wrong` names form fields and sentences."""

    def __init__(self, wrong: dict[str, str]) -> None:
        """Keep what is wrong."""
        super().__init__("This place cannot be booked.")
        self.wrong = wrong


class MomentPassedError(PortalError):
    """A meeting is booked before it is held; one that was held already is recorded as a contact."""


class AlreadyEndedError(cases.EditedMeanwhileError):
    """Somebody else has recorded what came of it, or moved it."""


@dataclass(frozen=True, slots=True)
class Moment:
    """When they are to be met; `why` is the reason for an hour that the guard refuses, of somebody who may give one."""

    at: datetime
    why: str = ""
    may_override: bool = False


@dataclass(frozen=True, slots=True)
class Booking:
    """A meeting as somebody books it."""

    purpose: Purpose
    place: Place
    moment: Moment
    officer: UUID | None = None
    note: str = ""
    second: UUID | None = None
    why_alone: str = ""


def book(session: Session, case_id: UUID, wanted: Booking, actor: Actor, now: datetime) -> UUID:
    """Book a meeting. Refused where the place is not open, agreed and safe, or the hour is not, without a reason.

    Nothing overrides an answer that their home is not safe (whg 2.1).
    """
    case = cases.get(session, case_id, for_update=True)
    offices = {each.id: each.name for each in open_offices(session)}
    going = Going(wanted.second is not None, wanted.why_alone, wanted.moment.may_override)
    wrong = against(wanted.place, open_offices=offices, staff_risk=case.staff_risk, going=going)
    if wanted.second is not None and wanted.second == (wanted.officer or case.assigned_to):
        wrong["second"] = "Choose somebody else than who meets them."
    if wrong:
        raise PlaceRefusedError(wrong)
    where = offices.get(wanted.place.office, "") if wanted.place.venue is Venue.OFFICE else wanted.place.where
    said = {"where": where, "note": wanted.note, "why": "", "office": wanted.place.office}
    if wanted.place.venue is Venue.HOME:
        alone = wanted.why_alone if going.may_override and not going.second else ""
        said |= {"second": str(wanted.second or ""), "why_alone": alone}
    row = Meeting(
        landlord_id=case.landlord_id,
        id=new_id(),
        case_id=case_id,
        purpose=wanted.purpose.value,
        venue=wanted.place.venue.value,
        officer=wanted.officer,
        agreed=wanted.place.agreed.value,
    )
    _set_for(session, case, row, said, wanted.moment, actor, now)
    facts = {"venue": row.venue, "at": row.starts_at.isoformat()}
    tell(session, case_id, "meeting", actor, now, facts=facts, words=where or None)
    return row.id


def move(
    session: Session, case_id: UUID, meeting_id: UUID, revision: int, to: Moment, actor: Actor, now: datetime
) -> UUID:
    """Move a meeting to another time, in the same place: the guard is asked again. The first stays as moved."""
    case = cases.get(session, case_id, for_update=True)
    former = _booked(session, case_id, meeting_id, revision)
    said = box_of(session, case_id).open_json(PLACE, former.id, former.sealed)
    if former.venue == Venue.HOME.value:
        going = Going(bool(said.get("second")), said.get("why_alone", ""), may_override=True)
        if wrong := against_visit(case.staff_risk, going):
            raise PlaceRefusedError(wrong)
    row = Meeting(
        landlord_id=case.landlord_id,
        id=new_id(),
        case_id=case_id,
        purpose=former.purpose,
        venue=former.venue,
        officer=former.officer,
        agreed=former.agreed,
        moved_from=former.id,
    )
    _end(session, former, State.MOVED, "", actor, now)
    _set_for(session, case, row, said | {"why": ""}, to, actor, now)
    facts = {"venue": row.venue, "at": row.starts_at.isoformat(), "was": former.starts_at.isoformat()}
    tell(session, case_id, "meeting", actor, now, facts=facts)
    return row.id


def end(
    session: Session,
    case_id: UUID,
    meeting_id: UUID,
    revision: int,
    came: State,
    words: str,
    actor: Actor,
    now: datetime,
) -> None:
    """Record what came of a meeting. That it was held ends no clock: what was said is recorded as a contact."""
    case = cases.get(session, case_id, for_update=True)
    meeting = _booked(session, case_id, meeting_id, revision)
    if came is not State.CALLED_OFF and meeting.starts_at > now:
        raise MomentPassedError
    _end(session, meeting, came, words, actor, now)
    facts = {"state": came.value, "at": meeting.starts_at.isoformat()}
    tell(session, case_id, "meeting_ended", actor, now, facts=facts, words=words or None)
    cases.refresh_next(session, case)


def _booked(session: Session, case_id: UUID, meeting_id: UUID, revision: int) -> Meeting:
    meeting = session.scalar(
        select(Meeting).where(Meeting.case_id == case_id, Meeting.id == meeting_id).with_for_update()
    )
    if meeting is None:
        raise cases.NoSuchCaseError
    if meeting.revision != revision or meeting.state != State.BOOKED.value:
        raise AlreadyEndedError
    return meeting


def _set_for(
    session: Session, case: Case, row: Meeting, said: dict[str, Any], to: Moment, actor: Actor, now: datetime
) -> None:
    """Ask the guard about the moment, then keep the meeting and the task of keeping it."""
    overridden = _only_with_a_reason(session, case, row.venue, said["where"], to, now)
    row.starts_at, row.state, row.verdict = to.at, State.BOOKED.value, "overridden" if overridden else "safe"
    row.booked_at, row.account_id, row.actor = now, actor.account_id, actor.name
    box = box_of(session, case.id)
    row.sealed = box.seal_json(PLACE, row.id, said | {"why": to.why if overridden else ""})
    session.add(row)
    session.flush()
    policy = pinned(session, case.policy_version_id).policy
    clause = policy.contact.preferences.venue.clause or policy.contact.visits.clause
    words = f"Meet them. {said['where']}".strip()
    task = Proposal(TaskKind.MEETING, words, to.at, clause, row.officer, source=SOURCE, source_id=row.id)
    propose(session, case.id, task, actor, now)
    if said.get("second"):
        propose(session, case.id, replace(task, owner=UUID(said["second"]), source=WITH_THEM), actor, now)
    audit.record(
        session, Fact.MEETING_BOOKED, actor, now, subject="case", subject_id=case.id, detail=row.venue
    )
    if overridden:
        tell(session, case.id, "override", actor, now, facts={"for": "meeting"}, words=to.why)
        audit.record(
            session,
            Fact.CONTACT_OVERRIDDEN,
            actor,
            now,
            permission=Permission.CONTACT_OVERRIDE.value,
            subject="case",
            subject_id=case.id,
            detail="meeting",
        )


def _only_with_a_reason(
    session: Session, case: Case, venue: str, where: str, to: Moment, now: datetime
) -> bool:
    """Does the guard refuse the moment, so that only a reason lets it pass? At their home no reason does."""
    if to.at <= now:
        raise MomentPassedError
    at_home = venue == Venue.HOME.value
    verdict = guard_meeting(cases.safe_contact(session, case), to.at, at_home=at_home, place=where)
    if verdict.allowed:
        return False
    if at_home or not (to.may_override and to.why):
        raise cases.ContactRefusedError(verdict.reasons)
    return True


def _end(session: Session, meeting: Meeting, came: State, words: str, actor: Actor, now: datetime) -> None:
    box = box_of(session, meeting.case_id)
    said = box.open_json(PLACE, meeting.id, meeting.sealed)
    meeting.sealed = box.seal_json(PLACE, meeting.id, said | {"outcome": words})
    meeting.state, meeting.ended_at, meeting.ended_by = came.value, now, actor.name
    meeting.revision += 1
    session.flush()
    dealt = DealtWith(ENDINGS.get(came, Ending.NOT_NEEDED), "")
    end_of(session, meeting.case_id, meeting.id, dealt, actor, now)
    audit.record(
        session,
        Fact.MEETING_ENDED,
        actor,
        now,
        subject="case",
        subject_id=meeting.case_id,
        detail=came.value,
    )

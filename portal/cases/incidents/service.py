"""Recording what has been done to them. Nothing is ever changed: a correction is another record beside the first."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from portal.cases import service as cases
from portal.cases.incidents import prompts
from portal.cases.incidents.models import Incident
from portal.cases.incidents.queries import LATE
from portal.cases.incidents.told import Told
from portal.cases.opening import tell
from portal.cases.service import NoSuchCaseError
from portal.domain.errors import PortalError
from portal.domain.events import IncidentRecorded
from portal.domain.happened import UnfitTimeError, late
from portal.store import audit, outbox
from portal.store.audit import Actor, Fact
from portal.store.base import new_id
from portal.store.database import scope_of
from portal.store.record_keys import box_of


class CorrectedAlreadyError(PortalError):
    """Somebody has corrected this record already: the newest one is the one to correct."""


def record(session: Session, case_id: UUID, told: Told, actor: Actor, now: datetime) -> UUID:
    """Write an incident down as told; it stands on the timeline and asks for a fresh look at risk."""
    case = cases.get(session, case_id, for_update=True)
    incident_id = new_id()
    _keep(session, case_id, _Place(incident_id, incident_id, None), told, actor, now)
    prompts.propose(session, case, incident_id, told, actor, now)
    outbox.record(session, IncidentRecorded(case.landlord_id, case_id, incident_id), now)
    return incident_id


def correct(
    session: Session, case_id: UUID, incident_id: UUID, told: Told, actor: Actor, now: datetime
) -> UUID:
    """Put a record right by adding another; both stay readable, and only the newer one counts."""
    case = cases.get(session, case_id, for_update=True)
    here = (Incident.landlord_id == scope_of(session).landlord_id, Incident.case_id == case_id)
    first = session.scalar(select(Incident.first_id).where(*here, Incident.id == incident_id))
    if first is None:
        raise NoSuchCaseError
    if session.scalar(select(Incident.id).where(*here, Incident.corrects_id == incident_id)):
        raise CorrectedAlreadyError
    place = _Place(new_id(), first, incident_id)
    _keep(session, case_id, place, told, actor, now)
    prompts.propose(session, case, first, told, actor, now)
    outbox.record(session, IncidentRecorded(case.landlord_id, case_id, place.id), now)
    return place.id


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a record stands in the chain of its corrections."""

    id: UUID
    first: UUID
    corrects: UUID | None


def _keep(session: Session, case_id: UUID, place: _Place, told: Told, actor: Actor, now: datetime) -> None:
    if told.told_at > now:
        raise UnfitTimeError("told_day", "Nobody can have told us yet: look at the day and the time.")
    told.happened.check_not_to_come(told.told_at)
    stands_at = told.happened.stands_at(told.told_at)
    kind = "incident_corrected" if place.corrects else "incident"
    entry_id = tell(
        session, case_id, kind, actor, stands_at, facts=_facts(told, now), words=told.what
    )
    session.execute(
        insert(Incident),
        {
            "landlord_id": scope_of(session).landlord_id,
            "id": place.id,
            "case_id": case_id,
            "entry_id": entry_id,
            "first_id": place.first,
            "corrects_id": place.corrects,
            "happened": told.happened.to_dict(),
            "stands_at": stands_at,
            "told_at": told.told_at,
            "told_by": told.told_by.value,
            "recorded_at": now,
            "account_id": actor.account_id,
            "actor": actor.name,
            "kinds": [each.value for each in told.acts],
            "towards": told.towards.value,
            "children": told.children.value,
            "report_wish": told.report_wish.value,
            "sealed": box_of(session, case_id).seal_json("incident", place.id, told.sealed()),
        },
    )
    audit.record(session, Fact.INCIDENT_RECORDED, actor, now, subject="case", subject_id=case_id, detail=kind)


def _facts(told: Told, now: datetime) -> dict[str, Any]:
    facts: dict[str, Any] = {
        "happened": told.happened.to_dict(),
        "written": now.isoformat(),
        "acts": [each.value for each in told.acts],
    }
    delay = late(told.happened, now, LATE)
    if delay:
        facts["late"] = delay // timedelta(minutes=1)
    return facts

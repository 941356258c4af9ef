"""The verbs of officers: write to somebody behind their number, say that it was read, give a new number or end it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.orm import Session

from portal.cases import service as cases
from portal.cases.opening import summary, tell
from portal.cases.service import NoSuchCaseError
from portal.cases.tasks import service as tasks
from portal.cases.tasks.service import Ending
from portal.domain.contact.bland import not_bland
from portal.domain.errors import PortalError
from portal.referrals.coming_back import queries
from portal.referrals.coming_back.codes import hashed, new_number
from portal.referrals.coming_back.models import WayBack
from portal.referrals.coming_back.queries import PLACE, Writes
from portal.referrals.coming_back.service import keep, read_all
from portal.store import audit
from portal.store.audit import Actor, Fact
from portal.store.base import new_id
from portal.store.database import scope_of


class TellsTooMuchError(PortalError):
    """The words would give something away to whoever else may have the number; `reasons` say what."""

    def __init__(self, reasons: tuple[str, ...]) -> None:
        """Keep the sentences."""
        super().__init__(" ".join(reasons))
        self.reasons = reasons


class NobodyComesBackError(PortalError):
    """They have no number with which they could read it."""


def write_to(session: Session, case_id: UUID, words: str, actor: Actor, now: datetime) -> None:
    """Write to them. Somebody else may have the number: so no name, no number, no word that tells what it is about."""
    case = cases.get(session, case_id, for_update=True)
    ways = [way for way, own in queries.ways_back(session, case_id) if own]
    if not ways or actor.account_id is None:
        raise NobodyComesBackError
    said, safe = summary(session, case), cases.safe_contact(session, case)
    secrets = (said.name, said.address, said.other_person.name, safe.code_word, *safe.numbers(), *safe.addresses())
    if reasons := not_bland(words, [each for each in secrets if each]):
        raise TellsTooMuchError(reasons)
    for way in ways:
        keep(session, way.report_id, Writes.WORD, words, actor.account_id, now)
    tell(session, case_id, "written_to", actor, now, words=words)
    _note(session, Fact.WRITTEN_TO, case_id, actor, now)


def have_read(session: Session, case_id: UUID, actor: Actor, now: datetime) -> None:
    """What they wrote was read, and seen to: its tasks are done."""
    cases.get(session, case_id, for_update=True)
    for message_id in read_all(session, queries.reports_of(session, case_id), now, ours=False):
        tasks.settle(session, case_id, PLACE, message_id, Ending.DONE, actor, now)


def give_number(
    session: Session, case_id: UUID, known_by: str, actor: Actor, now: datetime, *, shows_plan: bool
) -> str:
    """A new number, told once, to somebody whom the officer has recognised; every older one ends.

    `known_by` says how we knew that it was them.
    """
    cases.get(session, case_id, for_update=True)
    reports = queries.reports_of(session, case_id)
    if not reports or actor.account_id is None:
        raise NoSuchCaseError
    end_numbers(session, case_id, actor, now)
    number = new_number()
    session.add(
        WayBack(
            landlord_id=scope_of(session).landlord_id,
            id=new_id(),
            report_id=reports[0],
            code_hash=hashed(session, number),
            shows_plan=shows_plan,
            made_at=now,
            made_by=actor.account_id,
        )
    )
    tell(session, case_id, "number_given", actor, now, words=f"How we knew that it was them: {known_by}")
    _note(session, Fact.WAY_BACK_CHANGED, case_id, actor, now, "given")
    return number


def end_numbers(session: Session, case_id: UUID, actor: Actor, now: datetime) -> None:
    """No number opens anything of this case any more; a visit that goes on ends with it."""
    cases.get(session, case_id, for_update=True)
    here = WayBack.landlord_id == scope_of(session).landlord_id
    reports = queries.reports_of(session, case_id)
    ended = session.scalars(
        update(WayBack)
        .where(here, WayBack.report_id.in_(reports), WayBack.ended_at.is_(None))
        .values(ended_at=now)
        .returning(WayBack.id)
    ).all()
    if ended:
        tell(session, case_id, "number_ended", actor, now)
        _note(session, Fact.WAY_BACK_CHANGED, case_id, actor, now, "ended")


def _note(session: Session, fact: Fact, case_id: UUID, actor: Actor, now: datetime, detail: str | None = None) -> None:
    audit.record(session, fact, actor, now, subject="case", subject_id=case_id, detail=detail)

"""The verbs about a referral without a landlord: keep it, write it anew, send it to a landlord, end it.

Nothing is looked up at any landlord, and no landlord learns that it exists before an agency's worker sends it there:
then it goes the same way as from anyone else.
"""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.domain.errors import PortalError
from portal.partners.kept.models import KEPT, KeptReferral
from portal.partners.kept.queries import KeptRow, faded, row_of
from portal.partners.members.service import agency_here
from portal.referrals import journey
from portal.referrals import service as referrals
from portal.referrals.forms.fields import Face
from portal.referrals.journey import WayIn
from portal.store.account_keys import box_of_account
from portal.store.audit import Actor
from portal.store.base import new_id

Said = Mapping[str, Mapping[str, Any]]


class Over(StrEnum):
    """How it ended at the agency."""

    ARRIVED = "arrived"
    ELSEWHERE = "elsewhere"
    WITHDRAWN = "withdrawn"
    TWICE = "twice"


class NoSuchReferralError(PortalError):
    """Nothing with this id is kept at this agency, or it is over."""


class ChangedMeanwhileError(PortalError):
    """Somebody else at the agency has changed or sent it since the page was opened."""


def keep(session: Session, said: Said, actor: Actor, now: datetime) -> UUID:
    """Keep it at the agency of this scope. Nobody else has it."""
    if actor.account_id is None:
        raise LookupError("Somebody refers.")
    kept = KeptReferral(
        agency_id=agency_here(session), id=new_id(), revision=0, made_at=now, made_by=actor.account_id,
        made_name=actor.name,
    )  # fmt: skip
    kept.sealed = _sealed(session, kept, said, now)
    session.add(kept)
    session.flush()
    return kept.id


def read(session: Session, kept_id: UUID, now: datetime) -> KeptRow:
    """One of them; NoSuchReferralError for what is over, another agency's, or never was."""
    return row_of(session, _held(session, kept_id, now), now)


def unchanged(session: Session, kept_id: UUID, revision: int, now: datetime) -> KeptRow:
    """The same, if nobody has changed or sent it since the page was opened."""
    return row_of(session, _held(session, kept_id, now, revision), now)


def change(session: Session, kept_id: UUID, said: Said, revision: int, now: datetime) -> None:
    """Write it anew."""
    kept = _held(session, kept_id, now, revision)
    kept.sealed, kept.revision = _sealed(session, kept, said, now), kept.revision + 1


def refer(session: Session, said: Said, face: Face, actor: Actor, now: datetime) -> str:
    """Take it in at the landlord of this scope, as the public pages do; the number that is given for it."""
    answers = journey.answers(WayIn.SOMEONE, face, said)
    return referrals.receive(session, answers, actor, now).receipt


def note_sent(
    session: Session, kept_id: UUID, landlord_id: UUID, revision: int, actor: Actor, now: datetime
) -> None:
    """Write down who has it now."""
    kept = _held(session, kept_id, now, revision)
    kept.sent_at, kept.sent_to, kept.sent_name, kept.revision = now, landlord_id, actor.name, kept.revision + 1


def end(session: Session, kept_id: UUID, how: Over, revision: int, actor: Actor, now: datetime) -> None:
    """It is over here: what was written is gone at once, and that it was there stays."""
    kept = _held(session, kept_id, now, revision)
    kept.sealed, kept.ended_at, kept.ended_name, kept.ending = None, now, actor.name, how.value


def wipe_old(session: Session, now: datetime) -> None:
    """What was sent long ago is not kept twice."""
    for kept in session.scalars(select(KeptReferral).where(KeptReferral.ended_at.is_(None)).with_for_update()):
        if faded(kept, now):
            kept.sealed, kept.ended_at, kept.ending = None, now, Over.ARRIVED.value


def _held(session: Session, kept_id: UUID, now: datetime, revision: int | None = None) -> KeptReferral:
    kept = session.scalar(select(KeptReferral).where(KeptReferral.id == kept_id).with_for_update())
    if kept is None or kept.ended_at or faded(kept, now):
        raise NoSuchReferralError
    if revision is not None and kept.revision != revision:
        raise ChangedMeanwhileError
    return kept


def _sealed(session: Session, kept: KeptReferral, said: Said, now: datetime) -> bytes:
    words = {name: dict(each) for name, each in said.items()}
    return box_of_account(session, kept.made_by, now).seal_json(KEPT, kept.id, words)

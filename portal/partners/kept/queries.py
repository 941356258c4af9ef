"""What an agency keeps: who has it, since when, and what was written."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.landlords.checked import laid_over
from portal.partners.kept.models import KEPT, KeptReferral
from portal.store.account_keys import box_of_account
from portal.store.tenancy import Landlord

AFTER_SENDING = timedelta(days=28)
"""The portal's own: how long what was sent can still be read by the agency, so that it can go to another landlord."""


@dataclass(frozen=True, slots=True)
class KeptRow:
    """One of them; `landlord` is who was sent it last, and empty while nobody has it."""

    id: UUID
    revision: int
    made_at: datetime
    made_name: str
    landlord: str
    sent_at: datetime | None
    sent_name: str | None
    said: dict[str, dict[str, Any]]

    @property
    def whom(self) -> str:
        """By what the agency knows whom it means."""
        them = self.said["them"]
        return str(next(each for each in (them["person"], them["address"], them["trace"]) if each))

    @property
    def pressing(self) -> bool:
        """Was danger spoken of?"""
        return self.said["now"].get("danger") in {"life", "soon"}


def open_ones(session: Session, now: datetime) -> list[KeptRow]:
    """Those that are not over: what nobody has first, the oldest at the top."""
    rows = session.scalars(
        select(KeptReferral)
        .where(KeptReferral.ended_at.is_(None))
        .order_by(KeptReferral.sent_at.is_not(None), KeptReferral.made_at, KeptReferral.id)
    ).all()
    return [row_of(session, each, now) for each in rows if not faded(each, now)]


def nobody_has(session: Session) -> int:
    """How many wait for a landlord."""
    waits = KeptReferral.ended_at.is_(None) & KeptReferral.sent_at.is_(None)
    return session.scalar(select(func.count()).select_from(KeptReferral).where(waits)) or 0


def row_of(session: Session, kept: KeptReferral, now: datetime) -> KeptRow:
    """What was written, opened."""
    if kept.sealed is None:
        raise LookupError("What is over cannot be read.")
    said = box_of_account(session, kept.made_by, now).open_json(KEPT, kept.id, kept.sealed)
    landlord = session.scalar(select(Landlord.name).where(Landlord.id == kept.sent_to)) if kept.sent_to else None
    return KeptRow(
        kept.id, kept.revision, kept.made_at, kept.made_name, landlord or "", kept.sent_at, kept.sent_name, said
    )


def faded(kept: KeptReferral, now: datetime) -> bool:
    """Sent so long ago that it is read no more."""
    return kept.sent_at is not None and kept.sent_at + AFTER_SENDING <= now


def helplines(session: Session, faces: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """The national lines, each once, for whoever waits meanwhile; not those for the person who does harm."""
    lines = {line["id"]: line for face in faces for line in face.get("national", ())}
    return [each for each in laid_over(session, lines.values()) if "own-behaviour" not in each.get("tags", ())]

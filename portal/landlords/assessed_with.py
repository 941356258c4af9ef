"""Which versions of instruments a landlord has: the newest of each for new assessments, every one for old ones."""

import json
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import distinct_on, insert
from sqlalchemy.orm import Session

from portal.domain.risk.instrument import Instrument
from portal.landlords.models import InstrumentVersion
from portal.store.base import new_id
from portal.store.database import scope_of

_read: dict[UUID, Instrument] = {}


def instrument_of(session: Session, version_id: UUID) -> Instrument:
    """The version with this id, as it was when it was loaded; versions never change, so each is read once."""
    found = _read.get(version_id)
    if found is None:
        body = session.scalars(
            select(InstrumentVersion.body).where(
                InstrumentVersion.landlord_id == scope_of(session).landlord_id,
                InstrumentVersion.id == version_id,
            )
        ).one()
        found = _read[version_id] = Instrument.model_validate_json(json.dumps(body))
    return found


def newest(session: Session) -> dict[UUID, Instrument]:
    """The newest version of each instrument, by title."""
    version = InstrumentVersion
    ids = session.scalars(
        select(version.id)
        .where(version.landlord_id == scope_of(session).landlord_id)
        .ext(distinct_on(version.code))
        .order_by(version.code, version.loaded_at.desc(), version.id.desc())
    )
    return {each: instrument_of(session, each) for each in ids}


def keep_instruments(session: Session, instruments: Iterable[Instrument], now: datetime) -> None:
    """Store each as a new version; the same content again is the same version."""
    rows = [
        {
            "landlord_id": scope_of(session).landlord_id,
            "id": new_id(),
            "code": each.code,
            "version": each.version,
            "digest": each.digest(),
            "body": each.model_dump(mode="json"),
            "loaded_at": now,
        }
        for each in instruments
    ]
    session.execute(
        insert(InstrumentVersion).on_conflict_do_nothing(index_elements=["landlord_id", "digest"]), rows
    )

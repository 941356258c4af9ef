"""The verbs: bring homes in, all of a file at once; take those of a file out again; note that somebody read them."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import cast
from uuid import UUID

from sqlalchemy import CursorResult, delete, func, insert, select, update
from sqlalchemy.orm import Session

from portal.domain.importing.homes import Home
from portal.homes.flags.placing import token_of
from portal.homes.register.models import SEALED, OwnHome
from portal.homes.register.queries import key_of
from portal.store import audit
from portal.store.audit import Actor, Fact
from portal.store.base import new_id
from portal.store.database import cipher_of, scope_of

AT_ONCE = 500


def bring(session: Session, import_id: UUID, homes: Sequence[Home], told: Callable[[int], None]) -> None:
    """Write them down; whatever stood under the same references is left behind, and kept for taking this back."""
    here = scope_of(session).landlord_id
    for first in range(0, len(homes), AT_ONCE):
        rows = [_row(session, import_id, each) for each in homes[first : first + AT_ONCE]]
        session.execute(
            update(OwnHome)
            .where(
                OwnHome.landlord_id == here,
                OwnHome.key.in_([each["key"] for each in rows]),
                OwnHome.left_by.is_(None),
            )
            .values(left_by=import_id)
            .execution_options(synchronize_session=False)
        )
        session.execute(insert(OwnHome), rows)
        told(first + len(rows))


def left_behind(session: Session, import_id: UUID) -> int:
    """How many homes of a file stand otherwise in a later one."""
    here = scope_of(session).landlord_id
    wanted = select(func.count()).where(
        OwnHome.landlord_id == here, OwnHome.import_id == import_id, OwnHome.left_by.is_not(None)
    )
    return session.scalar(wanted) or 0


def take_out(session: Session, import_id: UUID) -> int:
    """Take the homes of a file out; what stood under the same references before stands again."""
    here = scope_of(session).landlord_id
    gone = session.execute(delete(OwnHome).where(OwnHome.landlord_id == here, OwnHome.import_id == import_id))
    session.execute(
        update(OwnHome)
        .where(OwnHome.landlord_id == here, OwnHome.left_by == import_id)
        .values(left_by=None)
        .execution_options(synchronize_session=False)
    )
    return cast("CursorResult[tuple[object]]", gone).rowcount


def note_reading(session: Session, number: int, actor: Actor, permission: str | None, now: datetime) -> None:
    """That the list was read, or looked through for one: how many homes were shown, and not which."""
    audit.record(session, Fact.HOMES_READ, actor, now, permission=permission, detail=str(number))


def _row(session: Session, import_id: UUID, home: Home) -> dict[str, object]:
    home_id = new_id()
    said = {
        "reference": home.reference,
        "address": home.address,
        "other_key": home.other_key,
        "kind": home.kind,
        "bedrooms": home.bedrooms,
        "held": home.held,
    }
    return {
        "landlord_id": scope_of(session).landlord_id,
        "id": home_id,
        "import_id": import_id,
        "line": home.line,
        "key": key_of(session, home.reference),
        "other": key_of(session, home.other_key) if home.other_key else None,
        "place": token_of(session, home.address),
        "ours": home.ours,
        "left_by": None,
        "sealed": cipher_of(session).seal_json(SEALED, home_id, said),
    }

"""One row of this landlord's, held until the transaction ends, so that nobody else changes it meanwhile."""

from typing import TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from portal.store.base import Owned
from portal.store.database import scope_of

Row = TypeVar("Row", bound=Owned)


def held(session: Session, table: type[Row], row_id: UUID, *where: ColumnElement[bool]) -> Row | None:
    """The row with this id of which this is true; None where there is none here."""
    here = table.landlord_id == scope_of(session).landlord_id
    return session.scalar(select(table).where(here, table.id == row_id, *where).with_for_update())

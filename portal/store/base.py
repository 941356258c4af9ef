"""The base of every table: names of constraints, aware times, and rows that belong to one landlord."""

import os
import time
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import DateTime, ForeignKey, LargeBinary, MetaData, Uuid
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


def new_id() -> UUID:
    """A UUID version 7 (RFC 9562): rows made together lie together in every index."""
    value = int.from_bytes(os.urandom(16))
    value &= ~(((1 << 48) - 1) << 80 | 0xF << 76 | 0b11 << 62)
    value |= (time.time_ns() // 1_000_000) << 80 | 7 << 76 | 0b10 << 62
    return UUID(int=value)


class Base(DeclarativeBase):
    """Every table of the portal."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        datetime: DateTime(timezone=True),
        UUID: Uuid(),
        bytes: LargeBinary(),
        dict[str, Any]: JSONB(),
        list[str]: JSONB(),
    }


class Owned:
    """A row that belongs to one landlord and is under forced row security.

    The landlord leads the primary key, so that every index by key starts with it and other owned
    tables can only refer by the pair: a foreign key alone would look past row security.
    """

    landlord_id: Mapped[UUID] = mapped_column(ForeignKey("landlord.id"), primary_key=True, sort_order=-2)
    id: Mapped[UUID] = mapped_column(primary_key=True, sort_order=-1)


class ByAuthor:
    """By whom it was written: the name as it was then, and the account where there is one. Its moment stands beside."""

    account_id: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    actor: Mapped[str]


class Signed(ByAuthor):
    """Signed by time and author: `recorded_at` is when it was written down, whenever it happened."""

    recorded_at: Mapped[datetime]

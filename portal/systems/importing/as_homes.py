"""Lines as homes of the register."""

from collections.abc import Callable, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.domain.importing.homes import Home, HomeColumn, check
from portal.domain.importing.table import Fault, Sheet
from portal.homes.register import service as register
from portal.homes.register.models import OwnHome
from portal.store.audit import Actor
from portal.store.database import scope_of
from portal.systems.importing.models import CaseImport, ImportedCase

Told = Callable[[int], None]


def look(
    session: Session, sheet: Sheet, mapped: dict[HomeColumn, int], asker: UUID, now: datetime
) -> tuple[list[Home], list[Fault]]:
    """Every line as a home, and every fault. What stands here already is replaced, so nothing is asked of it."""
    del session, asker
    return check(sheet, mapped, now)


def make(
    session: Session, row: CaseImport, lines: Sequence[Home], actor: Actor, now: datetime, told: Told
) -> None:
    """Write each home into the register."""
    del actor, now  # whoever brought the file stands with the file
    register.bring(session, row.id, lines, told)


def changed(session: Session, row: CaseImport) -> int:
    """How many of its homes a later file has replaced, or have given their address to a case."""
    here = scope_of(session).landlord_id
    used = (
        select(func.count(OwnHome.id.distinct()))
        .join(ImportedCase, (ImportedCase.landlord_id == here) & (ImportedCase.home_id == OwnHome.id))
        .join(CaseImport, (CaseImport.landlord_id == here) & (CaseImport.id == ImportedCase.import_id))
        .where(OwnHome.landlord_id == here, OwnHome.import_id == row.id, CaseImport.state != "undone")
    )
    return register.left_behind(session, row.id) + (session.scalar(used) or 0)


def take_back(session: Session, row: CaseImport, actor: Actor, now: datetime, told: Told) -> None:
    """Take every home of the file out of the register."""
    del actor, now
    register.take_out(session, row.id)
    told(0)

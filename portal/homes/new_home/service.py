"""The verbs about a new address: keep it, show it to somebody who is named, name somebody, and let it be known.

Sources: whg 2.8; HS-026 4.13, 4.14. It is sealed under a key of its own, stands in no search and on no other page,
and goes with its case when that is erased.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from portal.cases import service as cases
from portal.cases.opening import tell
from portal.domain.errors import PortalError
from portal.domain.permissions import Permission
from portal.homes.flags.placing import stand_at_new_home
from portal.homes.new_home.models import NewHome, NewHomeReader
from portal.homes.new_home.queries import kept
from portal.store import audit
from portal.store.audit import Actor, Fact
from portal.store.base import new_id
from portal.store.database import scope_of
from portal.store.record_keys import box_of, new_box

PLACE, READER = "new_home", "new_home_reader"


class NotNamedError(PortalError):
    """Whoever asks is not named for this address."""


class LastReaderError(PortalError):
    """Somebody has to be able to open it."""


@dataclass(frozen=True, slots=True)
class Address:
    """The secret itself, and from when on they let it be known: None until they say so."""

    lines: str
    known_from: date | None = None
    words: str = ""


def keep(
    session: Session, case_id: UUID, revision: int, address: Address, actor: Actor, now: datetime
) -> None:
    """Keep a new address, or change it. Whoever keeps it first is the first who may open it."""
    case = cases.get(session, case_id, for_update=True)
    known = kept(session, case_id)
    if known is not None and not known.mine:
        raise NotNamedError
    if (known.revision if known else 0) != revision:
        raise cases.EditedMeanwhileError
    said: dict[str, Any] = {"lines": address.lines, "words": address.words}
    if known is None:
        secret_id = new_id()
        sealed = new_box(session, secret_id, now, of_case=case_id).seal_json(PLACE, secret_id, said)
        session.add(
            NewHome(
                landlord_id=case.landlord_id,
                id=secret_id,
                case_id=case_id,
                kept_at=now,
                account_id=actor.account_id,
                actor=actor.name,
                known_from=address.known_from,
                sealed=sealed,
            )
        )
        session.flush()
        _name(session, case_id, secret_id, actor.account_id or secret_id, "Kept it", actor, now)
    else:
        row = _mine(session, case_id)
        before = box_of(session, row.id).open_json(PLACE, row.id, row.sealed)
        if before["lines"] == address.lines:
            said |= {"checked": before.get("checked", {})}
        row.sealed = box_of(session, row.id).seal_json(PLACE, row.id, said)
        row.known_from, row.revision = address.known_from, revision + 1
    stand_at_new_home(session, case_id, address.lines)
    tell(session, case_id, "new_home", actor, now)
    _audit(session, case_id, Fact.NEW_HOME_KEPT, actor, now)


def show(session: Session, case_id: UUID, actor: Actor, now: datetime) -> str:
    """The address, for somebody who may open it. Each showing is written down, and so is each refusal."""
    cases.get(session, case_id)
    lines = lines_of(session, case_id)
    _audit(session, case_id, Fact.NEW_HOME_SHOWN, actor, now)
    return lines


def checked(session: Session, case_id: UUID) -> dict[str, tuple[str, datetime]]:
    """What else gives it away and was gone through, by whom and when; never the address."""
    row = _mine(session, case_id)
    said = box_of(session, row.id).open_json(PLACE, row.id, row.sealed).get("checked", {})
    return {code: (who, datetime.fromisoformat(at)) for code, (who, at) in said.items()}


def go_through(session: Session, case_id: UUID, ticked: frozenset[str], actor: Actor, now: datetime) -> None:
    """Keep what was gone through with them; what stood there already keeps its name and its day."""
    cases.get(session, case_id, for_update=True)
    row = _mine(session, case_id)
    said = box_of(session, row.id).open_json(PLACE, row.id, row.sealed)
    before = said.get("checked", {})
    found = {code: before.get(code, (actor.name, now.isoformat())) for code in sorted(ticked)}
    row.sealed = box_of(session, row.id).seal_json(PLACE, row.id, said | {"checked": found})
    tell(session, case_id, "new_home_checked", actor, now)
    _audit(session, case_id, Fact.NEW_HOME_KEPT, actor, now)


def name(
    session: Session,
    case_id: UUID,
    account_id: UUID,
    why: str,
    actor: Actor,
    now: datetime,
    *,
    is_manager: bool,
) -> None:
    """Name somebody who may open it. A reader names others; a manager too, with the reason, where no reader is left."""
    cases.get(session, case_id, for_update=True)
    known = kept(session, case_id)
    if known is None or not (known.mine or is_manager):
        raise NotNamedError
    if all(each.account_id != account_id for each in known.readers):
        _name(session, case_id, known.id, account_id, why, actor, now)
    tell(session, case_id, "new_home_reader", actor, now, words=why)
    _audit(session, case_id, Fact.NEW_HOME_READER, actor, now, manager=is_manager and not known.mine)


def unname(session: Session, case_id: UUID, reader_id: UUID, actor: Actor, now: datetime) -> None:
    """Somebody may not open it any more; the last one stays until another is named."""
    cases.get(session, case_id, for_update=True)
    known = kept(session, case_id)
    if known is None or not known.mine or all(each.id != reader_id for each in known.readers):
        raise NotNamedError
    if len(known.readers) == 1:
        raise LastReaderError
    session.execute(
        update(NewHomeReader)
        .where(NewHomeReader.landlord_id == scope_of(session).landlord_id, NewHomeReader.id == reader_id)
        .values(ended_at=now)
    )
    tell(session, case_id, "new_home_reader", actor, now)
    _audit(session, case_id, Fact.NEW_HOME_READER, actor, now)


def lines_of(session: Session, case_id: UUID) -> str:
    """The words themselves, for this folder alone; refused to whoever is not named."""
    row = _mine(session, case_id)
    return str(box_of(session, row.id).open_json(PLACE, row.id, row.sealed)["lines"])


def _mine(session: Session, case_id: UUID) -> NewHome:
    row = session.scalar(
        select(NewHome).where(
            NewHome.landlord_id == scope_of(session).landlord_id, NewHome.case_id == case_id
        )
    )
    if row is None:
        raise NotNamedError
    return row


def _name(
    session: Session, case_id: UUID, secret_id: UUID, account_id: UUID, why: str, actor: Actor, now: datetime
) -> None:
    reader_id = new_id()
    session.add(
        NewHomeReader(
            landlord_id=scope_of(session).landlord_id,
            id=reader_id,
            case_id=case_id,
            new_home_id=secret_id,
            account_id=account_id,
            since=now,
            named_by=actor.name,
            sealed=box_of(session, case_id).seal_json(READER, reader_id, {"words": why}),
        )
    )
    session.flush()


def _audit(
    session: Session, case_id: UUID, fact: Fact, actor: Actor, now: datetime, *, manager: bool = False
) -> None:
    audit.record(
        session,
        fact,
        actor,
        now,
        permission=Permission.HOME_DECIDE.value if manager else None,
        subject="case",
        subject_id=case_id,
    )

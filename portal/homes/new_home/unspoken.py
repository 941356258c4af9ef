"""What marks may know of a new address, and nothing else may: keyed hashes and yes or no, never a word of it."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.domain.flags import address_keys
from portal.homes.flags.placing import token_of
from portal.homes.new_home.models import NewHome
from portal.homes.new_home.queries import kept
from portal.homes.new_home.service import NotNamedError, lines_of
from portal.store.database import scope_of

__all__ = ["NotNamedError"]


def found_by(session: Session, case_id: UUID) -> bytes | None:
    """The keyed hash by which a mark is found at the new home; None where none is kept, refused to the unnamed."""
    return token_of(session, lines_of(session, case_id)) if kept(session, case_id) else None


def is_new_home(session: Session, case_id: UUID, address: str) -> bool:
    """Whether this is the address that is kept apart, as far as whoever asks may know."""
    known = kept(session, case_id)
    if known is None or not known.mine:
        return False
    return bool(set(address_keys(address)) & set(address_keys(lines_of(session, case_id))))


def who_may_open(session: Session, case_id: UUID) -> tuple[bool, tuple[str, ...]]:
    """Whether a new address is kept, and by whom it can be opened where whoever asks cannot."""
    known = kept(session, case_id)
    if known is None or known.mine:
        return known is not None, ()
    return True, tuple(each.name for each in known.readers)


def may_be_known(session: Session, case_ids: Collection[UUID], today: date) -> frozenset[UUID]:
    """Of these cases those whose new address may be known by now, as they said themselves."""
    here = scope_of(session).landlord_id
    found = select(NewHome.case_id).where(
        NewHome.landlord_id == here, NewHome.case_id.in_(case_ids), NewHome.known_from <= today
    )
    return frozenset(session.scalars(found)) if case_ids else frozenset()

"""Where marks are found: by keyed hashes of an address, at a home that is kept apart too, in no words."""

from uuid import UUID

from sqlalchemy import update
from sqlalchemy.orm import Session

from portal.domain.flags import address_keys
from portal.homes.flags.models import Flag
from portal.store.database import cipher_of, scope_of

PLACE = "flag-place"


def tokens_of(session: Session, address: str) -> list[bytes]:
    """The keyed hashes of an address, the surest first."""
    cipher = cipher_of(session)
    return [cipher.token(PLACE, key) for key in address_keys(address)]


def token_of(session: Session, address: str) -> bytes | None:
    """The keyed hash under which an address is found."""
    return next(iter(tokens_of(session, address)), None)


def stand_at_new_home(session: Session, case_id: UUID, address: str) -> None:
    """Whatever mark goes with them is found at this address from now on, and at no former one."""
    session.execute(
        update(Flag)
        .where(
            Flag.landlord_id == scope_of(session).landlord_id,
            Flag.case_id == case_id,
            Flag.at_new_home,
            Flag.ended_at.is_(None),
        )
        .values(place=token_of(session, address))
    )

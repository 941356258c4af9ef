"""Where a mark is found that went with somebody to a home which is kept apart: by its keyed hash, in no words."""

from uuid import UUID

from sqlalchemy import update
from sqlalchemy.orm import Session

from portal.homes.flags.models import Flag
from portal.homes.flags.queries import place_token
from portal.store.database import scope_of


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
        .values(place=place_token(session, address))
    )

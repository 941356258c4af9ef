"""What is there for somebody at an agency, or answers as what never was."""

from uuid import UUID

from sqlalchemy.orm import Session

from portal.domain.errors import PortalError
from portal.marac.areas import queries as areas
from portal.marac.areas.queries import AreaRow
from portal.marac.board import queries
from portal.marac.board.queries import BoardRow


class NotOnBoardError(PortalError):
    """Nothing with this id is there for this agency, at this moment."""


def found(session: Session, conference_id: UUID) -> BoardRow:
    """One case; NotOnBoardError for whatever is not there now."""
    row = queries.one(session, conference_id)
    if row is None:
        raise NotOnBoardError
    return row


def mine(session: Session, conference_id: UUID) -> BoardRow:
    """One case of an area that this agency coordinates; for whoever only sits there, there is nothing to decide."""
    row = found(session, conference_id)
    if not row.mine:
        raise NotOnBoardError
    return row


def my_areas(session: Session, agency_id: UUID) -> list[AreaRow]:
    """The areas that the agency coordinates or sits in."""
    return [
        each
        for each in areas.areas(session)
        if each.agency_id == agency_id or any(seat.agency_id == agency_id for seat in each.seats)
    ]

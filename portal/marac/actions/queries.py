"""The actions of the conference, as far as they are there for whoever asks."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from portal.domain.marac import ActionState, Ended, state_of
from portal.marac.actions.models import MaracAction
from portal.partners.agencies.models import Agency
from portal.partners.grants.keys import NoKeyError, box_of
from portal.store.tenancy import Landlord

PLACE = "marac_action"


@dataclass(frozen=True, slots=True)
class ActionRow:
    """One action; without an agency it is the landlord's."""

    id: UUID
    landlord_id: UUID
    landlord: str
    case_id: UUID
    conference_id: UUID
    agency_id: UUID | None
    agency: str
    due_on: date
    shown: bool
    made_name: str
    ended: Ended | None
    ended_at: datetime | None
    ended_name: str | None
    words: str

    @property
    def whose(self) -> str:
        """The body that does it."""
        return self.agency or self.landlord

    def state(self, today: date) -> ActionState:
        """How it stands on a day."""
        return state_of(self.due_on, self.ended, today)


def of_referral(session: Session, landlord_id: UUID, conference_id: UUID) -> list[ActionRow]:
    """Every action of one case that is there, those that are open first."""
    query = _actions().where(MaracAction.landlord_id == landlord_id, MaracAction.referral_id == conference_id)
    return _rows(session, query)


def of_agency(session: Session, agency_id: UUID) -> list[ActionRow]:
    """What this agency has to do, over all landlords and areas."""
    return _rows(session, _actions().where(MaracAction.agency_id == agency_id, MaracAction.ended_at.is_(None)))


def open_ones(session: Session) -> list[ActionRow]:
    """Everything open that is there: for a coordinator, what is outstanding at every body."""
    return _rows(session, _actions().where(MaracAction.ended_at.is_(None)))


def _actions() -> Select[MaracAction, str, str]:
    return (
        select(MaracAction, Landlord.name, Agency.name)
        .join(Landlord, Landlord.id == MaracAction.landlord_id)
        .join(Agency, Agency.id == MaracAction.agency_id, isouter=True)
        .order_by(MaracAction.ended_at.is_not(None), MaracAction.due_on, MaracAction.id)
    )


def _rows(session: Session, query: Select[MaracAction, str, str]) -> list[ActionRow]:
    found = []
    for kept, landlord, agency in session.execute(query):
        try:
            words = box_of(session, kept.landlord_id, kept.id).open(PLACE, kept.id, kept.sealed)
        except NoKeyError:  # its time ended between the two questions
            continue
        found.append(
            ActionRow(
                id=kept.id,
                landlord_id=kept.landlord_id,
                landlord=landlord,
                case_id=kept.case_id,
                conference_id=kept.referral_id,
                agency_id=kept.agency_id,
                agency=agency or "",
                due_on=kept.due_on,
                shown=kept.shown,
                made_name=kept.made_name,
                ended=Ended(kept.ending) if kept.ending else None,
                ended_at=kept.ended_at,
                ended_name=kept.ended_name,
                words=words,
            )
        )
    return found

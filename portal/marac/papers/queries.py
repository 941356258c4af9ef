"""What was written for one case before the conference, as far as it is there for whoever asks."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.domain.marac import Shown
from portal.marac.papers.models import MaracPaper
from portal.partners.agencies.models import Agency
from portal.partners.grants.keys import NoKeyError, box_of

PLACE = "marac_paper"


@dataclass(frozen=True, slots=True)
class PaperRow:
    """One paper; `agency` is empty for the landlord's own."""

    id: UUID
    action_id: UUID | None
    agency_id: UUID | None
    agency: str
    actor: str
    at: datetime
    shown: Shown
    revision: int
    words: str


def of_referral(session: Session, landlord_id: UUID, conference_id: UUID) -> list[PaperRow]:
    """Everything of it that is there, the newest first. No query here says for whom: the database does."""
    rows = session.execute(
        select(MaracPaper, Agency.name)
        .join(Agency, Agency.id == MaracPaper.agency_id, isouter=True)
        .where(MaracPaper.landlord_id == landlord_id, MaracPaper.referral_id == conference_id)
        .order_by(MaracPaper.at.desc(), MaracPaper.id)
    )
    found = []
    for kept, agency in rows:
        try:
            words = box_of(session, landlord_id, kept.id).open(PLACE, kept.id, kept.sealed)
        except NoKeyError:  # its time ended between the two questions
            continue
        found.append(
            PaperRow(
                kept.id, kept.action_id, kept.agency_id, agency or "", kept.actor, kept.at, Shown(kept.shown),
                kept.revision, words,
            )
        )  # fmt: skip
    return found


def research(papers: list[PaperRow]) -> list[PaperRow]:
    """The research sheets among them."""
    return [each for each in papers if each.action_id is None]

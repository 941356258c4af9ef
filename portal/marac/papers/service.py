"""The verbs about what a body writes for the conference: it stays its own until it shows it.

The same for the landlord's own sheet and for an agency's: the scope decides whose it is, and the database refuses
any other. Sources: whg 2.12; STAR 3.9; HS-026 4.9: contribute; minimum and proportionate, as data protection law asks.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.domain.errors import PortalError
from portal.domain.marac import Shown
from portal.marac.papers.models import MaracPaper
from portal.marac.papers.queries import PLACE
from portal.partners.grants.keys import box_of, keep, made
from portal.store.audit import Actor
from portal.store.base import new_id


class PaperChangedError(PortalError):
    """Somebody of the same body changed it since the page was opened."""


@dataclass(frozen=True, slots=True)
class About:
    """What it is about: a case before the conference, and an action where it says what came of one."""

    landlord_id: UUID
    case_id: UUID
    conference_id: UUID
    action_id: UUID | None = None


def write(
    session: Session, about: About, agency_id: UUID | None, words: str, shown: Shown, revision: int,
    actor: Actor, now: datetime,
) -> UUID:  # fmt: skip
    """Keep a body's sheet; the one that it has already is changed. Without an agency it is the landlord's own."""
    if actor.account_id is None:
        message = "Somebody writes it."
        raise PermissionError(message)
    kept = session.scalar(
        select(MaracPaper)
        .where(
            MaracPaper.landlord_id == about.landlord_id,
            MaracPaper.referral_id == about.conference_id,
            MaracPaper.action_id.is_(None) if about.action_id is None else MaracPaper.action_id == about.action_id,
            MaracPaper.agency_id.is_(None) if agency_id is None else MaracPaper.agency_id == agency_id,
        )
        .with_for_update()
    )
    if (kept.revision if kept else 0) != revision:
        raise PaperChangedError
    if kept:
        box = box_of(session, about.landlord_id, kept.id)
        kept.sealed, kept.shown, kept.at = box.seal(PLACE, kept.id, words), shown.value, now
        kept.actor, kept.account_id = actor.name, actor.account_id
        kept.revision += 1
        session.flush()
        return kept.id
    paper_id = new_id()
    box, wrapped = made(session, about.landlord_id, paper_id)
    session.add(
        MaracPaper(
            landlord_id=about.landlord_id,
            id=paper_id,
            case_id=about.case_id,
            referral_id=about.conference_id,
            action_id=about.action_id,
            agency_id=agency_id,
            account_id=actor.account_id,
            actor=actor.name,
            at=now,
            shown=shown.value,
            sealed=box.seal(PLACE, paper_id, words),
        )
    )
    keep(session, about.landlord_id, paper_id, about.case_id, wrapped, now)
    return paper_id

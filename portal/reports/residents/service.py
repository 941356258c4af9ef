"""The verbs: load a profile, and compare a quarter with it. The impact assessment takes its figures from `beside`."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.domain.equality import QUESTIONS
from portal.domain.figures import Quarter
from portal.domain.residents import Compared, compared, read
from portal.reports.performance import published
from portal.reports.residents.models import ResidentProfile
from portal.store import audit
from portal.store.audit import Actor, Fact
from portal.store.base import new_id
from portal.store.database import scope_of


@dataclass(frozen=True, slots=True)
class Found:
    """A quarter beside the profile, if one is loaded."""

    quarter: Quarter
    questions: tuple[Compared, ...]
    profile: ResidentProfile | None


def load(session: Session, text: str, as_of: date, source: str, actor: Actor, now: datetime) -> None:
    """Keep a profile; it counts from now on, and the one before stays on record."""
    numbers = read(text)
    row = ResidentProfile(
        landlord_id=scope_of(session).landlord_id,
        id=new_id(),
        as_of=as_of,
        source=source,
        loaded_at=now,
        loaded_by=actor.name,
        numbers=numbers,
    )
    session.add(row)
    session.flush()
    audit.record(session, Fact.RESIDENTS_LOADED, actor, now, subject="resident_profile", subject_id=row.id)


def newest(session: Session) -> ResidentProfile | None:
    """The profile that counts."""
    here = ResidentProfile.landlord_id == scope_of(session).landlord_id
    return session.scalar(select(ResidentProfile).where(here).order_by(ResidentProfile.loaded_at.desc()).limit(1))


def beside(session: Session, quarter: Quarter, now: datetime) -> Found:
    """Who asked for help in a quarter beside who lives here: published figures alone, so that nobody is in it."""
    profile = newest(session)
    figures = published.of(session, quarter, now).figures
    numbers = profile.numbers if profile else None
    questions = tuple(compared(name, figures[f"equality-{name}"], numbers) for name in QUESTIONS)
    return Found(quarter, questions, profile)


def look(session: Session, quarter: Quarter, actor: Actor, now: datetime) -> Found:
    """The same for somebody who reads it; that it was read is written down."""
    audit.record(session, Fact.FIGURES_READ, actor, now, detail=f"residents {quarter}")
    return beside(session, quarter, now)

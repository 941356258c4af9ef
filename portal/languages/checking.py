"""What is known of each translation: nothing until a speaker has read it, and nothing again once a word of it changes.

No policy asks for it: the portal's own rule. A sentence that says the wrong thing in a language which nobody here
reads can send somebody to the wrong place.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.domain.errors import PortalError
from portal.domain.languages import Language
from portal.languages.models import LanguageCheck
from portal.store import audit
from portal.store.audit import Actor, Fact
from portal.store.base import new_id
from portal.store.database import scope_of


class Verdict(StrEnum):
    """What a speaker says of it."""

    RIGHT = "right"
    BOUGHT = "bought"
    WRONG = "wrong"


class Standing(StrEnum):
    """How a translation stands."""

    UNCHECKED = "unchecked"
    CHANGED = "changed"
    WRONG = "wrong"
    CHECKED = "checked"


class ChangedMeanwhileError(PortalError):
    """The sentences are no longer those that were read."""


@dataclass(frozen=True, slots=True)
class Checked:
    """One language, and the newest word about it."""

    language: Language
    standing: Standing
    by: str = ""
    at: datetime | None = None
    verdict: Verdict | None = None


def standings(session: Session, spoken: Iterable[tuple[Language, str]]) -> list[Checked]:
    """Each language with the digest of its sentences, as it stands at this landlord."""
    newest = select(LanguageCheck).where(LanguageCheck.landlord_id == scope_of(session).landlord_id)
    by_code = {row.code: row for row in session.scalars(newest.order_by(LanguageCheck.checked_at, LanguageCheck.id))}
    return [_standing(language, digest, by_code.get(language.code)) for language, digest in spoken]


def check(session: Session, code: str, read: str, stands: str, verdict: Verdict, actor: Actor, now: datetime) -> None:
    """Keep what a speaker says of the sentences with the digest `read`; refused where others stand there by now."""
    if read != stands:
        raise ChangedMeanwhileError
    session.add(
        LanguageCheck(
            landlord_id=scope_of(session).landlord_id,
            id=new_id(),
            code=code,
            digest=read,
            verdict=verdict,
            account_id=actor.account_id,
            actor=actor.name,
            checked_at=now,
        )
    )
    audit.record(session, Fact.LANGUAGE_CHECKED, actor, now, detail=f"{code}:{verdict}:{read}")


def _standing(language: Language, digest: str, row: LanguageCheck | None) -> Checked:
    if row is None:
        return Checked(language, Standing.UNCHECKED)
    verdict = Verdict(row.verdict)
    standing = Standing.WRONG if verdict is Verdict.WRONG else Standing.CHECKED
    if row.digest != digest:
        standing = Standing.CHANGED
    return Checked(language, standing, row.actor, row.checked_at, verdict)

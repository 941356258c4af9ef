"""Which language a browser chose: kept on the server for two hours, and wiped by leaving."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from portal.domain.languages import ENGLISH, LANGUAGES
from portal.referrals import drafts

LASTS = timedelta(hours=2)
KIND, PAGE, CODE = "words", "language", "code"


def choose(session: Session, held: str, code: str, now: datetime) -> str:
    """Keep a choice and give its secret; English needs none, and an unknown language is English."""
    drafts.wipe(session, [held])
    if code not in LANGUAGES or code == ENGLISH.code:
        return ""
    secret = drafts.new_secret()
    drafts.keep(session, secret, KIND, PAGE, {CODE: code}, now, LASTS)
    return secret


def chosen(session: Session, secret: str, now: datetime) -> str | None:
    """The language under this secret, while it lasts."""
    kept = drafts.read(session, secret, KIND, now)
    return kept.said[PAGE][CODE] if kept else None

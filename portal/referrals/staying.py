"""What a browser holds of ours: kept longer while somebody is there, and gone soon once the page is closed."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from portal.referrals import drafts
from portal.referrals.coming_back import visits


def stay(session: Session, held: Mapping[str, str], visit: str, now: datetime) -> None:
    """Somebody is still there: the time begins anew, for answers by their way and for a visit with a number."""
    drafts.stay(session, held, now)
    visits.hold(session, visit, now)


def close(session: Session, held: Iterable[str], visit: str, now: datetime) -> None:
    """The page was closed: a visit is over at once, and answers are gone in a moment unless somebody goes on."""
    drafts.fade(session, held, now)
    visits.end(session, visit)

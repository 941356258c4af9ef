"""The verb: keep what somebody answered about themselves, apart. Not audited: that would tell when, so who."""

from collections.abc import Mapping
from datetime import datetime
from uuid import uuid4

from sqlalchemy.orm import Session

from portal.domain.calendar import in_london
from portal.domain.equality import NOT_SAID, QUESTIONS
from portal.equality.models import EqualityAnswers
from portal.store.database import scope_of


def keep(session: Session, answers: Mapping[str, str], now: datetime) -> None:
    """Keep the answers that are known; where none was given, nothing is kept."""
    said = {
        name: code
        for name, code in answers.items()
        if name in QUESTIONS and (code in QUESTIONS[name].answers or code == NOT_SAID)
    }
    if said:
        month = in_london(now).date().replace(day=1)
        session.add(EqualityAnswers(landlord_id=scope_of(session).landlord_id, id=uuid4(), month=month, answers=said))

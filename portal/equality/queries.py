"""Counts for figures. Small numbers have to be kept back by whoever shows them (portal.reports)."""

from collections import Counter
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.domain.equality import NOT_SAID, QUESTIONS
from portal.equality.models import EqualityAnswers
from portal.store.database import scope_of


def counts(session: Session, since: date, until: date) -> dict[str, dict[str, int]]:
    """For each question, how often each answer was given in the months from `since` to before `until`.

    Every answer is there, with 0 where nobody gave it; NOT_SAID counts those who chose not to say.
    """
    rows = session.scalars(
        select(EqualityAnswers.answers).where(
            EqualityAnswers.landlord_id == scope_of(session).landlord_id,
            EqualityAnswers.month >= since,
            EqualityAnswers.month < until,
        )
    )
    found = {name: Counter[str]() for name in QUESTIONS}
    for answers in rows:
        for name, code in answers.items():
            found[name][code] += 1
    return {
        name: {code: found[name][code] for code in (*question.answers, NOT_SAID)}
        for name, question in QUESTIONS.items()
    }

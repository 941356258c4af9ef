"""Answers for figures. Nothing leads from them to anybody: no report, no case, no account, no moment."""

from datetime import date
from typing import Any

from sqlalchemy import Index
from sqlalchemy.orm import Mapped

from portal.store.base import Base, Owned


class EqualityAnswers(Owned, Base):
    """What one person answered. The id is random and not made of the time; of the time only the month is kept.

    `answers` holds codes of portal.domain.equality: what was left out is not in it.
    """

    __tablename__ = "equality_answers"

    month: Mapped[date]
    answers: Mapped[dict[str, Any]]

    __table_args__ = (Index("ix_equality_answers_month", "landlord_id", "month"),)

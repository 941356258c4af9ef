"""Who said of a translation that it is right, or that it is not."""

from datetime import datetime

from sqlalchemy import Index
from sqlalchemy.orm import Mapped

from portal.store.base import Base, ByAuthor, Owned


class LanguageCheck(Owned, ByAuthor, Base):
    """A speaker's word about one language as it stood: `digest` is of every sentence, in English and in it."""

    __tablename__ = "language_check"

    code: Mapped[str]
    digest: Mapped[str]
    verdict: Mapped[str]
    checked_at: Mapped[datetime]

    __table_args__ = (Index("ix_language_check_code", "landlord_id", "code", "checked_at"),)

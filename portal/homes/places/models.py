"""Postcodes and where they lie. Public data of nobody; which of them anybody asks about is kept nowhere."""

from sqlalchemy.orm import Mapped, mapped_column

from portal.store.base import Base


class Postcode(Base):
    """One postcode, as "NN1 4AB", with its easting and northing on the national grid in metres."""

    __tablename__ = "postcode"

    code: Mapped[str] = mapped_column(primary_key=True)
    east: Mapped[int]
    north: Mapped[int]

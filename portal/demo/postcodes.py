"""A table of postcodes that no part of Great Britain has, so that the demonstration can measure and draw."""

from portal.homes.places.loading import load
from portal.store.database import Database
from portal.store.scope import PlatformScope

TABLE = """postcode,eastings,northings
XA1 1AA,402000,301000
XA1 2AB,403500,302200
XA2 1AA,407000,304000
XA3 1AA,411000,299000
XA3 1AB,411800,299600
XB9 9AA,424000,310000
"""


def lay_out(database: Database) -> None:
    """Where the invented places lie. Twice is as good as once."""
    with database.work(PlatformScope("the demonstration")) as session:
        load(session, TABLE.splitlines())

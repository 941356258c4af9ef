"""What follows: once a quarter is over, its figures are counted and kept."""

from datetime import datetime

from portal.reports.performance import published
from portal.store.database import beside, scope_of
from portal.store.scope import NOBODY, LandlordScope
from portal.work.programme import Open

AT_ONCE = 2
"""How many quarters one job counts: of very many cases each takes seconds, and a job has thirty."""


def keep_figures(open_: Open, now: datetime) -> None:
    """Keep the newest quarters of which nothing is kept yet, counted with nobody's eyes, each by itself."""
    with open_() as session:
        nobody = LandlordScope(scope_of(session).landlord_id, staff_cases=False, reader=NOBODY)
        for quarter in published.missing(session, now)[:AT_ONCE]:
            with beside(session, nobody) as counting:
                published.keep(counting, quarter, now)

"""Every night: each landlord that takes part writes its own rates, for itself alone."""

from datetime import datetime

from portal.reports.benchmark import service
from portal.work.programme import Open


def write_benchmark(open_: Open, now: datetime) -> None:
    """What is there already is not written again."""
    with open_() as session:
        service.write(session, now)

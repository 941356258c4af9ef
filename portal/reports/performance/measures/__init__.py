"""Every measure, in the order in which they are read."""

from portal.reports.performance.measures import (
    alike,
    clocks,
    complaints,
    conference,
    equality,
    feedback,
    flow,
    homes,
    open_now,
    protection,
    quality,
)
from portal.reports.performance.measures.measure import Measure, When

MEASURES: tuple[Measure, ...] = (
    *flow.MEASURES,
    *clocks.MEASURES,
    *open_now.MEASURES,
    *protection.MEASURES,
    *conference.MEASURES,
    *homes.MEASURES,
    *quality.MEASURES,
    *alike.MEASURES,
    *complaints.MEASURES,
    *feedback.MEASURES,
    *equality.MEASURES,
)
BY_KEY = {each.key: each for each in MEASURES}
GROUPS = tuple(dict.fromkeys(each.group for each in MEASURES))

__all__ = ["BY_KEY", "GROUPS", "MEASURES", "Measure", "When"]

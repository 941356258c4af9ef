"""Nobody meets a clock with a contact from before it began, whether by mistake or to look punctual."""

from datetime import timedelta

import pytest

from portal.deadlines import service as deadlines
from portal.domain.clock import StopAct
from tests.places import LONG_AGO, Place

LATER = LONG_AGO + timedelta(days=3)


@pytest.mark.parametrize(
    ("earlier", "met"),
    [(timedelta(days=3000), 0), (timedelta(minutes=2), 0), (timedelta(seconds=59), 1), (timedelta(0), 1)],
)
def test_a_contact_from_before_the_report_meets_nothing(place: Place, earlier: timedelta, met: int) -> None:
    case_id = place.case(place.report())
    with place.work() as session:
        found = deadlines.meet(
            session, case_id, StopAct.RESPONDED, place.actor(None), LONG_AGO - earlier, LATER
        )
        assert len(found) == met

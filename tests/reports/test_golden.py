"""Every measure, against figures that were worked out by hand from tests/reports/golden.py."""

import pytest

from portal.domain.figures import Counted, Quarter
from portal.reports.performance import queries
from portal.reports.performance.measures import BY_KEY, MEASURES, When
from tests.desk import Desk
from tests.reports.golden import NOW, Golden, golden

QUARTER = Quarter(2026, 1)
BY_HAND: dict[str, dict[str, int]] = {
    "reports": {"person": 5, "others": 2},  # A B C E and one more; D and the card
    "reports-person": {"self": 4, "staff_entry": 1},
    "reports-language": {"en": 3, "pl": 1},
    "reports-others": {"someone_else": 1, "concern_card": 1},
    "reports-became": {"opened": 5, "new": 2},
    "opened": {"open": 3, "closed": 1, "again": 1},  # A D E; C; B
    "people": {"survivor": 5, "child": 1, "child_victim": 1},
    "closed": {"helped": 1},  # B is open again
    "closed-risk": {"medium": 1},
    "clock-disclosure": {
        "in_time": 1,
        "their_time": 1,
        "late": 1,
        "never": 1,
        "overdue": 1,
    },  # A B C E and the report
    "clock-concern": {"overdue": 2},
    "clock-threat-to-life": {},
    "clock-unsafe-damage": {"open": 1},  # E: HS-026 states no time
    "clock-security": {},
    "open-risk": {"high": 2, "medium": 1, "none": 2},  # A B; D; E F
    "open-age": {"4-weeks": 4, "quarter": 1},  # F is 88 days old
    "open-due": {"overdue": 2, "none": 3},  # D F; A B, and E whose damage has no time
    "concerns": {"day": 1, "3-days": 1, "later": 1, "waits": 1},
    "safeguarding-referrals": {"answered": 1, "waits": 1, "chase": 1},
    "plans": {"current": 1, "overdue": 1, "no-day": 1, "none": 2},  # A; B; D; E F
    "signposts": {"case": 2, "desk": 1},
    "hardening": {},  # see tests/cases/advice
    "alike-kept": {"none": 2},  # A B, who asked for nothing in particular
    "alike-missed": {"none": 3},  # C E late or never; D
    "alike-helped": {"none": 1},  # C
    "alike-other": {},
    "measures": {"done": 2, "asked": 1},
    "damage": {"mended": 1, "unsafe": 1},
    "moves": {"agreed": 1, "moved": 1},
    "moved": {"four": 1},  # B, ten days after the decision
    "offers": {"accepted": 1, "refused_unsafe": 1},
    "steps": {"agreed": 1, "ended": 2},  # a notice to quit that came to us is none of ours
    "contacts-written": {"soon": 1, "3-days": 1, "late": 1},
    "incidents-written": {"soon": 1},
    "lacking": {"complete": 1, "nobody": 2, "unseen": 1, "again": 1},  # A; E F; B; D
    "reviews": {"done": 1, "waits": 1},
    "marac-sent": {"day": 1, "later": 1, "after": 1, "waits": 1},
    "marac-stand": {"heard": 1, "sent": 2, "waiting": 1},
    "marac-actions": {"in_time": 1, "late": 1, "unable": 1, "overdue": 1, "open": 1},
    "flags": {"current": 1, "overdue": 1},
    "complaints": {},  # see test_complaints.py
    "complaint-clocks": {},
}
HOURS = {
    "reports": [0.0],  # those that were opened were opened at once
    "clock-disclosure": [48.0],  # of 2, 48 and 100
    "opened": [144.0],  # plans on the 9th, at 10:00, of A (7 days), B (6) and D (4)
    "moved": [240.0],  # B from the 10th to the 20th
    "closed": [240.0],  # C from the 4th to the 14th
}


@pytest.fixture
def there(desk: Desk) -> Golden:
    """The weeks of casework."""
    return golden(desk)


def counted(desk: Desk) -> dict[str, Counted]:
    with desk.place.work() as session:
        return {
            each.key: each for each in queries.counted(session, MEASURES, When(desk.place.id, QUARTER, NOW))
        }


def test_every_measure_is_what_was_worked_out_by_hand(there: Golden) -> None:
    found = {key: each for key, each in counted(there.desk).items() if not BY_KEY[key].for_nobody}
    assert set(found) == set(BY_HAND), "each measure has its figure"
    for key, by_hand in BY_HAND.items():
        assert {name: number for name, number in found[key].cells.items() if number} == by_hand, key
        assert set(found[key].cells) <= set(BY_KEY[key].cells), f"{key} has a cell without words"
    for key, hours in HOURS.items():
        assert [each.hours for each in found[key].took] == hours, key


def test_the_quarter_before_has_its_own_figures(there: Golden) -> None:
    with there.desk.place.work() as session:
        when = When(there.desk.place.id, QUARTER.before(), NOW)
        before = {each.key: each.all for each in queries.counted(session, MEASURES, when)}
    assert (before["reports"], before["opened"], before["clock-concern"]) == (1, 1, 0)
    assert before["open-risk"] == 5, "what stands as of now is no different"


def test_the_list_behind_each_number_has_as_many_as_the_number_says(there: Golden) -> None:
    when = When(there.desk.place.id, QUARTER, NOW)
    with there.desk.place.work() as session:
        for key, cells in BY_HAND.items():
            for cell, number in cells.items():
                found = queries.behind(session, BY_KEY[key], cell, when, 1)
                assert sum(each.times for each in found.rows) + found.without == number, f"{key} {cell}"

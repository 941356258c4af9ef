"""The conference about people at high risk (MARAC): who goes to it, by when, and what follows."""

from portal.domain.marac.actions import ActionState, Ended, state_of
from portal.domain.marac.areas import Known, Lines, criteria_met, lines_on
from portal.domain.marac.at_once import AT_ONCE
from portal.domain.marac.dates import a_year_on, closing_day, is_late, is_repeat, next_open
from portal.domain.marac.states import Shown, State, may_become

__all__ = [
    "AT_ONCE",
    "ActionState",
    "Ended",
    "Known",
    "Lines",
    "Shown",
    "State",
    "a_year_on",
    "closing_day",
    "criteria_met",
    "is_late",
    "is_repeat",
    "lines_on",
    "may_become",
    "next_open",
    "state_of",
]

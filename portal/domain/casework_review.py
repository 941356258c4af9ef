"""The checklist of a casework review and its score. Sources: whg 2.2, 3.4; HS-026 6.2; STAR 3.12, section 9."""

from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum

from portal.domain.policy.casework import CaseworkRhythm


class Item(StrEnum):
    """What is looked at. The list is the portal's own; a clause stands beside what a policy names."""

    IN_TIME = "in_time"
    SAFELY = "safely"
    RISK = "risk"
    PLAN = "plan"
    WISHES = "wishes"
    ADVICE = "advice"
    SAFEGUARDING = "safeguarding"
    SHARING = "sharing"
    RECORD = "record"
    NEXT_STEP = "next_step"


ITEMS: dict[Item, str] = {
    Item.IN_TIME: "They were reached in the time that the policy states",
    Item.SAFELY: "Every contact kept to what they said is safe",
    Item.RISK: "Risk is assessed, and looked at again when something changed",
    Item.PLAN: "There is a plan that they agreed to, and it is followed",
    Item.WISHES: "Their wishes are on record before each step",
    Item.ADVICE: "They were given advice, and it is written down",
    Item.SAFEGUARDING: "Children and adults at risk were thought of and referred",
    Item.SHARING: "Whatever was shared had consent or a recorded basis",
    Item.RECORD: "The record is factual, dated, signed and written in time",
    Item.NEXT_STEP: "There is a next step with a date, or a reason why not",
}


class Mark(StrEnum):
    """How far an item is met."""

    MET = "met"
    PARTLY = "partly"
    NOT_MET = "not_met"
    NOT_ASKED = "not_asked"


WORTH = {Mark.MET: 2, Mark.PARTLY: 1, Mark.NOT_MET: 0}


def score(marks: Mapping[Item, Mark]) -> int | None:
    """Per cent of what could be met, to the nearest whole number; None where no item applied."""
    counted = [WORTH[mark] for mark in marks.values() if mark in WORTH]
    return round(100 * sum(counted) / (2 * len(counted))) if counted else None


def next_sample(rhythm: CaseworkRhythm, last_drawn: date | None, oldest: date | None) -> date | None:
    """The day by which a sample is to be drawn: counted from the last one, at first from the oldest case."""
    start = last_drawn or oldest
    return start + timedelta(days=rhythm.every_days) if start else None


def look_by(rhythm: CaseworkRhythm, drawn: date) -> date:
    """The day by which somebody is to have looked at a case that was drawn."""
    return drawn + timedelta(days=rhythm.within_days)

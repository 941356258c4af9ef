"""An area's own numbers, each since a day, and which of the four criteria a case meets by them.

Source: SafeLives referral criteria; HS-026 4.7 ("local authority threshold"); NPH Dealing with cases, para 3.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from portal.domain.policy.risk import PORTAL_ESCALATION
from portal.domain.risk import Criterion

SAFELIVES_COUNT = 14
"""Answers of yes from which the risk is visibly high, as SafeLives suggests, where an area says nothing."""


@dataclass(frozen=True, slots=True)
class Lines:
    """From how many answers of yes, and from how many incidents in twelve months, a case is heard; since a day."""

    since: date
    threshold: int = SAFELIVES_COUNT
    incidents: int = PORTAL_ESCALATION


@dataclass(frozen=True, slots=True)
class Known:
    """What the record of a case says. `yes` is None where nobody has assessed it."""

    yes: int | None = None
    judged_high: bool = False
    incidents: int = 0
    heard_lately: bool = False


def lines_on(history: Iterable[Lines], day: date) -> Lines:
    """The numbers that held on a day: a later change leaves what was assessed before as it was."""
    held = [each for each in history if each.since <= day]
    return max(held, key=lambda each: each.since, default=Lines(date.min))


def criteria_met(known: Known, lines: Lines) -> tuple[Criterion, ...]:
    """Which criteria the record bears out; judgement can always add itself, and nothing takes one away."""
    met = {
        Criterion.VISIBLE: known.yes is not None and known.yes >= lines.threshold,
        Criterion.JUDGEMENT: known.judged_high,
        Criterion.ESCALATION: known.incidents >= lines.incidents,
        Criterion.REPEAT: known.heard_lately,
    }
    return tuple(each for each, is_so in met.items() if is_so)

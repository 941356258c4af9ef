"""Whether somebody who harms is kept off the housing register, or put into a reduced band.

Sources: NPH Access to Housing. The policy names no list of robust information and no standard for the reduced band:
the landlord enters its own list, and whoever decides says what the decision rests on. Everybody may answer.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from portal.domain.policy import Policy
from portal.domain.policy.perpetrators import Evidence
from portal.domain.rehousing.board import Reason
from portal.domain.securing import Refusal


class Verdict(StrEnum):
    """What an investigation ends with."""

    NOTHING = "nothing"
    KEPT_OFF = "kept_off"
    REDUCED = "reduced"


class Place(StrEnum):
    """Where somebody stands with the register when the information comes."""

    APPLYING = "applying"
    ACCEPTED = "accepted"


class Reply(StrEnum):
    """Whether their answer was heard."""

    HEARD = "heard"
    NONE = "none"
    NOT_SAFE = "not_safe"


@dataclass(frozen=True, slots=True)
class Found:
    """What an investigation found."""

    verdict: Verdict
    evidence: tuple[Evidence, ...]
    source: str
    reason: str
    reply: Reply | None
    review_on: date | None


def against(
    policy: Policy, place: Place, found: Found, today: date, *, is_manager: bool
) -> tuple[Refusal, ...]:
    """Everything that this decision lacks; empty where it may stand."""
    return tuple(_against(policy, place, found, today, is_manager=is_manager))


def _against(
    policy: Policy, place: Place, found: Found, today: date, *, is_manager: bool
) -> Iterator[Refusal]:
    rules = policy.perpetrators
    off, band = rules.register_access, rules.register_band
    if not found.reason.strip():
        yield Refusal(
            "reason", Reason("Write why, and under which part of the allocation policy.", off.clause)
        )
    if not found.evidence or not found.source.strip():
        yield Refusal("evidence", Reason("Choose what it rests on, and name the source.", off.clause))
    if found.reply is None:
        yield Refusal("reply", Reason("Say whether their answer was heard, or why that was not safe."))
    if found.verdict is Verdict.NOTHING:
        return
    if not is_manager:
        yield Refusal("verdict", Reason("A manager decides this.", (off if off.value else band).clause))
    if found.review_on is None or found.review_on <= today:
        yield Refusal("review_on", Reason("Enter a day to come on which it is looked at again."))
    yield from (
        _kept_off(policy, place, found) if found.verdict is Verdict.KEPT_OFF else _reduced(policy, place)
    )


def _kept_off(policy: Policy, place: Place, found: Found) -> Iterator[Refusal]:
    rule, robust = policy.perpetrators.register_access, policy.perpetrators.robust.value or ()
    if not rule.value:
        yield Refusal("verdict", Reason("This policy keeps nobody off the register."))
    elif place is Place.ACCEPTED:
        says = "They are accepted already: the policy gives a reduced band, and takes nobody off."
        yield Refusal("verdict", Reason(says, policy.perpetrators.register_band.clause))
    elif not set(found.evidence) & set(robust):
        says = "None of this is on the list of robust information: nobody is kept off on less."
        yield Refusal("evidence", Reason(says, rule.clause))


def _reduced(policy: Policy, place: Place) -> Iterator[Refusal]:
    rule = policy.perpetrators.register_band
    if not rule.value:
        yield Refusal("verdict", Reason("This policy has no reduced band."))
    elif place is not Place.ACCEPTED:
        yield Refusal("verdict", Reason("A reduced band is for those who are accepted already.", rule.clause))

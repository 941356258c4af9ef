"""What a policy offers around the home itself: staying safely, what it costs, and moving."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from portal.domain.policy.stated import Frozen, Stated, Words


class Usually(StrEnum):
    """How firmly a rule about offers is meant."""

    ALWAYS = "always"
    NORMALLY = "normally"


class Security(Frozen):
    """Making the present home safer."""

    stance: Stated[str]
    measures: Stated[tuple[Words, ...]]
    advice: Stated[tuple[Words, ...]]
    signposted_measures: Stated[tuple[Words, ...]]
    asked_for_by: Stated[str]
    decision: Stated[str]
    urgency: Stated[str]
    locks: Stated[str]


class Money(Frozen):
    """Who pays for damage, security and a move."""

    budget: Stated[str]
    recharge: Stated[str]
    damage_costs: Stated[str]
    arrears: Stated[str]
    arrears_decision: Stated[str]
    rent_during_move: Stated[str]


class Rehousing(Frozen):
    """Moving to another home."""

    route: Stated[str]
    considered_when: Stated[str]
    temporary: Stated[str]
    decision: Stated[str]
    consulted: Stated[tuple[Words, ...]]
    band: Stated[str]
    need: Stated[str]
    offers: Stated[Annotated[int, Field(gt=0)]]
    like_for_like: Stated[Usually]
    area: Stated[str]
    no_priority: Stated[str]
    other_landlord: Stated[str]
    local_connection: Stated[str]
    tenure: Stated[str]
    ending_tenancy: Stated[str]
    conditions: Stated[str]
    aftercare: Stated[str]

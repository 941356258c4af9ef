"""What a policy offers somebody who is not safe at home, as values that a rule can read; words stand in homes.py."""

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field, model_validator

from portal.domain.policy.stated import Frozen, Origin, Stated, Words
from portal.domain.policy.unfit import UnfitError


class OptionKind(StrEnum):
    """What can be done about somebody's home, in the order in which it is thought of: staying comes first."""

    STAY = "stay"
    STAY_SECURED = "stay_secured"
    TRANSFER = "transfer"
    DIRECT_LET = "direct_let"
    COUNCIL = "council"
    TEMPORARY = "temporary"
    RECIPROCAL = "reciprocal"
    OUT_OF_AREA = "out_of_area"


class Condition(StrEnum):
    """Something that has to be so before an option is open."""

    HOME_SAFE = "home_safe"
    HOME_CAN_BE_SAFE = "home_can_be_safe"
    SAFE_FOR_A_SHORT_TIME = "safe_for_a_short_time"
    CANNOT_STAY = "cannot_stay"
    CANNOT_GO_HOME = "cannot_go_home"
    WISHES_TO_STAY = "wishes_to_stay"
    WISHES_TO_MOVE = "wishes_to_move"
    ASKS_FOR_SECURITY = "asks_for_security"
    RISK_HIGH_ENOUGH = "risk_high_enough"
    STAYING_ANSWERED = "staying_answered"
    MOVE_LESSENS_RISK = "move_lessens_risk"
    EVIDENCE = "evidence"
    SAFE_IN_AREA = "safe_in_area"
    UNSAFE_IN_AREA = "unsafe_in_area"
    OWN_HOMES_CANNOT_SERVE = "own_homes_cannot_serve"
    AGREES_TO_COUNCIL = "agrees_to_council"
    AGREES_TO_TEMPORARY = "agrees_to_temporary"


class Needed(Frozen):
    """One condition; its own clause where it does not rest on the option's."""

    condition: Condition
    clause: Words | None = None


class OptionOffered(Frozen):
    """One option that a policy speaks of; an option that is not listed is one on which the policy is silent."""

    id: OptionKind
    title: Words | None = None
    """The landlord's own name for it."""
    says: Words
    clause: Words
    also: tuple[Words, ...] = ()
    when: tuple[Needed, ...] = ()


class AreaRule(StrEnum):
    """Where a new home may lie."""

    AWAY = "away"
    ANY = "any"
    WHERE_SAFE = "where_safe"


class Panel(Frozen):
    """Who must sit together before a recommendation stands."""

    managers: Annotated[int, Field(ge=0)]
    specialists: Annotated[int, Field(ge=0)]


SILENT_RULE: Stated[bool] = Stated[bool](not_stated=True)
SAFETY_REFUSALS: Stated[bool] = Stated[bool](
    value=False,
    origin=Origin.PORTAL_DEFAULT,
    note="An offer that was refused or withdrawn because it was not safe is no offer that was wasted.",
)


class Moving(Frozen):
    """The options of a policy, and the rules that a move keeps to."""

    options: tuple[OptionOffered, ...] = ()
    from_level: Stated[Literal["standard", "medium", "high"]] = Stated(not_stated=True)
    area: Stated[AreaRule] = Stated(not_stated=True)
    panel: Stated[Panel] = Stated(not_stated=True)
    reporter_invited: Stated[bool] = SILENT_RULE
    """Whether the colleague who reported is asked to the panel, for that one case."""
    stay_answered_first: Stated[bool] = SILENT_RULE
    assessed_before_offer: Stated[bool] = SILENT_RULE
    duties_talked_through: Stated[bool] = SILENT_RULE
    needs_asked_first: Stated[bool] = SILENT_RULE
    tenure_kept: Stated[bool] = SILENT_RULE
    arrears_disregarded: Stated[bool] = SILENT_RULE
    manager_divides_arrears: Stated[bool] = SILENT_RULE
    nil_rent_from_duty: Stated[bool] = SILENT_RULE
    benefits_on_both_homes: Stated[bool] = SILENT_RULE
    tenancy_kept_until_safe: Stated[bool] = SILENT_RULE
    referral_system: Stated[Words] = Stated(not_stated=True)
    """The system through which the council wants to be asked."""
    home_always_offered: Stated[bool] = SILENT_RULE
    """Whether everybody who suffers or fears violence is offered help to a home free of it."""
    safety_refusals_count: Stated[bool] = SAFETY_REFUSALS

    @model_validator(mode="after")
    def _each_option_once(self) -> "Moving":
        ids = [each.id for each in self.options]
        for twice in sorted({each for each in ids if ids.count(each) > 1}):
            raise UnfitError(f'The option "{twice}" stands here more than once.', "Keep one of them.")
        return self

    def of(self, kind: OptionKind) -> OptionOffered | None:
        """What the policy says about one option; None where it is silent."""
        return next((each for each in self.options if each.id == kind), None)

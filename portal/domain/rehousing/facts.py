"""What is known about somebody's home and what they want. Whatever nobody has asked yet is left unknown."""

from decimal import Decimal
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from portal.domain.policy.stated import Frozen
from portal.domain.risk import Level


class HomeSafety(StrEnum):
    """How safe the present home is for them, as far as they and the officer can say."""

    SAFE = "safe"
    SAFE_WITH_SECURITY = "safe_with_security"
    SHORT_TIME = "safe_for_a_short_time"
    NOT_SAFE = "not_safe"


class Wish(StrEnum):
    """What they want."""

    STAY = "stay"
    MOVE = "move"
    UNDECIDED = "undecided"


class DutyStage(StrEnum):
    """How far a council is that was asked for help with a home (Housing Act 1996, Part 7)."""

    APPLIED = "applied"
    INTERIM = "interim"
    PREVENTION = "prevention"
    RELIEF = "relief"
    FULL = "full"
    NOT_OWED = "not_owed"

    @property
    def accepted(self) -> bool | None:
        """What it says of the full duty; None as long as the council has not decided."""
        return {DutyStage.FULL: True, DutyStage.NOT_OWED: False}.get(self)


class Facts(Frozen):
    """The facts of a case that a policy's options look at."""

    home: HomeSafety | None = None
    wish: Wish | None = None
    risk: Level | None = None
    asks_for_security: bool | None = None
    staying_answered: bool | None = None
    """Whether every way of staying has been talked through; a refusal is an answer."""
    move_lessens_risk: bool | None = None
    """What the assessment of the risk after a move found; None until there is one."""
    evidence: bool | None = None
    """Whether something shows that the home is not safe; an officer's note is enough."""
    safe_in_area: bool | None = None
    """Whether any home in the landlord's own area would be safe, by a decision that is on record."""
    own_homes_serve: bool | None = None
    agrees_to_council: bool | None = None
    agrees_to_temporary: bool | None = None
    council_accepted_duty: bool | None = None
    permanent_home: bool | None = None
    moves_before: Annotated[int, Field(ge=0)] = 0
    """Earlier moves within the landlord's own area for the same reason."""
    arrears: Annotated[Decimal, Field(ge=0)] | None = None
    """Rent owed, in pounds. No rule below lets it close anything."""

"""What a policy says about risk: instrument, threshold, conference, plans and their review."""

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field, model_validator

from portal.domain.policy.stated import Frozen, Origin, Slug, Stated, Words
from portal.domain.policy.unfit import UnfitError
from portal.domain.training import TrainingLevel


class ThresholdKind(StrEnum):
    """Who draws the line above which a case goes to the conference."""

    LOCAL_AUTHORITY = "local_authority"
    MARAC_AREA = "marac_area"
    SCORE_DIRECTS = "score_directs"
    SERIOUS_HARM = "serious_harm"


class Threshold(Frozen):
    """The line, and whether judgement alone may cross it (never fall back below it)."""

    kind: ThresholdKind
    professional_judgement: bool
    says: Words


class MaracRole(Frozen):
    """What the landlord does at a conference, and whether it waits to be invited."""

    says: Words
    only_when_invited: bool


class PlanReview(Frozen):
    """How often a plan is looked at again."""

    agreed_with_survivor: bool
    days: Annotated[int, Field(gt=0)] | None = None
    says: Words


Count = Annotated[int, Field(gt=0)]


class Bands(Frozen):
    """From how many answers of yes the risk is medium, and from how many it is high."""

    medium_from: Count
    high_from: Count

    @model_validator(mode="after")
    def _in_order(self) -> "Bands":
        if self.medium_from >= self.high_from:
            raise UnfitError("Medium begins where high does, or above it.", "Let medium_from be the smaller number.")
        return self


PORTAL_BANDS: Stated[Bands] = Stated[Bands](
    value=Bands(medium_from=10, high_from=14),
    origin=Origin.PORTAL_DEFAULT,
    note="As SafeLives suggests: 1 to 9, 10 to 13, 14 and more. Other things may raise a level and never lower it.",
)
PORTAL_ESCALATION = 3
"""Incidents in twelve months from which a case goes to the conference, as SafeLives recommends."""


class MaracArea(Frozen):
    """One conference and its own numbers; where it states none, the policy's or the portal's count."""

    id: Slug
    name: Words
    threshold: Stated[Count] = Stated[Count](not_stated=True)
    incidents: Stated[Count] = Stated[Count](not_stated=True)


class AssessorTraining(Frozen):
    """What somebody must have learned, and not too long ago, before completing an assessment."""

    level: TrainingLevel
    says: Words


class LevelStep(Frozen):
    """Something that the policy wants from a level on, beside conference, plan and signposting."""

    id: Slug
    from_level: Literal["standard", "medium", "high"]
    says: Words
    clause: Words
    also: tuple[Words, ...] = ()


class RiskRules(Frozen):
    """Risk, plans and reviews."""

    instrument: Stated[str]
    assessed_cases: Stated[str]
    threshold: Stated[Threshold]
    marac_role: Stated[MaracRole]
    below_threshold: Stated[str]
    safety_plan: Stated[str]
    action_plan: Stated[str]
    plan_review: Stated[PlanReview]
    casework_review: Stated[str]
    safeguarding: Stated[str]
    staff_safety: Stated[str]
    bands: Stated[Bands] = PORTAL_BANDS
    assessor_training: Stated[AssessorTraining] = Stated[AssessorTraining](not_stated=True)
    plan_watch: Stated[str] = Stated[str](not_stated=True)
    """Whether the action plan says how somebody keeps watch on the situation (HS-026 4.6)."""
    steps: tuple[LevelStep, ...] = ()

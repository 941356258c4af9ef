"""What a policy says about risk: instrument, threshold, conference, plans and their review."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from portal.domain.policy.stated import Frozen, Stated, Words


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

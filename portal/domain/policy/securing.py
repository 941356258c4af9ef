"""What a policy puts into a home to make it safer, who decides, and who pays; words stand in homes.py."""

from enum import StrEnum

from pydantic import model_validator

from portal.domain.policy.stated import Frozen, Slug, Stated, Words
from portal.domain.policy.unfit import UnfitError


class MeasureKind(StrEnum):
    """Whether the landlord has it done, or somebody else gives it."""

    WORK = "work"
    SIGNPOST = "signpost"


class Measure(Frozen):
    """One thing that makes a home safer, as the policy names it."""

    id: Slug
    title: Words
    kind: MeasureKind = MeasureKind.WORK
    changes_locks: bool = False
    """Whether it could keep somebody out who has a right to come in."""
    given_by: Words | None = None
    clause: Words


SILENT: Stated[bool] = Stated[bool](not_stated=True)


class Securing(Frozen):
    """The catalogue, and the rules that a request keeps to."""

    measures: tuple[Measure, ...] = ()
    reasonable_and_necessary: Stated[bool] = SILENT
    lead_and_partner: Stated[bool] = SILENT
    needs_asked_first: Stated[bool] = SILENT
    manager_refuses_police: Stated[bool] = SILENT
    locks_if_permitted: Stated[bool] = SILENT
    own_budget: Stated[Words] = Stated(not_stated=True)
    damage_free_for_survivor: Stated[bool] = SILENT
    perpetrator_pays: Stated[bool] = SILENT
    police_prosecute: Stated[bool] = SILENT

    @model_validator(mode="after")
    def _each_once(self) -> "Securing":
        ids = [each.id for each in self.measures]
        for twice in sorted({each for each in ids if ids.count(each) > 1}):
            raise UnfitError(f'The measure "{twice}" stands here more than once.', "Keep one of them.")
        return self

    def find(self, measure: str) -> Measure | None:
        """The measure with this id; None for one that this version does not know."""
        return next((each for each in self.measures if each.id == measure), None)

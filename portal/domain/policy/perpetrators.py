"""What a policy says about the person who abuses, about warning flags, and about joint tenants."""

from pydantic import model_validator

from portal.domain.policy.stated import Frozen, Slug, Stated, Words
from portal.domain.policy.unfit import UnfitError


class PossessionGround(Frozen):
    """One way to recover a home, with what must be so before it is thought of."""

    id: Slug
    says: Words
    law: Words | None = None
    tenancy_clause: Words | None = None
    needs_conviction: bool = False
    conditions: tuple[Words, ...]
    clause: Words

    @model_validator(mode="after")
    def _has_conditions(self) -> "PossessionGround":
        if not self.conditions:
            raise UnfitError("A ground for possession has no condition.", "Add at least one to conditions.")
        return self


class Perpetrators(Frozen):
    """Support, action and access to housing."""

    possession: tuple[PossessionGround, ...]
    safety_condition: Stated[str]
    victims_wishes: Stated[str]
    support: Stated[str]
    courts: Stated[str]
    criminal_damage: Stated[str]
    removal: Stated[str]
    joint_tenancy: Stated[str]
    register_access: Stated[str]
    register_band: Stated[str]


class Flags(Frozen):
    """Marks on people and addresses."""

    survivor: Stated[str]
    perpetrator: Stated[str]
    address: Stated[str]

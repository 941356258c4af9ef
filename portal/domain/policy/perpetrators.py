"""What a policy says about the person who abuses, about warning flags, and about joint tenants."""

from enum import StrEnum

from pydantic import model_validator

from portal.domain.policy.stated import Frozen, Origin, Slug, Stated, Words
from portal.domain.policy.unfit import UnfitError


class GroundCondition(StrEnum):
    """Something that has to be so before a ground can be relied on; None of it is ever taken for granted."""

    THEIR_TENANT = "their_tenant"
    LEFT = "left"
    NOT_RETURNING = "not_returning"
    CAUSED = "caused"
    PARTNERS = "partners"
    PARTNERS_OR_RELATIVES = "partners_or_relatives"
    COUNCIL_AGREEMENT = "council_agreement"
    CONVICTED = "convicted"
    NUISANCE = "nuisance"
    BROKEN_TERM = "broken_term"
    FOUND_BY_COURT = "found_by_court"


class Evidence(StrEnum):
    """What somebody's word about an applicant rests on."""

    CONVICTION = "conviction"
    ORDER = "order"
    POLICE = "police"
    AGENCY = "agency"
    OWN_RECORD = "own_record"
    HEARSAY = "hearsay"


class PossessionGround(Frozen):
    """One way to recover a home, with what must be so before it is thought of."""

    id: Slug
    says: Words
    law: Words | None = None
    tenancy_clause: Words | None = None
    needs_conviction: bool = False
    conditions: tuple[Words, ...]
    when: tuple[GroundCondition, ...] = ()
    """The same conditions, as a rule can read them."""
    clause: Words

    @model_validator(mode="after")
    def _has_conditions(self) -> "PossessionGround":
        if not self.conditions:
            raise UnfitError("A ground for possession has no condition.", "Add at least one to conditions.")
        return self


ROBUST: Stated[tuple[Evidence, ...]] = Stated(
    value=(Evidence.CONVICTION, Evidence.ORDER, Evidence.POLICE),
    origin=Origin.PORTAL_DEFAULT,
    note="Which information is robust no policy says: the landlord enters its own list here.",
)


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
    robust: Stated[tuple[Evidence, ...]] = ROBUST
    """The kinds of information that keep somebody off the register."""


class Flags(Frozen):
    """Marks on people and addresses."""

    survivor: Stated[str]
    perpetrator: Stated[str]
    address: Stated[str]

"""Who is to be safeguarded, through which door, on what ground; and what a concern obliges to.

Sources: HS-026 2.5, 4.8, 4.11; STAR 3.14, 4.1, 4.2; whg 2.4; NPH Dealing with cases, Confidentiality and Consent.
"""

from enum import StrEnum

from portal.domain.policy.policy import Policy
from portal.domain.policy.sharing import Ground, SharingException

CHASE_WORKING_DAYS = 3
"""The portal's own where the landlord has set none: no policy says when to ask what came of a referral."""
OUTCOME_EVENT = "safeguarding-outcome"
"""Under this name a landlord sets its own time for asking."""


class Group(StrEnum):
    """Who is at risk (HS-026 2.5), with the child not yet born."""

    CHILD = "child"
    YOUNG_PERSON = "young_person"
    UNBORN = "unborn"
    ADULT = "adult"


class Door(StrEnum):
    """Which side of the council is asked; the two are never mixed (HS-026 4.11)."""

    CHILDREN = "children"
    ADULTS = "adults"


DOORS: dict[Group, Door] = {
    Group.CHILD: Door.CHILDREN,
    Group.YOUNG_PERSON: Door.CHILDREN,
    Group.UNBORN: Door.CHILDREN,
    Group.ADULT: Door.ADULTS,
}


class Harm(StrEnum):
    """What is feared. For a child, emotional harm and neglect count like any other (STAR 4.1)."""

    PHYSICAL = "physical"
    EMOTIONAL = "emotional"
    SEXUAL = "sexual"
    NEGLECT = "neglect"
    DOMESTIC_ABUSE = "domestic_abuse"
    FINANCIAL = "financial"
    FGM = "fgm"
    FORCED_MARRIAGE = "forced_marriage"
    HONOUR_BASED = "honour_based"
    EXPLOITATION = "exploitation"
    SELF_NEGLECT = "self_neglect"


ADULTS_ONLY = frozenset({Harm.FINANCIAL, Harm.SELF_NEGLECT})


class Told(StrEnum):
    """Whether the person, or a child's safe parent, knows of the referral."""

    AGREED = "agreed"
    TOLD = "told"
    NOT_TOLD = "not_told"


class Outcome(StrEnum):
    """What the agency did with it."""

    ACCEPTED = "accepted"
    ENQUIRY = "enquiry"
    EARLY_HELP = "early_help"
    NO_ACTION = "no_action"
    REFUSED = "refused"


AGREED = "agreed"
OTHER_LAW = "other-law"
ELSEWHERE = frozenset({Ground.MARAC, Ground.TERRORISM})
"""Grounds that lead somewhere else than to children's or adult services."""
GROUND_OF = {Door.CHILDREN: Ground.CHILD, Door.ADULTS: Ground.ADULT}


def grounds(policy: Policy) -> tuple[SharingException, ...]:
    """The policy's own grounds on which a safeguarding referral can rest without agreement."""
    return tuple(each for each in policy.sharing.exceptions if not ELSEWHERE.issuperset(each.grounds))


def must_refer(policy: Policy, group: Group) -> SharingException | None:
    """The clause by which a concern has to be passed on; None where the policy leaves room for a reasoned no.

    A child is referred under every policy that speaks strongly (whg 2.4 "will", HS-026 4.8 and STAR 4.2 "duty"), an
    adult under one that names adults and does more than permit it. A pack can say otherwise for each exception.
    """
    wanted = GROUND_OF[DOORS[group]]
    return next((each for each in policy.sharing.exceptions if wanted in each.grounds and each.leaves_no_choice), None)


def missing(ground: str, lawful_basis: str, told: Told, why: str) -> dict[str, str]:
    """What still has to be said before a referral can be recorded; keyed by the field that it stands beside."""
    found: dict[str, str] = {}
    if ground == AGREED and told is not Told.AGREED:
        found["told"] = "If it rests on their agreement, they have agreed: choose that, or another ground."
    if ground != AGREED and not lawful_basis.strip():
        found["lawful_basis"] = "Name the lawful basis: the policy’s own words are none."
    if told is Told.NOT_TOLD and not why.strip():
        found["why"] = "Say why they are not told: for example, that asking would put somebody at more risk."
    return found

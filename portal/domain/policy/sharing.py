"""When a policy lets what somebody said leave the landlord, and what a joint tenant must never see."""

from enum import StrEnum

from portal.domain.policy.stated import Frozen, Origin, Slug, Stated, Words


class Force(StrEnum):
    """How strongly the policy puts an exception; a lawful basis is asked for in every case."""

    MAY = "may"
    WILL = "will"
    CALLED_DUTY = "called_duty"
    """The policy calls it a legal duty: kept as its own statement, not as law."""


class Ground(StrEnum):
    """What an exception is about."""

    MARAC = "marac"
    CHILD = "child"
    ADULT = "adult"
    CRIME = "crime"
    SERIOUS_RISK = "serious_risk"
    TERRORISM = "terrorism"


class Concern(StrEnum):
    """What is known of a case that lets an exception apply; harm to a child has several faces (STAR 4.1)."""

    MARAC_SCORE = "marac_score"
    MARAC_JUDGEMENT = "marac_judgement"
    CHILD_HARM = "child_harm"
    CHILD_EMOTIONAL = "child_emotional"
    CHILD_NEGLECT = "child_neglect"
    UNBORN_CHILD = "unborn_child"
    ADULT_HARM = "adult_harm"
    CRIME = "crime"
    SERIOUS_RISK = "serious_risk"
    TERRORISM = "terrorism"


class SharingException(Frozen):
    """One ground for sharing without agreement.

    `grounds` are what has to be the case; `second_person` says whether somebody else has to look before it leaves.
    Both read the clause, and err on the side of asking.
    """

    id: Slug
    force: Force
    to: tuple[Words, ...]
    says: Words
    clause: Words
    grounds: tuple[Ground, ...] = ()
    second_person: bool = True
    must_refer: bool | None = None
    """Whether a safeguarding concern on these grounds has to be passed on. Unset, it follows from `force`."""
    by_manager: bool = False
    """Whether the second person has to be a manager."""
    origin: Origin = Origin.POLICY

    @property
    def leaves_no_choice(self) -> bool:
        """Whether nobody may decide that a concern on these grounds goes nowhere."""
        return self.force is not Force.MAY if self.must_refer is None else self.must_refer


class Sharing(Frozen):
    """The rule, its exceptions, and how the person is told."""

    default: Stated[str]
    exceptions: tuple[SharingException, ...]
    person_is_told: Stated[str]
    protocols: Stated[str]
    joint_tenancy_file: Stated[str]
    without_name: Stated[bool] = Stated[bool](not_stated=True)
    """Whether a case can be logged without a name and apart from the tenancy."""
    secure_storage: Stated[str]
    other_reason: Stated[str] = Stated[str](not_stated=True)
    """Whether the exceptions are examples: then another reason is open to a manager, on a basis in law."""

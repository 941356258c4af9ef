"""When a policy lets what somebody said leave the landlord, and what a joint tenant must never see."""

from enum import StrEnum

from portal.domain.policy.stated import Frozen, Slug, Stated, Words


class Force(StrEnum):
    """How strongly the policy puts an exception; a lawful basis is asked for in every case."""

    MAY = "may"
    WILL = "will"
    CALLED_DUTY = "called_duty"
    """The policy calls it a legal duty: kept as its own statement, not as law."""


class SharingException(Frozen):
    """One ground for sharing without agreement."""

    id: Slug
    force: Force
    to: tuple[Words, ...]
    says: Words
    clause: Words


class Sharing(Frozen):
    """The rule, its exceptions, and how the person is told."""

    default: Stated[str]
    exceptions: tuple[SharingException, ...]
    person_is_told: Stated[str]
    protocols: Stated[str]
    joint_tenancy_file: Stated[str]
    secure_storage: Stated[str]

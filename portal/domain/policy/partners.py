"""With whom a landlord works, and how it lets people know where help is."""

from pydantic import Field

from portal.domain.policy.stated import Frozen, Stated, Words


class Partners(Frozen):
    """Agencies, lists and publicity."""

    named: Stated[tuple[Words, ...]]
    directory_duty: Stated[str]
    forums: Stated[str]
    advocates: Stated[str]
    """Independent advocates (IDVA) and how people are pointed to them."""
    in_house: Stated[str]
    publicity: Stated[tuple[Words, ...]]
    reaching_out: Stated[str]
    standards: tuple[Words, ...] = Field(default=())
    """Service standards to publish, in our own words."""

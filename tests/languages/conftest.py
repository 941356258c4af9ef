"""A visitor who chooses a language, and what the landlord then has."""

from tests.referrals.conftest import desk as told
from tests.referrals.conftest import visitor

__all__ = ["told", "visitor"]

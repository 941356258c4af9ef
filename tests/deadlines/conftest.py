"""A landlord of its own for each test of clocks and reminders."""

import pytest

from portal.store.database import Database
from tests.places import Place, a_place


@pytest.fixture
def place(database: Database) -> Place:
    """A landlord under HS-026."""
    return a_place(database)

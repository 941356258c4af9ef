"""A desk at a landlord of the test's own."""

import pytest
from flask import Flask

from portal.store.database import Database
from tests.conftest import Clock
from tests.desk import Desk, DeskAt, a_desk


@pytest.fixture
def desk_at(app: Flask, database: Database, clock: Clock) -> DeskAt:
    """A desk under one of the six policies: `desk_at("star")`."""
    return lambda like: a_desk(app, database, clock, like)


@pytest.fixture
def desk(desk_at: DeskAt) -> Desk:
    """A desk under HS-026."""
    return desk_at("havebury")

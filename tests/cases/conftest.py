"""A desk at a landlord of the test's own."""

import pytest
from flask import Flask
from sqlalchemy import update

from portal.landlords.face import face_of
from portal.store.database import Database
from portal.store.scope import PlatformScope
from portal.store.tenancy import Landlord
from tests.conftest import Clock
from tests.desk import Desk, DeskAt, a_desk
from tests.places import pack


@pytest.fixture
def desk_at(app: Flask, database: Database, clock: Clock) -> DeskAt:
    """A desk under one of the six policies: `desk_at("star")`."""
    return lambda like: a_desk(app, database, clock, like)


@pytest.fixture
def desk(desk_at: DeskAt) -> Desk:
    """A desk under HS-026."""
    return desk_at("havebury")


@pytest.fixture
def with_face(database: Database, desk_at: DeskAt) -> DeskAt:
    """A desk whose landlord has the public face of its pack: offices, and whom to ring."""

    def made(like: str) -> Desk:
        desk = desk_at(like)
        with database.work(PlatformScope("test")) as session:
            face = face_of(pack(like))
            session.execute(update(Landlord).where(Landlord.id == desk.place.id).values(face=face))
        return desk

    return made

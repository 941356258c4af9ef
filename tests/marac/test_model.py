"""Referrals, times, seats and people by chance: what the database lets through, compared with a model without SQL."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, func, select, update

from portal.domain.agency_roles import AgencyRole
from portal.domain.marac import State
from portal.marac.areas.models import MaracSeat
from portal.marac.referrals.models import MaracReferral
from portal.partners.grants.keys import new_box
from portal.partners.grants.models import SharedKey
from portal.store.base import new_id
from portal.store.database import Database
from portal.store.scope import AgencyScope
from tests.conftest import Clock
from tests.marac.table import Conference, a_conference, officer_at
from tests.partners.granting import Agency, agency_of
from tests.places import Place

HOURS = (-48, -1, 1, 48)
UNSEEN = {State.WAITING, State.WITHDRAWN, State.MOVED}


@dataclass(frozen=True)
class Drawn:
    """One referral by chance."""

    landlord: int
    state: State
    until: int
    shown: int | None


DRAWN = st.builds(
    Drawn,
    landlord=st.integers(0, 1),
    state=st.sampled_from(State),
    until=st.sampled_from(HOURS),
    shown=st.sampled_from([None, *HOURS]),
)


def there(one: Drawn, agency: str, person: str, *, seated: bool) -> bool:
    """The model: is it there for this person of that agency?"""
    if one.state in UNSEEN or person != "worker":
        return False
    if agency == "coordinates":
        return one.until > 0
    return agency == "sits" and seated and one.shown is not None and one.shown > 0


@dataclass
class World:
    """Two landlords, an area, and workers and keepers of its coordinator, of a seat and of nobody's."""

    conference: Conference
    places: list[Place]
    like: list[MaracReferral]
    agencies: dict[str, Agency]
    people: dict[tuple[str, str], UUID]

    def put(self, one: Drawn) -> UUID:
        """Write the referral as drawn, like one that was made by the pages."""
        place, now, like = self.places[one.landlord], datetime.now(UTC), self.like[one.landlord]
        referral = new_id()
        with place.work() as session:
            session.add(
                MaracReferral(
                    landlord_id=place.id, id=referral, case_id=like.case_id, area_id=like.area_id,
                    agency_id=like.agency_id, share_id=like.share_id, state=one.state.value, criteria=["judgement"],
                    urgent=False, late=False, made_at=now, made_by=like.made_by, made_name="Robin", sent_at=now,
                    until_at=now + timedelta(hours=one.until),
                    shown_until=None if one.shown is None else now + timedelta(hours=one.shown),
                    sealed=new_box(session, referral, like.case_id, now).seal("marac_referral", referral, "x"),
                )
            )  # fmt: skip
        return referral

    def wipe(self) -> None:
        for place in self.places:
            with place.work() as session:
                for table in (SharedKey, MaracReferral):
                    session.execute(delete(table).where(table.landlord_id == place.id))

    def seat(self, *, seated: bool) -> None:
        """The seat is held, or has ended."""
        with self.conference.database.work(self.conference.agency.scope(self.conference.coordinator)) as session:
            ended = None if seated else datetime.now(UTC)
            session.execute(update(MaracSeat).where(MaracSeat.area_id == self.conference.id).values(ended_at=ended))


@pytest.fixture(scope="module")
def world(the_app: Flask, database: Database, the_clock: Clock) -> Iterator[World]:
    """Made once: each example writes its own referrals and takes them away again."""
    conference = a_conference(the_app, database, the_clock)
    desks = [conference.desk("star"), conference.desk("nph")]
    like = []
    for desk in desks:
        _, referral = conference.referred(desk.place, officer_at(desk)[1])
        with desk.place.work() as session:
            like.append(session.get_one(MaracReferral, (desk.place.id, referral)))
    agencies = {"coordinates": conference.agency, "sits": conference.seat(), "neither": agency_of(database)}
    people = {
        (name, person): agency.somebody(role).account_id
        for name, agency in agencies.items()
        for person, role in (("worker", AgencyRole.WORKER), ("keeper", AgencyRole.COORDINATOR))
    }
    found = World(conference, [each.place for each in desks], like, agencies, people)
    found.wipe()
    yield found
    found.wipe()
    the_clock.at = None


@settings(max_examples=25)
@given(drawn=st.lists(DRAWN, min_size=1, max_size=5), seated=st.booleans())
def test_the_board_is_what_the_model_says_and_nothing_else(world: World, drawn: list[Drawn], seated: bool) -> None:
    """No query here says whose, which or until when: a forgotten filter shows nothing."""
    world.seat(seated=seated)
    made = [(one, world.put(one)) for one in drawn]
    try:
        for (name, person), account_id in world.people.items():
            wanted = {referral for one, referral in made if there(one, name, person, seated=seated)}
            with world.conference.database.work(AgencyScope(world.agencies[name].id, account_id)) as session:
                assert set(session.scalars(select(MaracReferral.id))) == wanted
                assert session.scalar(select(func.count()).select_from(MaracReferral)) == len(wanted)
                assert set(session.scalars(select(SharedKey.id))) == wanted
        for number, place in enumerate(world.places):
            with place.work() as session:
                own = {referral for one, referral in made if one.landlord == number}
                assert set(session.scalars(select(MaracReferral.id))) == own
    finally:
        world.wipe()

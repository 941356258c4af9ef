"""Somebody at the desk: a landlord of the test's own, staff who sign in there, and a case to work on."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time
from uuid import UUID

from flask import Flask

from portal.domain.contact import Channel, SafeContact, SafeTimes, Said, Times, Vouched, Way, Weekday, Window
from portal.domain.permissions import Role
from portal.people.staff import add_staff
from portal.store.base import new_id
from portal.store.database import Database
from tests.client import PageClient
from tests.conftest import PASSWORD, Clock, Staff
from tests.learned import learned
from tests.places import LONG_AGO, Place, a_place

NUMBER = "01632 960123"
MONDAY = LONG_AGO  # Monday 2 February 2026, 10:00
ENDED = {"residual": "standard", "told": "spoken", "despite": "They asked us to."}
"""What closing asks for beside reason and words, where a clock still runs."""
EVERY_DAY = frozenset(Weekday)
SAFE = SafeContact(
    ways=(Way(Channel.CALL, Said.SAFE, NUMBER), Way(Channel.TEXT, Said.UNSAFE)),
    times=SafeTimes(Times.ONLY_THESE, (Window(EVERY_DAY, time(9), time(12)),)),
    withheld_ok=True,
    code_word="bluebell",
)
WORD = Vouched("They themselves", datetime(2026, 2, 1, 9, tzinfo=UTC), "They said the code word")
"""On whose word more becomes possible than before."""
THEIR_WORD = {
    "word_who": "They themselves",
    "word_day": "2026-02-01",
    "word_time": "09:00",
    "word_how": "They said the code word",
}
"""The same, as a form sends it."""
ALWAYS = replace(SAFE, times=SafeTimes(Times.ANY_TIME))


def london(day: int, hour: int, minute: int = 0) -> datetime:
    """A moment in February 2026, when London keeps UTC."""
    return datetime(2026, 2, day, hour, minute, tzinfo=UTC)


@dataclass
class Desk:
    """One landlord with a clock that can be set."""

    app: Flask
    database: Database
    place: Place
    clock: Clock

    @property
    def url(self) -> str:
        return f"/desk/{self.place.slug}"

    def somebody(
        self,
        *roles: Role,
        name: str = "Robin Example",
        offers: tuple[str, ...] = (),
        trained: bool = True,
        post: str | None = None,
    ) -> Staff:
        """A new member of staff here."""
        email = f"{new_id().hex}@staff.example"
        account_id = add_staff(
            self.database,
            email=email,
            name=name,
            password=PASSWORD,
            roles={self.place.id: roles},
            offers=offers,
            post=post,
            now=MONDAY,
        )
        if trained:
            learned(self.database, self.place.id, account_id)
        return Staff(account_id, email, name)

    def client(self, *roles: Role, who: Staff | None = None) -> PageClient:
        """A browser in which somebody with these roles is signed in, at the time that the clock shows."""
        client = PageClient(self.app)
        client.come_in(who or self.somebody(*roles))
        return client

    def report(self, at: datetime = MONDAY, **said: object) -> UUID:
        return self.place.report(at=at, now=at, **({"safe_contact": ALWAYS} | said))

    def case(self, at: datetime = MONDAY, **said: object) -> UUID:
        return self.place.case(self.report(at, **said), now=at)

    def case_url(self, case_id: UUID) -> str:
        return f"{self.url}/cases/{case_id}"


DeskAt = Callable[[str], Desk]
"""A desk under one of the six policies: `desk_at("star")`."""


def a_desk(app: Flask, database: Database, clock: Clock, like: str) -> Desk:
    """A landlord under one of the six policies, on a Monday morning."""
    clock.at = MONDAY
    app.extensions["landlords"]._read_at = -1e9  # it is new
    return Desk(app, database, a_place(database, like), clock)

"""Landlords of a test's own, so that nobody else's staff or reminders are in the way."""

from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.deadlines.models import Reminder
from portal.domain.intake import Answers
from portal.domain.lifecycle import Source
from portal.domain.permissions import Role
from portal.landlords.assessed_with import keep_instruments
from portal.landlords.packs import Pack, read_pack
from portal.landlords.policies import keep
from portal.landlords.stored_pack import keep_pack
from portal.people.staff import add_staff
from portal.referrals import service as referrals
from portal.store.audit import PUBLIC, Actor
from portal.store.base import new_id
from portal.store.database import Database
from portal.store.keys import add_key
from portal.store.scope import LandlordScope, PlatformScope
from portal.store.tenancy import Landlord
from portal.work.models import Message
from tests.learned import learned

LANDLORDS = Path(__file__).resolve().parent.parent / "landlords"
LONG_AGO = datetime(2026, 2, 2, 10, 0, tzinfo=UTC)  # a Monday; what fell due since is due now


@cache
def pack(like: str) -> Pack:
    return read_pack(LANDLORDS / like)


@dataclass(frozen=True)
class Place:
    """One landlord under one of the six policies, and the things that tests do there."""

    database: Database
    id: UUID
    slug: str
    code: str

    def work(self) -> AbstractContextManager[Session]:
        return self.database.work(LandlordScope(self.id))

    def staff(self, *roles: Role, on_duty: bool = False, post: str | None = None) -> UUID:
        """A new member of staff."""
        account_id = add_staff(
            self.database,
            email=f"{new_id().hex}@staff.example",
            name="Robin Example",
            password="correct horse battery staple",
            roles={self.id: roles},
            post=post,
            on_duty=on_duty,
            now=LONG_AGO,
        )
        learned(self.database, self.id, account_id)
        return account_id

    def report(self, at: datetime = LONG_AGO, now: datetime | None = None, **said: object) -> UUID:
        """A report that came in at some time."""
        answers = Answers(**({"source": Source.SELF, "name": "River Canary"} | said))
        with self.work() as session:
            return referrals.receive(session, answers, PUBLIC, now or at, reached_us_at=at).report_id

    def case(self, report_id: UUID, now: datetime = LONG_AGO) -> UUID:
        """A case made of a report."""
        with self.work() as session:
            return referrals.open_case(session, report_id, self.code, self.actor(None), now).id

    def sets(self, like: str, **own: object) -> None:
        """The landlord sets something of its own: what is reported from now on keeps to that version."""
        with self.work() as session:
            keep(session, pack(like).policy.model_copy(update=own), LONG_AGO)

    def actor(self, account_id: UUID | None) -> Actor:
        return Actor(account_id, "Robin Example")

    def reminders(self) -> list[Reminder]:
        with self.work() as session:
            return list(session.scalars(select(Reminder).order_by(Reminder.due_at, Reminder.rung)))

    def messages(self) -> list[Message]:
        with self.work() as session:
            return list(session.scalars(select(Message).order_by(Message.made_at, Message.id)))


def a_place(database: Database, like: str = "havebury") -> Place:
    """A new landlord that works under the policy of one of the six."""
    landlord_id = new_id()
    slug = f"{like}-{landlord_id.hex[-8:]}"
    with database.work(PlatformScope("test")) as session:
        session.add(
            Landlord(id=landlord_id, slug=slug, name=slug, code=slug[-8:].upper(), face={}, made_at=LONG_AGO)
        )
        session.flush()
        add_key(session, database.keyring.masters, landlord_id, LONG_AGO)
    with database.work(LandlordScope(landlord_id)) as session:
        keep(session, pack(like).policy, LONG_AGO)
        keep_pack(session, pack(like), LONG_AGO)
        keep_instruments(session, pack(like).instruments, LONG_AGO)
    return Place(database, landlord_id, slug, slug[-8:].upper())

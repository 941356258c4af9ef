"""Filling a scratch database: as many processes as there are cores, each copying its share of the cases."""

import os
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from multiprocessing import get_context
from uuid import UUID

import psycopg
from sqlalchemy import select
from sqlalchemy.engine import make_url

from portal.bench.caseload import CASES_OF_AN_OFFICER, NEW_REPORTS, OPEN_IN_TEN, Caseload, Officer, Place
from portal.bench.loose_ends import loosened
from portal.domain.permissions import Role
from portal.landlords.policies import in_force
from portal.people.models import Account
from portal.people.staff import give_roles
from portal.settings import Settings
from portal.store.audit import PORTAL
from portal.store.base import new_id
from portal.store.database import Database, cipher_of
from portal.store.scope import LandlordScope, PublicScope
from portal.store.tenancy import Landlord

SHARE = 2_000


@dataclass(frozen=True, slots=True)
class Share:
    """Some of the cases of one landlord."""

    slug: str
    landlord_id: UUID
    code: str
    officers: tuple[Officer, ...]
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Filled:
    """What is there now: each landlord's first officer, and how many rows went in."""

    officers: dict[str, Officer]
    landlords: dict[str, UUID]
    rows: int


def connect(settings: Settings) -> psycopg.Connection:
    """A plain connection of the owner."""
    url = make_url(settings.owner_url).set(drivername="postgresql")
    return psycopg.connect(url.render_as_string(hide_password=False))


def fill(settings: Settings, cases: int, password_hash: str, now: datetime) -> Filled:
    """So many cases over the landlords, and the officers who work them."""
    database = Database(settings)
    with database.work(PublicScope()) as session:
        places = session.execute(
            select(Landlord.slug, Landlord.id, Landlord.code).order_by(Landlord.slug)
        ).all()
    each = -(-cases // len(places))
    shares: list[Share] = []
    for slug, landlord_id, code in places:
        officers = tuple(_officers(database, slug, landlord_id, each, password_hash, now))
        shares += [
            Share(slug, landlord_id, code, officers, first, min(first + SHARE, each))
            for first in range(0, each, SHARE)
        ]
    database.dispose()
    with connect(settings) as connection:
        with loosened(connection):
            rows = _copy_all(settings, shares, now)
        connection.autocommit = True
        connection.execute("VACUUM (ANALYZE)")
        connection.execute("CHECKPOINT")
    return Filled(
        officers={share.slug: share.officers[0] for share in shares},
        landlords={share.slug: share.landlord_id for share in shares},
        rows=rows,
    )


def _copy_all(settings: Settings, shares: list[Share], now: datetime) -> int:
    with ProcessPoolExecutor(os.cpu_count(), mp_context=get_context("spawn")) as pool:
        return sum(pool.map(_copy, [settings] * len(shares), shares, [now] * len(shares)))


def _copy(settings: Settings, share: Share, now: datetime) -> int:
    """One process's work on one share."""
    database = Database(settings)
    with database.work(LandlordScope(share.landlord_id)) as session:
        version = in_force(session, now)
        place = Place(
            landlord_id=share.landlord_id,
            slug=share.slug,
            code=share.code,
            version_id=version.version_id,
            policy=version.policy,
            cipher=cipher_of(session),
            officers=share.officers,
            now=now,
        )
    database.dispose()
    load = Caseload(place, share.first)
    for number in range(share.first, share.last):
        load.write(number)
    if share.first == 0:
        for number in range(NEW_REPORTS):
            load.write_report(number)
    with connect(settings) as connection:
        return sum(sheet.copy(connection) for sheet in load.sheets.values())


def _officers(
    database: Database, slug: str, landlord_id: UUID, cases: int, password_hash: str, now: datetime
) -> Iterator[Officer]:
    """As many officers as the open cases need."""
    wanted = max(1, cases * OPEN_IN_TEN // 10 // CASES_OF_AN_OFFICER)
    officers = [Officer(new_id(), f"Officer {number}") for number in range(wanted)]
    with database.work(PublicScope()) as session:
        session.add_all(
            Account(
                id=each.account_id,
                email=f"{each.name.replace(' ', '.').lower()}@{slug}.example",
                name=each.name,
                password_hash=password_hash,
                made_at=now,
            )
            for each in officers
        )
    with database.work(LandlordScope(landlord_id)) as session:
        for each in officers:
            give_roles(session, each.account_id, [Role.OFFICER], PORTAL, now, on_duty=each is officers[0])
    yield from officers

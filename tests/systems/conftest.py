"""A landlord with a system of its own that has a token."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from flask import Flask

from portal.domain.permissions import Role, permissions_of
from portal.domain.systems import ApiScope
from portal.homes.securing import damage, work_orders
from portal.homes.securing.damage import Damage
from portal.homes.securing.models import WorkOrder
from portal.homes.securing.work_orders import About as For
from portal.homes.securing.work_orders import Job
from portal.store.audit import PORTAL, Actor
from portal.store.database import Database
from portal.systems.tokens.service import Wanted, make
from tests.conftest import Clock
from tests.desk import MONDAY, Desk, a_desk

HOUR = timedelta(hours=1)
HOME = "3 Example Close, ZZ1 1AA"
MANAGER = permissions_of(frozenset({Role.MANAGER}))


@pytest.fixture
def desk(app: Flask, database: Database, clock: Clock) -> Desk:
    """A desk under HS-026."""
    return a_desk(app, database, clock, "havebury")


@dataclass
class Caller:
    """One system with its token: what it sends, and what it gets."""

    desk: Desk
    secret: str

    def get(self, path: str, status: int = 200) -> Any:
        return self._sent("GET", path, status)

    def post(self, path: str, said: Any, status: int = 202, **headers: str) -> Any:
        return self._sent("POST", path, status, json=said, **headers)

    def _sent(self, method: str, path: str, status: int, json: Any = None, **headers: str) -> Any:
        url = f"/api/{self.desk.place.slug}/v1{path}"
        sent = {"Authorization": f"Bearer {self.secret}"} | {k.replace("_", "-"): v for k, v in headers.items()}
        got = self.desk.app.test_client().open(url, method=method, json=json, headers=sent)
        assert got.status_code == status, got.get_data(as_text=True)
        assert "Set-Cookie" not in got.headers
        return got.get_json()


Calls = Callable[..., Caller]


@pytest.fixture
def caller(desk: Desk) -> Calls:
    """A system with these scopes: `caller(ApiScope.JOBS_READ)`; with none said, with all."""

    def system(*scopes: ApiScope) -> Caller:
        with desk.place.work() as session:
            wanted = Wanted("Repairs", scopes or tuple(ApiScope), "90")
            _id, secret = make(session, wanted, MANAGER, Actor(None, "Robin Example"), desk.clock())
        return Caller(desk, secret)

    return system


def a_job(desk: Desk, case_id: UUID, *, unsafe: bool = True) -> str:
    """A repair that was ordered; its number."""
    with desk.place.work() as session:
        broken = damage.record(session, case_id, Damage(MONDAY.date(), unsafe, "The door"), PORTAL, MONDAY)
        job = Job("Mend a door", HOME, "Knock twice", "By call", "A joiner", "urgent", MONDAY, MONDAY + 2 * HOUR)
        order_id = work_orders.order(session, case_id, For(damage_id=broken), job, PORTAL, MONDAY)
        return session.get_one(WorkOrder, (desk.place.id, order_id)).number

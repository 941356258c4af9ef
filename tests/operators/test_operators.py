"""Whoever runs the portal makes and suspends landlords, reads no case, and comes in only where a landlord says yes."""

import re
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from click.testing import CliRunner
from flask import Flask
from sqlalchemy import select, update

from portal.domain.permissions import Role
from portal.landlords.policies import in_force
from portal.operators.cli import operator
from portal.people.models import Membership
from portal.settings import Settings
from portal.store.audit import AuditEntry
from portal.store.base import new_id
from portal.store.database import Database
from portal.store.scope import LandlordScope, PublicScope
from portal.store.tenancy import Landlord
from portal.web.access import Door
from tests.client import Page, PageClient
from tests.conftest import PASSWORD, Clock, Staff
from tests.conventions.addresses import Ids, addresses, filled_in
from tests.desk import MONDAY, a_desk
from tests.referrals.conftest import REACHED, Visitor, visitor

__all__ = ["visitor"]

CODE = re.compile(r"[a-z2-9]{4}(-[a-z2-9]{4}){3}")


@dataclass
class Platform:
    """A portal with somebody who runs it."""

    app: Flask
    database: Database
    clock: Clock
    pat: PageClient = field(init=False)
    slug: str = field(default_factory=lambda: f"meadow-{new_id().hex[-8:]}")

    def make(self, like: str = "", status: int = 200, **said: str) -> Page:
        self.pat.get("/desk/platform/add")
        wanted = {
            "name": "Meadow Homes", "short_name": "Meadow", "slug": self.slug, "like": like,
            "first_name": "Ann First", "first_email": f"ann@{self.slug}.example",
        }  # fmt: skip
        return self.pat.submit(wanted | said, form="/add", status=status)

    def again(self) -> None:
        """Pat signs in at another time."""
        self.pat = PageClient(self.app)
        self.pat.sign_in(Staff(new_id(), f"pat-{self.slug}@portal.example", "Pat Portal"))

    @property
    def id(self) -> UUID:
        with self.database.work(PublicScope()) as session:
            return session.scalars(select(Landlord.id).where(Landlord.slug == self.slug)).one()

    def first(self, page: Page, who: str = "ann") -> PageClient:
        """Ann, who has chosen a password with the code that was shown once, and comes in."""
        ann = PageClient(self.app)
        ann.get("/desk/first-password")
        code = CODE.search(page.text)
        assert code
        ann.submit({"email": f"{who}@{self.slug}.example", "code": code[0], "password": PASSWORD})
        ann.sign_in(Staff(new_id(), f"{who}@{self.slug}.example", "Ann First"))
        ann.get("/desk/partner/come-in")
        ann.submit({}, form="/come-in")
        return ann

    def facts(self) -> list[tuple[str, str, str | None]]:
        with self.database.work(LandlordScope(self.id)) as session:
            rows = select(AuditEntry.fact, AuditEntry.actor, AuditEntry.detail).order_by(AuditEntry.position)
            return [tuple(row) for row in session.execute(rows)]


@pytest.fixture
def platform(app: Flask, database: Database, settings: Settings, clock: Clock) -> Platform:
    found = Platform(app, database, clock)
    email = f"pat-{found.slug}@portal.example"
    run = CliRunner().invoke(
        operator,
        ["add", email, "--name", "Pat Portal"],
        obj=lambda: nullcontext(settings),
        input=f"{PASSWORD}\n",
    )
    assert run.exit_code == 0, run.output
    found.again()
    return found


def test_a_new_landlord_goes_from_a_blank_pack_to_its_first_test_referral_by_pages_alone(
    platform: Platform, visitor: Callable[[str], Visitor]
) -> None:
    page = platform.make(slug="havebury", status=422)
    assert "There is something with this address already." in page.text
    page = platform.make(first_email="ann", status=422)
    assert "Write an address like ann@example.org." in page.text
    assert 'value="Meadow Homes"' in page.html, "what was typed is kept"
    ann = platform.first(platform.make())
    url = f"/desk/{platform.slug}"
    assert platform.slug not in PageClient(platform.app).get("/").html, "on no list yet"
    assert "cannot be read" not in ann.get(f"{url}/policy").text, "no files are missing: there are none"
    assert "Meadow Homes is being set up." in ann.get("/desk/").text
    page = ann.get(f"{url}/setting-up")
    assert "Next: Name, colours and logo." in page.text
    assert "Somebody who works cases Done" in page.text
    assert "A second person who approves Missing" in page.text
    assert "A first test referral Missing" in page.text
    assert "Help near you Not stated" in page.text
    assert "That is a real choice" in page.text
    ann.post(f"{url}/setting-up", status=422)
    ann.get(f"{url}/look/edit?part=names")
    ann.submit({"accent": "#0f5257"}, form="/edit")
    ann.get(f"{url}/look")
    ann.submit({"why": "We begin."}, form="/publish")
    ann.get(f"{url}/roles/invite")
    bo = ann.submit(
        {"email": f"bo@{platform.slug}.example", "name": "Bo Second", "roles": ["manager"]}, form="/invite"
    )
    assert "1 can approve. 1 asked in, not here yet." in ann.get(f"{url}/setting-up").text
    platform.first(bo, "bo")
    assert "Next: A first test referral." in ann.get(f"{url}/setting-up").text
    her = visitor(platform.slug)
    her.tell(**REACHED)
    her.send()
    page = ann.get(f"{url}/setting-up")
    assert "A first test referral Done" in page.text
    ann.submit({}, form="/setting-up")
    assert f'href="/{platform.slug}/"' in PageClient(platform.app).get("/").html
    assert "is being set up." not in ann.get("/desk/").text
    facts = [fact for fact, _, _ in platform.facts()]
    assert "landlord.made" in facts
    assert "landlord.opened" in facts


def test_a_copied_pack_brings_the_policy_and_neither_approval_nor_people_nor_looks(
    platform: Platform, landlords: dict[str, UUID]
) -> None:
    platform.make(like=str(landlords["whg"]))
    with platform.database.work(LandlordScope(platform.id)) as session:
        policy = in_force(session, platform.clock()).policy
    assert policy.rehousing.offers.value == 1, "as whg 2.9 says"
    assert policy.document.approved_by.value is None
    assert policy.impact_assessments == ()


def test_whoever_runs_the_portal_opens_nothing_of_a_landlord(
    platform: Platform, app: Flask, database: Database
) -> None:
    desk = a_desk(app, database, platform.clock, "havebury")
    case_id = desk.case()
    for address in addresses(app):
        if address.access.door in {Door.HERE, Door.ANYWHERE, Door.AGENCY} and address.method == "GET":
            ids = Ids(dict.fromkeys(address.ids, case_id))
            answer = platform.pat.http.get(filled_in(app, address, desk.place.slug, ids))
            assert answer.status_code in {403, 404} or address.access.permission is None, str(address)
            assert b"River Canary" not in answer.data
    page = platform.pat.get("/desk/platform")
    assert desk.place.slug in page.text
    assert "River Canary" not in page.html
    outsider = desk.client(Role.MANAGER)
    outsider.get("/desk/platform", status=403)
    outsider.get(f"/desk/platform/{desk.place.id}", status=404)


def test_support_is_let_in_by_the_landlord_for_some_hours_sees_no_case_and_each_page_is_on_record(
    platform: Platform, app: Flask, database: Database
) -> None:
    platform.clock.at = MONDAY
    platform.again()
    desk = a_desk(app, database, platform.clock, "havebury")
    case_id = desk.case()
    ada = desk.client(Role.ADMINISTRATOR)
    one = f"/desk/platform/{desk.place.id}"
    platform.pat.get(one)
    platform.pat.submit({"reason": "", "hours": "9"}, form=f"{desk.place.id}/ask", status=422)
    platform.pat.submit({"reason": "Colours do not show", "hours": "2"}, form="/ask")
    platform.pat.get(f"{desk.url}/look", status=404)
    platform.pat.get(one)
    again = {"reason": "Again", "hours": "2"}
    platform.pat.post(f"{one}/ask", again, status=409)
    page = ada.get(f"{desk.url}/support")
    assert "Pat Portal Colours do not show For 2 hours" in page.text
    ada.submit({"action": "let-in"}, form="/support/")
    platform.pat.get(f"{desk.url}/look")
    for hidden in (f"cases/{case_id}", "reports", "roles", "audit", "policy/draft", "figures"):
        assert platform.pat.http.get(f"{desk.url}/{hidden}").status_code in {403, 404}, hidden
    page = ada.get(f"{desk.url}/support")
    assert "Let in until" in page.text
    assert "Pat Portal GET look.look" in page.text
    assert "Support of the portal, for some hours" in ada.get(f"{desk.url}/roles").text
    platform.clock.at = MONDAY + timedelta(hours=2, minutes=1)
    platform.again()
    platform.pat.get(f"{desk.url}/look", status=404)
    ada = desk.client(Role.ADMINISTRATOR)
    assert "Over since" in ada.get(f"{desk.url}/support").text


def test_a_suspended_landlord_opens_for_nobody_and_loses_nothing(platform: Platform) -> None:
    ann = platform.first(platform.make())
    one = f"/desk/platform/{platform.id}"
    platform.pat.get(one)
    platform.pat.submit({"why": ""}, form="/suspend", status=422)
    platform.pat.submit({"why": "It leaves the portal."}, form="/suspend")
    ann.get(f"/desk/{platform.slug}/setting-up", status=404)
    page = PageClient(platform.app).get(f"/{platform.slug}/", status=404)
    assert "tel:999" in page.html
    assert "0808 2000 247" in page.text, "the national lines are there for whoever came here for help"
    assert "0808 802 4040" not in page.text, "not that of whoever harms somebody"
    platform.pat.submit({"why": "It stays."}, form="/resume")
    ann.get(f"/desk/{platform.slug}/setting-up")
    told = [each for each in platform.facts() if each[0].startswith("landlord.")]
    assert told[1:] == [
        ("landlord.suspended", "Pat Portal", "It leaves the portal."),
        ("landlord.resumed", "Pat Portal", "It stays."),
    ]


def test_somebody_who_works_for_a_landlord_never_runs_the_portal(
    app: Flask, database: Database, settings: Settings, clock: Clock
) -> None:
    desk = a_desk(app, database, clock, "havebury")
    worker, until_monday = desk.somebody(Role.OFFICER), desk.somebody(Role.MANAGER)
    with desk.place.work() as session:
        theirs = update(Membership).where(Membership.account_id == until_monday.account_id)
        session.execute(theirs.values(ends_at=datetime.now(UTC) + timedelta(days=3)))
    for each in (worker, until_monday):
        run = CliRunner().invoke(
            operator,
            ["add", each.email, "--name", "x"],
            obj=lambda: nullcontext(settings),
            input=f"{PASSWORD}\n",
        )
        assert "They work for a landlord." in run.output

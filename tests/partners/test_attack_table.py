"""Every address of an agency's pages by every kind of person: what each gets, and nobody gets more."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from portal.domain.agency_roles import AgencyRole
from portal.domain.permissions import Role
from portal.marac.actions import service as actions
from portal.marac.actions.models import MaracAction
from portal.marac.actions.service import Agreed
from portal.marac.areas import service as area_service
from portal.marac.minutes import service as minutes
from portal.marac.minutes.models import MaracMinutes
from portal.marac.papers.service import About
from portal.marac.referrals.models import MaracReferral
from portal.partners.asked import service as asked
from portal.partners.asked.models import AgencyTask
from portal.partners.entries import service as entries
from portal.partners.entries.models import AgencyEntry
from portal.partners.entries.queries import EntryKind
from portal.partners.entries.service import Written
from portal.partners.grants.models import AgencyGrant, SharedKey, SharedSection
from portal.partners.kept.service import keep
from portal.partners.members import inviting
from portal.partners.members import service as members
from portal.partners.members.models import AgencyInvitation
from portal.people.models import Account
from portal.store.audit import PORTAL, Actor
from portal.store.base import Base, new_id
from portal.store.database import Database
from portal.store.scope import PublicScope
from tests.client import PageClient
from tests.conftest import Clock, Staff
from tests.conventions.addresses import Address, Ids, addresses, filled_in
from tests.conventions.at_an_agency import KEPT
from tests.desk import Desk
from tests.marac.table import a_conference, officer_at
from tests.partners.granting import DAY, Shared, a_shared_case, agency_of
from tests.partners_at_hand import members_at
from tests.places import a_place

WORKERS = frozenset({"worker", "other agency", "marac"})
TABLE: dict[str, frozenset[str]] = {
    "shared.cases": WORKERS,
    "kept.refer": WORKERS,
    "kept.keep": WORKERS,
    "kept.one": frozenset({"worker"}),
    "kept.change": frozenset({"worker"}),
    "kept.send": frozenset({"worker"}),
    "kept.end": frozenset({"worker"}),
    "board.board": WORKERS,
    "shared.case": frozenset({"worker"}),
    "shared.part": frozenset({"worker"}),
    "shared.answer": frozenset({"worker"}),
    "entries.entries": frozenset({"worker"}),
    "entries.write": frozenset({"worker"}),
    "entries.file": frozenset({"worker"}),
    "asked.take": frozenset({"worker"}),
    "asked.end": frozenset({"worker"}),
    "board.meeting": frozenset({"worker", "marac"}),
    "board.one": frozenset({"worker", "marac"}),
    "papers.theirs": frozenset({"worker", "marac"}),
    "minutes.theirs": frozenset({"worker", "marac"}),
    "agreed.theirs": frozenset({"worker"}),
    "agreed.agree": frozenset({"marac"}),
    "board.list_": frozenset({"marac"}),
    "board.give_back": frozenset({"marac"}),
    "board.move": frozenset({"marac"}),
    "board.heard": frozenset({"marac"}),
    "minutes.attended": frozenset({"marac"}),
    "areas.area": frozenset({"marac"}),
    "areas.lines": frozenset({"marac"}),
    "areas.meet": frozenset({"marac"}),
    "areas.seat": frozenset({"marac"}),
    "areas.unseat": frozenset({"marac"}),
    "members.people": frozenset({"keeper"}),
    "members.invite": frozenset({"keeper"}),
    "members.person": frozenset({"keeper"}),
    "members.end": frozenset({"keeper"}),
    "members.start_anew": frozenset({"keeper"}),
    "members.take_back": frozenset({"keeper"}),
    "members.another_code": frozenset({"keeper"}),
    "members.come_in": frozenset(),
}
"""Who gets a page; what is not named here fails the first test below."""
KINDS = ("worker", "keeper", "ended", "disabled", "other agency", "marac", "officer", "other landlord", "nobody")
OF_A_GRANT = {name for name in TABLE if name.startswith(("shared.", "entries.", "asked."))} - {"shared.cases"}
OF_A_CASE = OF_A_GRANT | {name for name in TABLE if name.startswith(("board.", "papers.", "agreed.", "minutes."))} - {
    "board.board", "board.meeting", "minutes.attended",
}  # fmt: skip


BEHIND_IT = (
    AgencyGrant, SharedSection, SharedKey, AgencyEntry, AgencyTask, MaracReferral, MaracAction, MaracMinutes,
)  # fmt: skip
"""All that an agency has of a case that is shared with it, and before the conference at which it sits."""


@dataclass
class Field:
    """One case that is shared and before the conference, and everybody who could want to see it."""

    app: Flask
    shared: Shared
    ids: Ids
    people: dict[str, PageClient]

    def asks(self, address: Address, kind: str) -> int:
        """The status that this person gets."""
        url = filled_in(self.app, address, "none", self.ids).replace("/action_plan", "/person")  # which is granted
        how = {"data": {"revision": "0"}} if address.method == "POST" else {}
        return self.people[kind].http.open(url, method=address.method, **how).status_code


def there(field: Field) -> dict[type[Base], int]:
    """How much of all that the database counts for the agency's worker, asked without any condition."""
    shared = field.shared
    with shared.agency.database.work(shared.agency.scope(shared.worker)) as session:
        return {each: session.scalar(select(func.count()).select_from(each)) or 0 for each in BEHIND_IT}


def everywhere(app: Flask) -> list[Address]:
    """Every address of an agency's pages."""
    return [each for each in addresses(app) if each.rule.rule.startswith("/desk/partner")]


@pytest.fixture
def field(app: Flask, database: Database, clock: Clock) -> Iterator[Field]:
    """The agency that has the case sits at the conference too."""
    conference = a_conference(app, database, clock)
    shared = a_shared_case(app, database, clock)
    seated, worker = shared.agency, shared.worker
    with database.work(conference.agency.scope(conference.coordinator)) as session:
        area_service.seat(session, conference.id, seated.id, conference.by, conference.now)
    _, officer = officer_at(shared.desk)
    case_id, referral = conference.referred(shared.desk.place, officer)
    conference.listed(shared.desk.place, case_id, referral)
    about = About(shared.desk.place.id, case_id, referral)
    with database.work(conference.agency.scope(conference.coordinator)) as session:
        due = datetime.now(UTC).date() + 9 * DAY
        action = Agreed(seated.id, "Ring", due, shown=True)
        agreed = actions.agree(session, about, action, conference.by, conference.now)
        minutes.write(
            session, about, conference.meeting_id, "x", conference.by, conference.now, circulated=True
        )
    by = Actor(worker.account_id, worker.name)
    with database.work(seated.scope(worker)) as session:
        written = Written(EntryKind.DOCUMENT, "x", conference.now, shown=True, file=b"x", ending="txt")
        entry = entries.write(session, shared.grant_id, written, by, conference.now)
        inviting.invite(session, f"{new_id().hex}@agency.example", "New", [AgencyRole.WORKER], by, conference.now)
        invitation = session.scalars(select(AgencyInvitation.id)).one()
        kept = keep(session, KEPT, by, conference.now)
    with shared.desk.place.work() as session:
        task = asked.ask(
            session, shared.case_id, shared.grant_id, "Ring", datetime.now(UTC).date(), officer, conference.now
        )
    ids = {
        "grant_id": shared.grant_id, "entry_id": entry, "asked_id": task, "conference_id": referral,
        "sitting_id": conference.meeting_id, "area_id": conference.id, "agreed_id": agreed,
        "seat_id": conference.row().seats[0].id, "invitation_id": invitation,
        "kept_id": kept,
        "member_id": members_at(database, seated.id, worker),
    }  # fmt: skip
    found = Field(app, shared, Ids(ids), {})
    found.people = everybody(app, database, shared, conference.coordinator)
    app.config["WTF_CSRF_ENABLED"] = False
    yield found
    app.config["WTF_CSRF_ENABLED"] = True


def everybody(app: Flask, database: Database, shared: Shared, coordinator: Staff) -> dict[str, PageClient]:
    """Each kind of person, signed in before whatever ends their access."""
    ended, disabled = shared.agency.somebody(), shared.agency.somebody()
    who = {
        "worker": shared.worker,
        "keeper": shared.agency.somebody(AgencyRole.COORDINATOR),
        "ended": ended,
        "disabled": disabled,
        "other agency": agency_of(database).somebody(),
        "marac": coordinator,
        "officer": shared.desk.somebody(Role.MANAGER),
        "other landlord": Desk(app, database, a_place(database, "star"), shared.desk.clock).somebody(Role.MANAGER),
    }
    clients = {kind: shared.client(each) for kind, each in who.items()} | {"nobody": PageClient(app)}
    with database.work(shared.agency.scope(ended)) as session:
        members.end(session, members_at(database, shared.agency.id, ended), PORTAL, datetime.now(UTC))
    with database.work(PublicScope()) as session:
        session.execute(update(Account).where(Account.id == disabled.account_id).values(active=False))
    return clients


def test_every_address_of_an_agency_stands_in_the_table(app: Flask) -> None:
    """Whoever adds one has to say who gets it."""
    assert {each.endpoint for each in everywhere(app)} == set(TABLE)


def test_each_gets_what_the_table_says_and_nobody_more(field: Field) -> None:
    """What is somebody else's answers as what never was; nothing is changed by whoever may not."""
    for address in everywhere(field.app):
        for kind in KINDS:
            allowed = kind in TABLE[address.endpoint]
            if address.method == "POST" and allowed:
                continue  # what those may do who may is told by other tests
            got = field.asks(address, kind)
            if allowed:
                assert got == 200, f"{kind} at {address}: {got}"
            elif address.endpoint == "members.come_in":
                reads = {"ended", "officer", "other landlord"}
                assert got == (200 if kind in reads else 303), f"{kind} at {address}: {got}"
            elif kind in {"nobody", "disabled"}:
                assert got == 303, f"{kind} at {address}: {got}"
            else:
                assert got == (404 if address.ids else 403), f"{kind} at {address}: {got}"


@pytest.mark.invariant(7)
@pytest.mark.parametrize("how", ["expired", "revoked"])
@pytest.mark.parametrize("htmx", [False, True], ids=["page", "fragment"])
def test_the_moment_it_is_over_every_address_of_the_case_is_gone(field: Field, how: str, htmx: bool) -> None:
    """For those who had it open a moment ago too, and whichever way they ask."""
    field.people["worker"].get(f"{field.shared.url}/person")
    assert all(there(field).values()), "a moment ago all of it was there"
    now = datetime.now(UTC)
    ends = {"until_at": now} if how == "expired" else {"ended_at": now}
    with field.shared.desk.place.work() as session:
        session.execute(update(AgencyGrant).values(**ends))
        over = {"shown_until": now, "until_at": now} if how == "expired" else {"state": "withdrawn"}
        session.execute(update(MaracReferral).values(**over))
    headers = {"HX-Request": "true"} if htmx else {}
    for address in everywhere(field.app):
        if address.endpoint in OF_A_CASE:
            for kind in ("worker", "marac"):
                url = filled_in(field.app, address, "none", field.ids)
                got = field.people[kind].http.open(url, method=address.method, headers=headers)
                assert got.status_code == 404, f"{kind} at {address}: {got.status_code}"
                assert (got.headers.get("HX-Refresh") == "true") is htmx, "what stood on the screen goes as well"
    assert there(field) == dict.fromkeys(BEHIND_IT, 0), "nor can anything of it be counted"
    for url in ("/desk/partner/cases", "/desk/partner/conference"):
        said = field.people["worker"].http.get(url, headers=headers).get_data(as_text=True)
        assert "Ring" not in said
        assert str(field.shared.grant_id) not in said


def test_a_part_that_was_not_granted_answers_as_one_that_never_was(field: Field) -> None:
    client = field.people["worker"].http
    base = f"/desk/partner/cases/{field.shared.grant_id}"
    wrong = client.get(f"{base}/notes")
    never = client.get(f"{base}/nothing")
    assert client.get(f"{base}/person").status_code == 200
    assert wrong.status_code == never.status_code == 404

"""Every partner's address by every kind of partner's user, and what each must get: the case, or what never was."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update

from portal.cases import safe_contact
from portal.cases.consents.models import ConsentGiven
from portal.cases.consents.service import withdraw
from portal.cases.disclosures.models import Disclosure
from portal.domain.agency_roles import AgencyRole
from portal.domain.permissions import Role
from portal.domain.sharing import RecipientKind
from portal.partners.grants.models import AgencyGrant, SharedSection
from portal.partners.members import service as members
from portal.people.models import Account
from portal.store.audit import PORTAL, Actor, AuditEntry, Fact
from portal.store.base import new_id
from portal.store.database import Database
from portal.store.scope import PublicScope
from tests.client import PageClient
from tests.conftest import Clock, Staff
from tests.desk import NUMBER, SAFE, WORD
from tests.partners.granting import WORDS, Shared, a_shared_case, agency_of, granted, taken
from tests.partners_at_hand import members_at
from tests.places import a_place

GRANT = {"accept": {"answer": "accept"}, "decline": {"answer": "decline", "reason": "We cannot."}}
ADDRESSES = (
    ("GET", ""),
    ("GET", "/person"),
    ("GET", "/happened"),
    ("GET", "/notes"),
    ("POST", "/answer"),
)
"""Under the address of a case; the list of cases is asked for beside them."""
OPENS = {("GET", ""): 200, ("GET", "/person"): 200, ("GET", "/happened"): 200, ("GET", "/notes"): 404,
         ("POST", "/answer"): 303}  # fmt: skip
NEVER_WAS = dict.fromkeys(OPENS, 404)


def no_change(_shared: Shared) -> None:
    """The right agency, while it holds."""


def expired(shared: Shared) -> None:
    """Its time is over."""
    with shared.desk.place.work() as session:
        session.execute(update(AgencyGrant).values(until_at=datetime.now(UTC)))


def not_yet(shared: Shared) -> None:
    """Its time has not come."""
    with shared.desk.place.work() as session:
        session.execute(update(AgencyGrant).values(from_at=datetime.now(UTC) + timedelta(days=1)))


def revoked(shared: Shared) -> None:
    """The officer has ended it, through the page."""
    officer = shared.client(shared.officer)
    officer.get(shared.case_url)
    officer.submit({}, form="/end")


def declined(shared: Shared) -> None:
    """The agency has declined it."""
    with shared.desk.place.work() as session:
        session.execute(update(AgencyGrant).values(accepted=False))


def withdrawn(shared: Shared) -> None:
    """The survivor has taken her consent back."""
    with shared.desk.place.work() as session:
        consent = session.scalars(select(ConsentGiven.id).where(ConsentGiven.case_id == shared.case_id)).one()
        withdraw(session, shared.case_id, consent, "", PORTAL, datetime.now(UTC))


def disabled(shared: Shared) -> None:
    """The account does not work any more."""
    with shared.desk.database.work(PublicScope()) as session:
        session.execute(update(Account).where(Account.id == shared.worker.account_id).values(active=False))


def left(shared: Shared) -> None:
    """The coordinator has ended the worker's access."""
    agency, database = shared.agency, shared.desk.database
    with database.work(agency.scope(shared.worker)) as session:
        members.end(session, members_at(database, agency.id, shared.worker), PORTAL, datetime.now(UTC))


HAPPENED = {
    no_change: OPENS, expired: NEVER_WAS, not_yet: NEVER_WAS, revoked: NEVER_WAS, declined: NEVER_WAS,
    withdrawn: NEVER_WAS, left: NEVER_WAS, disabled: dict.fromkeys(OPENS, 303),
}  # fmt: skip


def asked(client: PageClient, shared: Shared) -> dict[tuple[str, str], int]:
    """Every address, with a form that is right in itself."""
    client.app.config["WTF_CSRF_ENABLED"] = False
    try:
        return {
            (method, path): client.http.open(
                shared.url + path, method=method, data=GRANT["accept"] if method == "POST" else None
            ).status_code
            for method, path in ADDRESSES
        }
    finally:
        client.app.config["WTF_CSRF_ENABLED"] = True


@pytest.fixture
def shared(app: Flask, database: Database, clock: Clock) -> Shared:
    """A case that the right agency has taken."""
    return a_shared_case(app, database, clock)


@pytest.mark.parametrize("happens", HAPPENED, ids=lambda each: each.__name__)
def test_the_worker_of_the_right_agency_gets_what_holds_at_this_moment_though_the_page_is_open(
    shared: Shared, happens: object
) -> None:
    """Signed in before it happens, in a session that goes on."""
    client = shared.client(shared.worker)
    assert client.http.get(shared.url).status_code == 200
    happens(shared)
    assert asked(client, shared) == HAPPENED[happens]
    if happens not in {no_change, disabled, left}:
        assert "Nothing is shared with you at the moment." in client.get("/desk/partner/cases").text


def somebody_else(shared: Shared, kind: str) -> Staff:
    """Every other kind of user."""
    other = agency_of(shared.desk.database)
    if kind in {"worker of another agency", "both at another agency"}:
        return other.somebody(*([AgencyRole.WORKER, AgencyRole.COORDINATOR] if "both" in kind else [AgencyRole.WORKER]))
    if kind == "coordinator of the right agency":
        return shared.agency.somebody(AgencyRole.COORDINATOR)
    if kind == "worker of the landlord's other partner":
        granted(shared.desk.place, other, Actor(shared.officer.account_id, "Robin"), datetime.now(UTC))
        return other.somebody()
    roles = list(Role) if kind == "everything at another landlord" else [Role.OFFICER]
    place = a_place(shared.desk.database, "star") if "another landlord" in kind else shared.desk.place
    account = place.staff(*roles)
    with place.work() as session:
        email = session.scalars(select(Account.email).where(Account.id == account)).one()
    return Staff(account, email, "Robin Example")


@pytest.mark.clause("STAR-1.1")
@pytest.mark.parametrize(
    "kind",
    [
        "worker of another agency", "both at another agency", "coordinator of the right agency",
        "worker of the landlord's other partner", "everything at another landlord", "officer of the landlord",
    ],
)  # fmt: skip
def test_nobody_else_gets_anything_at_a_partners_address(shared: Shared, kind: str) -> None:
    client = shared.client(somebody_else(shared, kind))
    assert asked(client, shared) == NEVER_WAS
    never = client.http.get(f"/desk/partner/cases/{new_id()}")
    theirs = client.http.get(shared.url)

    def same(answer: object) -> str:
        return re.sub(r'(nonce|name="csrf_token" value)[-=]"?[^"]+"', "", answer.get_data(as_text=True))

    assert same(theirs) == same(never), "as one that never was"
    lists = client.http.get("/desk/partner/cases")
    assert shared.case_url not in lists.get_data(as_text=True)
    assert str(shared.grant_id) not in lists.get_data(as_text=True)


def test_a_worker_has_the_cases_of_three_landlords_in_one_list_and_hears_of_no_other(
    app: Flask, database: Database, clock: Clock
) -> None:
    first = a_shared_case(app, database, clock, "star")
    others = [a_shared_case(app, database, clock, like, agency=first.agency) for like in ("nph", "whg")]
    stranger = a_shared_case(app, database, clock, "dales")
    page = first.client(first.worker).get("/desk/partner/cases")
    for each in (first, *others):
        assert each.desk.place.slug in page.text, "its landlord's name"
        assert each.url in page.links
    assert "Cases 3" in page.text
    assert stranger.desk.place.slug not in page.html
    assert "Havebury" not in page.html


def test_how_contact_is_safe_comes_first_and_each_opening_is_seen_by_the_officer(shared: Shared) -> None:
    worker = shared.client(shared.worker)
    page = worker.get(f"{shared.url}/happened")
    assert WORDS in page.text
    assert page.text.index("Before any contact") < page.text.index("How contact is safe") < page.text.index(WORDS)
    assert shared.officer.name in page.text, "who shared it"
    officer = shared.client(shared.officer).get(shared.case_url)
    assert f"Jo Example, {shared.agency.name}, What they say is happening" in officer.text
    with shared.desk.place.work() as session:
        of_case = select(AuditEntry).where(AuditEntry.subject_id == shared.case_id)
        (entry,) = session.scalars(of_case.where(AuditEntry.fact == Fact.GRANT_OPENED)).all()
        assert (entry.account_id, entry.permission) == (shared.worker.account_id, "agency.cases")
        assert entry.detail == f"{shared.grant_id} happened"
        assert len(session.scalars(select(Disclosure.id).where(Disclosure.case_id == shared.case_id)).all()) == 1
    worker.get(f"{shared.url}/person")
    with shared.desk.place.work() as session:
        left_then = session.scalars(select(Disclosure.id).where(Disclosure.case_id == shared.case_id)).all()
        assert len(left_then) == 1, "what has not changed has not left again"


def test_an_offer_shows_nothing_of_the_case_and_is_answered_once(
    app: Flask, database: Database, clock: Clock
) -> None:
    shared = a_shared_case(app, database, clock, take=False)
    worker, colleague = shared.client(shared.worker), shared.client(shared.agency.somebody())
    page = worker.get(shared.url)
    assert "To keep me safe" in page.text
    assert WORDS not in page.text
    assert "River Canary" not in page.text
    worker.get(f"{shared.url}/person", status=404)
    worker.get(shared.url)
    assert "Choose your answer." in worker.submit({}, form="/answer", status=422).text
    page = worker.submit({"answer": "decline"}, form="/answer", status=422)
    assert "Say why. The landlord reads it" in page.text
    colleague.get(shared.url)
    assert "You have taken it." in colleague.submit({"answer": "accept"}, form="/answer").text
    assert "A colleague of yours answered meanwhile." in worker.submit(
        {"answer": "decline", "reason": "Too late"}, form="/answer"
    ).text
    assert "Taken by" in shared.client(shared.officer).get(shared.case_url).text


def test_a_decline_and_its_reason_reach_the_officer(app: Flask, database: Database, clock: Clock) -> None:
    shared = a_shared_case(app, database, clock, take=False)
    worker = shared.client(shared.worker)
    worker.get(shared.url)
    worker.submit({"answer": "decline", "reason": "We support his mother."}, form="/answer")
    officer = shared.client(shared.officer).get(shared.case_url)
    assert "“We support his mother.”" in officer.text
    assert "Declined" in officer.text
    with shared.desk.place.work() as session:
        facts = select(AuditEntry.detail).where(AuditEntry.fact == Fact.GRANT_ANSWERED)
        assert session.scalars(facts).all() == [f"{shared.grant_id} declined"]
        assert b"mother" not in session.scalars(select(AgencyGrant.outcome)).one()


def test_what_was_narrowed_is_gone_and_so_is_its_copy(shared: Shared) -> None:
    worker, officer = shared.client(shared.worker), shared.client(shared.officer)
    worker.get(f"{shared.url}/happened")
    officer.get(f"{shared.case_url}/{shared.grant_id}")
    officer.submit({"parts": ["person"]}, form=str(shared.grant_id))
    worker.get(f"{shared.url}/happened", status=404)
    assert worker.http.get(f"{shared.url}/person").status_code == 200
    with shared.desk.place.work() as session:
        copies = session.scalars(select(SharedSection.section).where(SharedSection.grant_id == shared.grant_id)).all()
        assert sorted(copies) == ["person", "rules"]


def test_what_changes_about_safe_contact_is_what_the_worker_reads_next(shared: Shared) -> None:
    worker = shared.client(shared.worker)
    first = worker.get(shared.url).text
    with shared.desk.place.work() as session:
        safe_contact.change(session, shared.case_id, SAFE, WORD, PORTAL, datetime.now(UTC))
    page = worker.get(f"{shared.url}/person")
    assert "Not safe: texting" in page.text
    assert page.text != first
    for rule in ("Withhold the number.", "Do not leave a message.", "Do not say who you are until you know"):
        assert rule in page.text
    assert SAFE.code_word not in page.html
    assert NUMBER not in page.html


OF_NPH = (
    RecipientKind.MARAC, RecipientKind.POLICE, RecipientKind.COUNCIL, RecipientKind.SUPPORT, RecipientKind.CHILDREN,
    RecipientKind.ADULTS,
)  # fmt: skip
"""Those whom NPH names: MARAC, police, council teams, the Sunflower Centre, refuges and services, children, adults."""


@pytest.mark.clause("NPH-WORKING-1")
def test_each_kind_that_nph_names_has_an_entry_a_contact_and_its_own_grants_which_end(
    app: Flask, database: Database, clock: Clock
) -> None:
    first = a_shared_case(app, database, clock, "nph", agency=agency_of(database, OF_NPH[0]))
    sharing = [first]
    by = Actor(first.officer.account_id, first.officer.name)
    for kind in OF_NPH[1:]:
        agency, now = agency_of(database, kind), datetime.now(UTC) - timedelta(seconds=1)
        case_id, grant_id = granted(first.desk.place, agency, by, now)
        worker = agency.somebody()
        taken(agency, worker, grant_id)
        sharing.append(replace(first, agency=agency, worker=worker, case_id=case_id, grant_id=grant_id))
    register = first.client(first.officer).get(f"{first.desk.url}/agencies").text
    stand, _, missing = register.partition("No agreement with any agency of these kinds:")
    for each in sharing:
        assert each.agency.name in stand
    assert "01632 960555" in first.client(first.officer).get(
        next(link for link in first.client(first.officer).get(f"{first.desk.url}/agencies").links
             if link.startswith(f"{first.desk.url}/agencies/"))
    ).text  # fmt: skip
    without = missing.partition("names as partners")[0]
    assert not any(says in without for says in ("Police", "Children", "Adult social care", "Specialist support"))
    for each in sharing:
        assert each.url in each.client(each.worker).get("/desk/partner/cases").links, each.agency.kind
    with first.desk.place.work() as session:
        session.execute(update(AgencyGrant).values(until_at=datetime.now(UTC)))
    for each in sharing:
        page = each.client(each.worker).get("/desk/partner/cases")
        assert "Cases 0" in page.text
        assert "Nothing is shared with you at the moment." in page.text
        assert each.url not in page.html

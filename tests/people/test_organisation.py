"""Signing in through a landlord's own organisation opens that landlord to whoever was invited, and nothing else."""

from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from flask import Flask
from joserfc.jwk import RSAKey
from sqlalchemy import select, update

from portal.domain.permissions import Role
from portal.people.models import Account, StaffSession
from portal.people.proving import organisation
from portal.people.proving.models import SignOn
from portal.people.proving.oidc import Asked, Client, OrganisationAwayError, Organisations
from portal.people.staff import add_staff
from portal.store.audit import PORTAL, AuditEntry, Fact
from portal.store.database import Database
from portal.store.scope import PublicScope
from tests.client import PageClient
from tests.conftest import Clock, Staff
from tests.desk import MONDAY, Desk, a_desk
from tests.people.provider import CLIENT, SECRET, Person, Provider, running

REFUSED = "Only whoever has come in here before signs in so"


@pytest.fixture(scope="module")
def serving() -> Iterator[Provider]:
    with running() as found:
        yield found


@pytest.fixture
def provider(serving: Provider) -> Provider:
    """The organisation, with no tricks."""
    serving.claims, serving.shows, serving.signed_in_at, serving.asked = {}, None, None, []
    return serving


@pytest.fixture
def desk(app: Flask, database: Database, clock: Clock, provider: Provider) -> Desk:
    """A landlord whose people can sign in there; at the real time, by which the provider signs."""
    found = a_desk(app, database, clock, "havebury")
    clock.at = None
    lets_in(found, provider)
    return found


def lets_in(desk: Desk, provider: Provider) -> None:
    with desk.place.work() as session:
        organisation.set_up(session, provider.issuer, CLIENT, SECRET, PORTAL, MONDAY)
    provider.backs.append(f"{desk.app.extensions['portal'].settings.base_url}/desk/organisation/{desk.place.slug}/back")


def there(client: PageClient, desk: Desk, query: str = "") -> str:
    """The address to which the browser is sent."""
    answer = client.http.get(f"/desk/organisation/{desk.place.slug}{query}")
    assert answer.status_code == 303
    return str(answer.headers["Location"])


def answer_to(url: str) -> str:
    """Where the provider sends the browser back to, as a path here."""
    found = requests.get(url, allow_redirects=False, timeout=5)
    back = urlsplit(found.headers["Location"])
    return f"{back.path}?{back.query}"


def through(
    desk: Desk, provider: Provider, who: Person, client: PageClient | None = None, query: str = ""
) -> PageClient:
    """Sign in as somebody there."""
    provider.who = who
    client = client or PageClient(desk.app)
    client.get(answer_to(there(client, desk, query)))
    return client


def person(who: Staff) -> Person:
    return Person(f"sub-{who.account_id}", who.email)


def test_whoever_was_invited_gets_in_and_it_is_on_record(desk: Desk, provider: Provider) -> None:
    who = desk.somebody(Role.OFFICER)
    client = through(desk, provider, person(who), query="?next=/desk/me")
    assert client.url == "/desk/me"
    assert client.get("/desk/").h1s == ["My work"]
    asked = provider.asked[-1]
    assert asked["code_challenge_method"] == "S256"
    assert len(asked["state"]) > 30
    assert asked["nonce"] not in {asked["state"], ""}
    with desk.place.work() as session:
        facts = session.scalars(select(AuditEntry.fact).where(AuditEntry.subject_id == who.account_id)).all()
    assert Fact.SIGN_ON_TIED in facts


def test_nobody_who_was_not_invited_gets_in_and_no_account_is_made(desk: Desk, provider: Provider) -> None:
    gone, elsewhere = desk.somebody(Role.OFFICER), f"stranger-{desk.place.slug}@elsewhere.example"
    manager = desk.client(Role.MANAGER)
    manager.get(f"{desk.url}/roles/{gone.account_id}")
    manager.submit({}, form="/end")
    for who in (Person("sub-stranger", elsewhere), person(gone), Person("sub-none", "")):
        assert REFUSED in through(desk, provider, who).page.text
    with desk.database.work(PublicScope()) as session:
        assert session.scalar(select(Account.id).where(Account.email == elsewhere)) is None


def test_an_organisation_opens_its_own_landlord_alone_and_each_of_several_in_turn(
    desk: Desk, provider: Provider, database: Database, clock: Clock
) -> None:
    other = a_desk(desk.app, database, clock, "star")
    clock.at = None
    lets_in(other, provider)
    who = desk.somebody(Role.OFFICER)
    add_staff(database, email=who.email, name=who.name, password="", roles={other.place.id: [Role.OFFICER]}, now=MONDAY)
    client = through(desk, provider, person(who))
    client.get(f"{desk.url}/policy")
    client.get(f"{other.url}/policy", status=404)
    assert other.place.slug not in client.get("/desk/me").html
    through(other, provider, person(who), client)
    client.get(f"{other.url}/policy")
    client.get(f"{desk.url}/policy")


def test_whoever_comes_in_so_changes_nothing_about_the_account(desk: Desk, provider: Provider) -> None:
    who = desk.somebody(Role.OFFICER)
    client = through(desk, provider, person(who))
    for path in ("/passkey", "/app", "/password"):
        page = client.get(f"/desk/me/sign-in{path}")
        assert page.h1s == ["How I sign in"]
        assert "You came in through your organisation" in page.text
    for path in ("/app/begin", "/codes", "/passkey/ask"):
        client.post(f"/desk/me/sign-in{path}")
        assert client.page.h1s == ["How I sign in"]


def test_somebody_is_known_by_the_name_that_the_organisation_keeps_and_an_address_passes_to_nobody(
    desk: Desk, provider: Provider
) -> None:
    who, other = desk.somebody(Role.OFFICER, name="Ann One"), desk.somebody(Role.OFFICER)
    through(desk, provider, person(who))
    married = Person(f"sub-{who.account_id}", "a.new.name@staff.example")
    assert "Ann One" in through(desk, provider, married).get("/desk/me").text
    stolen = Person(f"sub-{who.account_id}", other.email)
    assert "Ann One" in through(desk, provider, stolen).get("/desk/me").text
    assert REFUSED in through(desk, provider, Person("sub-of-a-successor", who.email)).page.text


def test_an_address_that_the_organisation_has_not_verified_is_none(desk: Desk, provider: Provider) -> None:
    who = desk.somebody(Role.OFFICER)
    assert REFUSED in through(desk, provider, Person("sub-unverified", who.email, verified=False)).page.text


def test_an_answer_to_another_question_or_for_another_browser_is_refused(desk: Desk, provider: Provider) -> None:
    who = desk.somebody(Role.OFFICER)
    provider.who = person(who)
    mine, theirs = PageClient(desk.app), PageClient(desk.app)
    back = answer_to(there(theirs, desk))
    assert REFUSED in mine.get(back).text
    there(mine, desk)
    assert REFUSED in mine.get(back).text
    path, state = back.partition("?")[0], parse_qs(urlsplit(back).query)["state"][0]
    there(theirs, desk)
    assert REFUSED in theirs.get(f"{path}?code=made-up&state={state}").text
    back = answer_to(there(theirs, desk))
    assert theirs.get(back).h1s == ["My work"]
    theirs.submit(form="sign-out")
    assert REFUSED in theirs.get(back).text, "an answer serves once"


@pytest.mark.parametrize(
    "claims",
    [
        {"iss": "https://elsewhere.example"},
        {"aud": "another"},
        {"nonce": "another"},
        {"exp": 1},
        {"aud": [CLIENT, "another"], "azp": "another"},
    ],
    ids=lambda claims: next(iter(claims)) + (" for several" if len(claims) > 1 else ""),
)
def test_a_token_of_somebody_else_for_somebody_else_or_from_another_day_is_refused(
    desk: Desk, provider: Provider, claims: dict[str, object]
) -> None:
    provider.claims = claims
    assert REFUSED in through(desk, provider, person(desk.somebody(Role.OFFICER))).page.text


def test_a_token_that_another_key_signed_is_refused(desk: Desk, provider: Provider) -> None:
    provider.shows = RSAKey.generate_key(2048, {"kid": "one", "use": "sig"})
    assert REFUSED in through(desk, provider, person(desk.somebody(Role.OFFICER))).page.text


def test_before_a_sensitive_act_the_organisation_asks_anew(desk: Desk, provider: Provider) -> None:
    who = desk.somebody(Role.MANAGER)
    client = through(desk, provider, person(who))
    assert client.get(f"{desk.url}/emergency").h1s != ["Show that it is you"]
    with desk.database.work(PublicScope()) as session:
        session.execute(update(StaffSession).where(StaffSession.account_id == who.account_id).values(proved_at=MONDAY))
    assert client.get(f"{desk.url}/emergency").h1s == ["Show that it is you"]
    again = next(link for link in client.page.links if "anew=1" in link)
    query = "?" + again.partition("?")[2].replace("&amp;", "&")
    provider.signed_in_at = 1
    assert REFUSED in through(desk, provider, person(who), client, query).page.text
    provider.signed_in_at = None
    through(desk, provider, person(who), client, query)
    assert client.url == f"{desk.url}/emergency"
    assert provider.asked[-1]["max_age"] == "0"


def test_the_client_secret_is_sealed(desk: Desk) -> None:
    with desk.place.work() as session:
        kept = session.scalars(select(SignOn.sealed)).one()
    assert SECRET.encode() not in kept


def test_a_landlord_without_an_organisation_has_no_such_page_and_one_that_is_away_says_so(
    desk: Desk,
) -> None:
    client = PageClient(desk.app)
    client.get("/desk/organisation/havebury", status=404)
    client.get("/desk/organisation/no-such", status=404)
    assert f"/desk/organisation/{desk.place.slug}" in "".join(client.get("/desk/organisation").links)
    with desk.place.work() as session:
        organisation.set_up(session, "http://127.0.0.1:9", CLIENT, SECRET, PORTAL, MONDAY)
    client.get(f"/desk/organisation/{desk.place.slug}")
    assert "does not answer" in client.page.text


def test_production_speaks_with_no_organisation_without_tls() -> None:
    client = Client("http://127.0.0.1:9", CLIENT, SECRET, "https://portal.example/back")
    with pytest.raises(OrganisationAwayError):
        Organisations(plain_http=False).where_to(client, Asked("x", "y"), MONDAY, anew=False)

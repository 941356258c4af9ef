"""A landlord's role opens for whoever says its code, and for nobody who happens to have the account."""

import re
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update

from portal.domain.permissions import Role, permissions_of
from portal.people import inviting
from portal.people.administering import NotYoursToGiveError, Part
from portal.people.coming_in import AskedIn
from portal.people.models import Account, StaffInvitation
from portal.people.proving.models import Passkey
from portal.reactions import where_to_write
from portal.store.audit import PORTAL, Actor, AuditEntry
from portal.store.base import new_id
from portal.store.database import Database
from portal.store.scope import AccountScope, LandlordScope, PublicScope
from tests.client import PageClient
from tests.conftest import Clock, Staff
from tests.desk import Desk, a_desk
from tests.people.test_new_password import OWN, choose, forgot, post
from tests.people.test_second_factor import begun, later, with_app

CODE = re.compile(r"[a-z2-9]{4}(-[a-z2-9]{4}){3}")
COME_IN = "/desk/partner/come-in"
THEIRS = "a password of somebody else"


@pytest.fixture
def desk(app: Flask, database: Database, clock: Clock) -> Desk:
    return a_desk(app, database, clock, "havebury")


@pytest.fixture
def elsewhere(app: Flask, database: Database, clock: Clock, desk: Desk) -> Desk:
    """Another landlord, whose administrator has asked the same address in before."""
    assert desk
    return a_desk(app, database, clock, "star")


def invite(client: PageClient, desk: Desk, email: str, *roles: Role, status: int = 200) -> str:
    """The page that answers an invitation."""
    client.get(f"{desk.url}/roles/invite")
    said = {"email": email, "name": "Ann New", "roles": [each.value for each in roles]}
    return client.submit(said, form="/invite", status=status).text


def code_from(desk: Desk, email: str, role: Role = Role.OFFICER) -> str:
    """The code that a manager here was given for somebody."""
    found = CODE.search(invite(desk.client(Role.MANAGER), desk, email, role))
    assert found
    return found[0]


def an_address() -> str:
    return f"{new_id().hex}@staff.example"


def signed_in(desk: Desk, email: str, password: str = OWN) -> PageClient:
    client = PageClient(desk.app)
    client.get("/desk/sign-in")
    client.submit({"email": email, "password": password})
    return client


def opened_by_somebody_else(elsewhere: Desk, email: str) -> PageClient:
    """Whoever handed the code over used it themselves, came in, and has the account's password."""
    code = code_from(elsewhere, email)
    theirs = PageClient(elsewhere.app)
    theirs.get("/desk/first-password")
    theirs.submit({"email": email, "code": code, "password": THEIRS})
    theirs = signed_in(elsewhere, email, THEIRS)
    theirs.get(COME_IN)
    theirs.submit({}, form="/come-in")
    theirs.get(f"{elsewhere.url}/policy")
    return theirs


def test_whoever_is_new_chooses_a_password_with_the_code_signs_in_and_comes_in(desk: Desk) -> None:
    email = an_address()
    code = code_from(desk, email)
    choose(desk, email, "aaaa-bbbb-cccc-dddd", status=422)
    choose(desk, email, code.upper().replace("-", " "))
    ann = signed_in(desk, email)
    assert ann.page.h1s == ["You are asked in"]
    ann.get(f"{desk.url}/policy", status=404)
    ann.get(COME_IN)
    assert ann.submit({}, form="/come-in").h1s == ["My work"]
    ann.get(f"{desk.url}/policy")
    choose(desk, email, code, status=422)
    with desk.place.work() as session:
        facts = select(AuditEntry.fact, AuditEntry.actor).where(AuditEntry.subject_id.is_not(None))
        found = session.execute(facts.where(AuditEntry.fact.in_(["role.asked", "role.changed"]))).all()
    assert ("role.asked", "Robin Example") in found
    assert ("role.changed", "Ann New") in found


def test_whoever_opened_the_account_by_another_landlords_code_does_not_come_in_here(
    desk: Desk, elsewhere: Desk, database: Database
) -> None:
    """The danger: the account's password is in other hands when this landlord asks its owner in."""
    email = an_address()
    theirs = opened_by_somebody_else(elsewhere, email)
    code = code_from(desk, email)
    theirs.get(f"{desk.url}/reports", status=404)
    assert desk.place.slug not in theirs.get("/desk/").html
    page = theirs.get(COME_IN)
    assert "First show that" in page.text
    with database.work(LandlordScope(desk.place.id)) as session:
        asked = str(session.scalars(select(StaffInvitation.id).where(StaffInvitation.email == email)).one())
    for said, status in (("", 422), ("aaaa-bbbb-cccc-dddd", 422), (code, 200)):
        theirs.get(f"{elsewhere.url}/policy/readers")
        theirs.post(COME_IN, {"invitation": asked, "code": said}, status=status)
        assert "First show that" in theirs.page.text
        theirs.get(f"{desk.url}/reports", status=404)
    with desk.place.work() as session:
        assert inviting.waiting(session), "it waits for its owner"


def test_its_owner_comes_in_by_a_password_from_their_own_post_and_nobody_elses_key_is_left(
    desk: Desk, elsewhere: Desk, database: Database
) -> None:
    email = an_address()
    theirs = opened_by_somebody_else(elsewhere, email)
    with database.work(PublicScope()) as session:
        who = session.scalars(select(Account.id).where(Account.email == email)).one()
        key = {"credential_id": new_id().bytes, "public_key": b"x", "sign_count": 0, "sealed": b"x"}
        code = code_from(desk, email)
    forgot(desk, email)
    [letter] = post(elsewhere)
    choose(desk, email, letter.secret)
    assert theirs.get("/desk/").h1s == ["Sign in"]
    ann = signed_in(desk, email)
    with database.work(PublicScope()) as session:
        session.add(Passkey(id=new_id(), account_id=who, made_at=desk.clock(), **key))
    ann.get(COME_IN)
    assert "This is not the code" in ann.submit({"code": "aaaa-bbbb-cccc-dddd"}, form="/come-in", status=422).text
    ann.submit({"code": code}, form="/come-in")
    ann.get(f"{desk.url}/reports")
    with database.work(PublicScope()) as session:
        assert session.scalars(select(Passkey.id).where(Passkey.account_id == who)).all() == []
        assert session.scalars(select(Account.shown_at).where(Account.id == who)).one() == desk.clock()


def test_a_password_that_is_changed_without_the_post_shows_nothing_of_whose_address_it_is(
    desk: Desk, elsewhere: Desk
) -> None:
    """Whoever has a passkey of theirs on the account could set it again before its owner comes in."""
    email = an_address()
    opened_by_somebody_else(elsewhere, email)
    code = code_from(desk, email)
    forgot(desk, email)
    [letter] = post(elsewhere)
    choose(desk, email, letter.secret)
    page = signed_in(desk, email)
    page.get("/desk/me/sign-in/password")
    page.submit({"old": OWN, "new": THEIRS}, form="/password")
    page.get(COME_IN)
    assert "First show that" in page.page.text
    assert code not in page.page.html


def test_a_code_that_another_landlord_handed_over_and_nobody_used_opens_only_that_landlord(
    desk: Desk, elsewhere: Desk
) -> None:
    email = an_address()
    first = code_from(elsewhere, email)
    second = code_from(desk, email)
    choose(desk, email, second, status=422)
    choose(desk, email, first)
    page = signed_in(desk, email)
    page.get(f"{desk.url}/policy", status=404)
    text = page.get(COME_IN).text
    assert "First show that" in text
    manager = elsewhere.client(Role.MANAGER)
    manager.get(next(each for each in manager.get(f"{elsewhere.url}/roles").links if "/invitations/" in each))
    another = CODE.search(manager.submit({}, form="/code").html)[0]
    choose(desk, email, another, status=422)


def test_the_landlord_is_told_and_sees_the_same_of_every_address(desk: Desk, elsewhere: Desk) -> None:
    known = elsewhere.somebody(Role.OFFICER)
    manager = desk.client(Role.MANAGER)
    told = set()
    for email in (an_address(), known.email):
        answer = invite(manager, desk, email, Role.OFFICER)
        listed = manager.get(f"{desk.url}/roles").text.partition("Asked in, not here yet")[2]
        one = manager.get(next(each for each in manager.page.links if "/invitations/" in each))
        shown = f"{answer} {listed} {one.text}"
        told.add(CODE.sub("", shown.replace(email, "")))
        code = CODE.search(manager.submit({}, form="/code").html)[0]
        if email == known.email:
            choose(desk, email, code, status=422)
        manager.get(next(each for each in manager.get(f"{desk.url}/roles").links if "/invitations/" in each))
        manager.submit({}, form="/end")
    assert len(told) == 1


def test_an_officer_of_one_landlord_becomes_one_of_two_by_the_code_and_not_before(
    desk: Desk, elsewhere: Desk
) -> None:
    known = elsewhere.somebody(Role.OFFICER)
    theirs = elsewhere.client(who=known)
    code = code_from(desk, known.email)
    theirs.get(f"{desk.url}/policy", status=404)
    assert COME_IN in theirs.get("/desk/me").links
    theirs.get(COME_IN)
    for _ in range(4):
        theirs.submit({"code": "aaaa-bbbb-cccc-dddd"}, form="/come-in", status=422)
    assert "Wait a little" in theirs.submit({"code": code}, form="/come-in", status=429).text
    later(desk, minutes=6)
    theirs.get(COME_IN)
    theirs.submit({"code": code}, form="/come-in")
    theirs.get(f"{desk.url}/policy")
    theirs.get(f"{elsewhere.url}/policy")


def test_what_somebody_is_asked_in_as_is_changed_by_whoever_could_give_it_and_taken_back(desk: Desk) -> None:
    email = an_address()
    code = code_from(desk, email, Role.MANAGER)
    ada, manager = desk.client(Role.ADMINISTRATOR), desk.client(Role.MANAGER)
    one = next(each for each in ada.get(f"{desk.url}/roles").links if "/invitations/" in each)
    ada.get(one)
    assert "You cannot give or take" in ada.submit({"roles": ["front_desk"]}, form=one, status=422).text
    ada.get(one)
    assert "only for somebody whose roles you could give" in ada.submit({}, form="/code").text
    assert "has been asked in already" in invite(manager, desk, email, Role.OFFICER, status=422)
    manager.get(one)
    manager.submit({"roles": ["front_desk"]}, form=one)
    choose(desk, email, code)
    ann = signed_in(desk, email)
    manager.get(one)
    manager.submit({}, form="/end")
    assert ann.submit({}, form="/come-in").h1s == ["Your pages"]
    ann.get(f"{desk.url}/policy", status=404)
    manager.get(one, status=404)


def test_two_managers_at_once_do_not_undo_what_the_other_has_decided_about_somebody_asked_in(desk: Desk) -> None:
    """One takes a role away that the other, with an older page open, would give back before anybody has come."""
    email = an_address()
    code_from(desk, email, Role.SENIOR)
    one, other = desk.client(Role.MANAGER), desk.client(Role.MANAGER)
    asked = next(each for each in one.get(f"{desk.url}/roles").links if "/invitations/" in each)
    for each in (one, other):
        each.get(asked)
    one.submit({"roles": ["officer"]}, form=asked)
    page = other.submit({"post": "Team leader"}, form=asked, status=409)
    assert "Somebody changed this meanwhile" in page.text
    assert f"{email}, Officer" in page.text
    assert page.forms[0]["fields"]["post"] == ["Team leader"], "nothing that was typed is lost"
    assert _asked_as(desk) == (["officer"], None)
    other.submit({"roles": ["officer"]}, form=asked)
    assert _asked_as(desk) == (["officer"], "Team leader")


def _asked_as(desk: Desk) -> tuple[list[str], str | None]:
    with desk.place.work() as session:
        row = session.execute(select(StaffInvitation.roles, StaffInvitation.post)).one()
    return row.roles, row.post


def test_a_code_that_is_over_lets_nobody_in_until_there_is_another(desk: Desk) -> None:
    email = an_address()
    code = code_from(desk, email)
    choose(desk, email, code)
    ann = signed_in(desk, email)
    with desk.place.work() as session:
        session.execute(update(StaffInvitation).values(until_at=desk.clock() - timedelta(minutes=1)))
    assert ann.submit({}, form="/come-in").h1s == ["Your pages"]
    manager = desk.client(Role.MANAGER)
    assert "Is over" in manager.get(f"{desk.url}/roles").text
    manager.get(next(each for each in manager.page.links if "/invitations/" in each))
    another = CODE.search(manager.submit({}, form="/code").html)[0]
    ann.get(COME_IN)
    assert "First show that" in ann.page.text, "the account has been used since, by whoever had the first code"
    forgot(desk, email)
    with desk.place.work() as session:
        who = session.scalars(select(Account.id).where(Account.email == email)).one()
        assert where_to_write(session, who, desk.clock()) == email
    assert another


def test_a_role_that_needs_a_second_factor_asks_for_it_in_the_session_that_comes_in(
    desk: Desk, elsewhere: Desk
) -> None:
    known = elsewhere.somebody(Role.OFFICER)
    theirs, ada = elsewhere.client(who=known), desk.client(Role.ADMINISTRATOR)
    ada.get(f"{desk.url}/sign-in-rule")
    ada.submit({"roles": ["officer"], "minutes": "15"}, form="/sign-in-rule")
    code = code_from(desk, known.email)
    theirs.get(COME_IN)
    theirs.submit({"code": code}, form="/come-in")
    assert "Set up" in theirs.get(f"{desk.url}/reports").text


def test_one_landlords_word_and_the_post_take_no_factor_away_that_guards_anothers_cases(
    desk: Desk, elsewhere: Desk, database: Database
) -> None:
    who = desk.somebody(Role.OFFICER)
    with_app(desk, who)
    both = elsewhere.client(Role.MANAGER)
    code = CODE.search(invite(both, elsewhere, who.email, Role.OFFICER))[0]
    with database.work(LandlordScope(elsewhere.place.id)) as session:
        [asked] = inviting.waiting(session)
        theirs = AskedIn(asked.id, elsewhere.place.id, "x", (), "x", says_code=True)
        from_them = Actor(who.account_id, who.name)
        inviting.come_in(session, theirs, from_them, new_id(), code, desk.clock())
    manager = desk.client(Role.MANAGER)
    manager.get(f"{desk.url}/roles/{who.account_id}")
    manager.submit(form="/anew")
    letters = {each.kind: each for each in post(desk)}
    choose(desk, who.email, letters["anew"].secret)
    assert begun(desk, Staff(who.account_id, who.email, "", password=OWN)).page.h1s == ["Your second factor"]


def test_an_invitation_is_read_by_its_landlord_and_by_whoever_is_asked_and_made_by_the_landlord_alone(
    desk: Desk, elsewhere: Desk, database: Database
) -> None:
    email = an_address()
    code_from(desk, email)
    with database.work(PublicScope()) as session:
        who = session.scalars(select(Account.id).where(Account.email == email)).one()
    here, there = LandlordScope(desk.place.id), LandlordScope(elsewhere.place.id)
    scopes = (here, there, AccountScope(who), AccountScope(new_id()))
    assert [_emails(database, each) for each in scopes] == [[email], [], [email], []]
    part, held = Part((Role.MANAGER,), None, on_duty=False), permissions_of(frozenset({Role.ADMINISTRATOR}))
    with pytest.raises(NotYoursToGiveError), desk.place.work() as session:
        inviting.invite(session, an_address(), "x", part, PORTAL, held, desk.clock())


def _emails(database: Database, scope: LandlordScope | AccountScope) -> list[str]:
    with database.work(scope) as session:
        return list(session.scalars(select(StaffInvitation.email)))

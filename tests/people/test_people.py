"""A landlord keeps its own people: invited, changed, ended, and nobody gives what they do not hold."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.domain.permissions import Permission, Role, grantable, permissions_of
from portal.governance.drafts.jobs import tell_of_publication
from portal.landlords.linter import warnings
from portal.landlords.policies import in_force, keep
from portal.people import administering, inviting
from portal.people.administering import NotYoursToGiveError, Part
from portal.people.models import Membership, PolicyRead
from portal.people.queries import sign_of
from portal.store.audit import AuditEntry
from portal.store.database import Database
from tests.conftest import Clock, Staff
from tests.desk import Desk, a_desk
from tests.landlords.packs_at_hand import TODAY, pack

OWN = "seven green lanterns"


@pytest.fixture
def desk(app: Flask, database: Database, clock: Clock) -> Desk:
    return a_desk(app, database, clock, "havebury")


@pytest.mark.invariant(12)
def test_nobody_gives_a_role_that_allows_more_than_their_own(desk: Desk) -> None:
    assert set(grantable(permissions_of(frozenset({Role.ADMINISTRATOR})))) == {Role.ADMINISTRATOR, Role.FRONT_DESK}
    for role in Role:
        for given in grantable(permissions_of(frozenset({role}))):
            assert permissions_of(frozenset({given})) <= permissions_of(frozenset({role}))
    administrator = desk.client(Role.ADMINISTRATOR)
    administrator.get(f"{desk.url}/roles/invite")
    forged = {"email": "a@b.example", "name": "A", "roles": ["manager"]}
    administrator.post(f"{desk.url}/roles/invite", forged, status=422)


@pytest.mark.invariant(12)
def test_nobody_changes_their_own_roles_and_an_administrator_not_those_of_a_manager(desk: Desk) -> None:
    administrator, manager = desk.somebody(Role.ADMINISTRATOR), desk.somebody(Role.MANAGER, name="Mo Manager")
    client = desk.client(who=administrator)
    client.get(f"{desk.url}/roles/{manager.account_id}")
    page = client.submit({"roles": ["front_desk"]}, form=str(manager.account_id), status=422)
    assert "You cannot give or take what you do not hold yourself: manager." in page.text
    client.get(f"{desk.url}/roles/{administrator.account_id}")
    own = f"{desk.url}/roles/{administrator.account_id}"
    assert own not in client.get(f"{desk.url}/roles").links
    client.post(own, {"roles": ["front_desk"]}, status=404)
    client.get(f"{desk.url}/roles")
    client.get(f"{desk.url}/roles/{manager.account_id}")
    client.post(f"{own}/end", status=404)


@pytest.mark.invariant(12)
def test_whatever_a_form_offers_nothing_beyond_the_givers_own_is_given(desk: Desk) -> None:
    """Asked of the services themselves: a form that offers too much, or another door to them, gives no more."""
    administrator, front = desk.somebody(Role.ADMINISTRATOR), desk.somebody(Role.FRONT_DESK)
    by, held = desk.place.actor(administrator.account_id), permissions_of(frozenset({Role.ADMINISTRATOR}))
    manager, low = (Part((role,), None, on_duty=False) for role in (Role.MANAGER, Role.FRONT_DESK))
    at, as_front = desk.clock(), sign_of(["front_desk"], None, None, on_duty=False)
    with desk.place.work() as session:
        inviting.invite(session, "ann@staff.example", "Ann", low, by, held, at)
    with desk.place.work() as session:
        [asked] = inviting.waiting(session)
    tries: tuple[Callable[[Session], object], ...] = (
        lambda session: administering.change(session, front.account_id, manager, as_front, by, held, at),
        lambda session: inviting.invite(session, "ben@staff.example", "Ben", manager, by, held, at),
        lambda session: inviting.change(session, asked.id, manager, asked.sign, by, held, at),
        lambda session: administering.change(session, administrator.account_id, low, "", by, held, at),
        lambda session: administering.end(session, administrator.account_id, by, at),
        lambda session: inviting.invite(session, administrator.email, "Me", low, by, held, at),
    )
    for tried in tries:
        with pytest.raises(NotYoursToGiveError), desk.place.work() as session:
            tried(session)
    with desk.place.work() as session:
        roles = {each.account_id: each.roles for each in session.scalars(select(Membership))}
        assert [each.roles for each in inviting.waiting(session)] == [{Role.FRONT_DESK}]
    assert (roles[front.account_id], roles[administrator.account_id]) == (["front_desk"], ["administrator"])


def test_a_last_day_stays_when_something_else_is_changed(desk: Desk) -> None:
    """Otherwise whoever was let in for a month stays for good once their post is put right."""
    who, client = desk.somebody(Role.OFFICER, name="Tim Temp"), desk.client(Role.MANAGER)
    client.get(f"{desk.url}/roles/{who.account_id}")
    client.submit({"until": "2026-02-27"}, form=str(who.account_id))
    assert "Until Friday 27 February 2026" in client.get(f"{desk.url}/roles").text.partition("Tim Temp")[2][:80]
    client.get(f"{desk.url}/roles/{who.account_id}")
    client.submit({"post": "Relief officer"}, form=str(who.account_id))
    with desk.place.work() as session:
        stands = session.scalars(select(Membership).where(Membership.account_id == who.account_id)).one()
    assert (stands.post, stands.ends_at) == ("Relief officer", datetime(2026, 2, 28, tzinfo=UTC))


def test_two_managers_at_once_do_not_undo_what_the_other_has_decided(desk: Desk) -> None:
    """One takes a role away that the other, with an older page open, would give back."""
    who = desk.somebody(Role.OFFICER, Role.SENIOR, name="Sam Senior")
    one, other = desk.client(Role.MANAGER), desk.client(Role.MANAGER)
    for each in (one, other):
        each.get(f"{desk.url}/roles/{who.account_id}")
    one.submit({"roles": ["officer"]}, form=str(who.account_id))
    page = other.submit({"post": "Team leader"}, form=str(who.account_id), status=409)
    assert "Somebody changed this meanwhile" in page.text
    assert "Sam Senior, Officer" in page.text
    assert page.forms[0]["fields"]["post"] == ["Team leader"], "nothing that was typed is lost"
    with desk.place.work() as session:
        roles = select(Membership.roles).where(Membership.account_id == who.account_id)
        assert session.scalars(roles).one() == ["officer"]
    other.submit({"roles": ["officer"]}, form=str(who.account_id))
    with desk.place.work() as session:
        assert session.scalars(select(Membership.post).where(Membership.account_id == who.account_id)).one() == (
            "Team leader"
        )


def test_access_ends_at_once_and_what_was_done_is_on_record(desk: Desk) -> None:
    leaver = desk.somebody(Role.OFFICER, name="Lee Leaver")
    theirs = desk.client(who=leaver)
    theirs.get(f"{desk.url}/policy")
    client = desk.client(Role.MANAGER)
    client.get(f"{desk.url}/roles/{leaver.account_id}")
    client.submit({}, form="/end")
    theirs.get(f"{desk.url}/policy", status=404)
    assert "Lee Leaver" not in client.get(f"{desk.url}/roles").text
    with desk.place.work() as session:
        rows = session.scalars(select(AuditEntry.fact).where(AuditEntry.subject_id == leaver.account_id)).all()
    assert "role.changed" in rows


def test_a_course_is_recorded_on_the_page_and_one_that_is_still_to_come_is_not(desk: Desk) -> None:
    learner = desk.somebody(Role.OFFICER, name="Lou Learner", trained=False)
    client = desk.client(Role.MANAGER)
    client.get(f"{desk.url}/roles/course")
    said = {
        "who": str(learner.account_id),
        "title": "Handling disclosures",
        "level": "specialist",
        "completed_on": "2026-03-01",
    }
    page = client.submit(said, form="/course", status=422)
    assert "still to come" in page.text
    client.submit(said | {"completed_on": "2026-01-20", "valid_until": "2028-01-19"}, form="/course")
    row = client.get(f"{desk.url}/training").html.partition("Lou Learner")[2].partition("</tr>")[0]
    assert "Handling disclosures" in row
    assert "19 January 2028" in row


def test_officers_find_no_list_of_people(desk: Desk) -> None:
    desk.client(Role.OFFICER).get(f"{desk.url}/roles", status=403)
    assert Permission.PEOPLE_ADMIN not in permissions_of(frozenset({Role.SENIOR}))


def stands(desk: Desk, who: Staff, by: Role = Role.MANAGER) -> str:
    """How somebody stands in the list of whoever leads."""
    page = desk.client(by).get(f"{desk.url}/policy/readers").html
    row = page.partition(f'<th scope="row">{who.name}</th>')[2].partition("</tr>")[0]
    return "Not yet" if "Not yet" in row else "Read" if "Read" in row else ""


@pytest.mark.clause("HAV-3.2b-1")
def test_a_board_member_who_has_not_read_the_version_in_force_is_listed_until_they_say_so(desk: Desk) -> None:
    member = desk.somebody(Role.BOARD, name="Bo Board")
    assert stands(desk, member) == "Not yet"
    theirs = desk.client(who=member)
    page = theirs.get(f"{desk.url}/policy/readers")
    assert "Everybody here" not in page.text
    theirs.submit(form="/readers")
    assert stands(desk, member) == "Read"
    with desk.place.work() as session:
        current = in_force(session, desk.clock.at)
        kept = session.scalars(select(PolicyRead).where(PolicyRead.account_id == member.account_id)).one()
        assert (kept.version_id, kept.read_at) == (current.version_id, desk.clock.at)
        document = current.policy.document.model_copy(
            update={"version": current.policy.document.version.model_copy(update={"value": "2.0"})}
        )
        keep(session, current.policy.model_copy(update={"document": document}), desk.clock.at)
    assert stands(desk, member) == "Not yet", "another version is read anew"


@pytest.mark.clause("STAR-9-1")
def test_every_employee_of_star_is_listed_until_they_have_read_the_overview(
    app: Flask, database: Database, clock: Clock
) -> None:
    star = a_desk(app, database, clock, "star")
    adviser = star.somebody(Role.FRONT_DESK, name="Sal Adviser")
    assert stands(star, adviser) == "Not yet"
    theirs = star.client(who=adviser)
    assert "Version 1.0" in theirs.get(f"{star.url}/policy/readers").text
    theirs.submit(form="/readers")
    assert stands(star, adviser) == "Read"


@pytest.mark.clause("NPH-COVER-4")
def test_publishing_records_whom_each_version_went_to_and_the_empty_list_of_the_source_is_a_defect(
    app: Flask, database: Database, clock: Clock
) -> None:
    nph = a_desk(app, database, clock, "nph")
    officer = nph.somebody(Role.OFFICER, name="Ollie Officer", post="Tenancy Support Officer")
    with nph.place.work() as session:
        version = in_force(session, nph.clock.at).version_id
    manager = nph.client(Role.MANAGER)
    row = manager.get(f"{nph.url}/policy/readers").text.partition("Ollie Officer")[2]
    assert "Not by the portal" in row[:120]
    with nph.place.work() as session:
        tell_of_publication(session, {"version_id": version}, nph.clock.at)
    page = manager.get(f"{nph.url}/policy/readers").text
    assert "Version 1" in page
    assert "Officer Tenancy Support Officer Monday 2 February 2026" in page.partition("Ollie Officer")[2][:120]
    assert "Not yet" in page.partition("Ollie Officer")[2][:120]
    nph.client(who=officer).get(f"{nph.url}/policy/readers")
    told = [each.says for each in warnings(pack("nph"), TODAY) if each.code == "field-blank"]
    assert '"Distribution list" is left blank.' in told


def test_everybody_hears_of_a_version_that_was_approved(desk: Desk) -> None:
    one, other = desk.somebody(Role.OFFICER), desk.somebody(Role.FRONT_DESK)
    with desk.place.work() as session:
        version = in_force(session, desk.clock.at).version_id
        tell_of_publication(session, {"version_id": version}, datetime(2026, 2, 2, 12, tzinfo=UTC))
    told = {each.account_id for each in desk.place.messages() if str(version) in each.link}
    assert {one.account_id, other.account_id} <= told

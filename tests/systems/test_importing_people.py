"""Colleagues from another system: invited with roles that may be given, courses on record, codes once, taken back."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from portal.domain.permissions import Role
from portal.people import inviting
from portal.people.models import Account, Membership, Training
from portal.store.audit import AuditEntry, Fact
from portal.store.record_keys import ErasedError, box_of
from portal.systems.importing.models import CaseImport
from tests.client import PageClient
from tests.conftest import PASSWORD
from tests.desk import Desk
from tests.systems.files import as_csv, newest, read_in, takes_back, works

HEAD = ["Name", "Work email", "Role", "Job title", "On duty", "Course", "Level", "Completed", "Expires"]
ANN = ["Ann Example", "Ann@NEW", "Officer; Front desk", "Housing officer", "yes", "Noticing", "Awareness",
       "02/01/2026", "02/01/2028"]  # fmt: skip
BEN = ["Ben Example", "ben@NEW", "Senior officer", "", "", "", "", "", ""]
MORE = ["", "ann@NEW", "", "", "", "DASH", "Specialist", "05/01/2026", ""]


def of(desk: Desk, *rows: list[str]) -> bytes:
    """The file, with addresses that nobody has at another landlord of these tests."""
    return as_csv(HEAD, *([cell.replace("NEW", where(desk)) for cell in row] for row in rows))


def where(desk: Desk) -> str:
    return f"{desk.place.slug}.example"


def taken_over(desk: Desk, client: PageClient, *rows: list[str]) -> str:
    page = read_in(desk, client, of(desk, *rows), kind="people")
    assert "Nothing is wrong with it." in page.text, page.text
    client.submit(form="/take-over")
    works(desk, newest(desk))
    return f"{newest(desk)}"


def roles_here(desk: Desk) -> dict[str, list[str]]:
    with desk.place.work() as session:
        rows = session.execute(
            select(Account.email, Membership.roles)
            .join(Membership, Membership.account_id == Account.id)
            .where(Membership.ends_at.is_(None), Account.email.like(f"%@{where(desk)}"))
        )
        return {email.partition("@")[0]: roles for email, roles in rows}


def asked_in(desk: Desk) -> dict[str, list[str]]:
    """Who was asked in and has not come, as what: they have no role yet."""
    assert roles_here(desk) == {}
    with desk.place.work() as session:
        return {each.email.partition("@")[0]: sorted(each.roles) for each in inviting.waiting(session)}


def test_colleagues_come_with_roles_and_courses_and_their_codes_are_handed_over_once(desk: Desk) -> None:
    manager, here = desk.client(Role.MANAGER), desk.somebody(Role.OFFICER, trained=False)
    known = ["", here.email, "", "", "", "Noticing", "awareness", "3/1/2026", ""]
    import_id = taken_over(desk, manager, ANN, BEN, MORE, known)
    assert asked_in(desk) == {"ann": ["front_desk", "officer"], "ben": ["senior"]}
    with desk.place.work() as session:
        courses = session.execute(
            select(Training.title, Training.level, Training.valid_until)
            .where(Training.account_id != manager_id(desk), Training.recorded_by.is_not(None))
            .order_by(Training.completed_on)
        ).all()
        facts = session.scalars(select(AuditEntry.fact).where(AuditEntry.fact == Fact.ROLE_ASKED.value)).all()
    assert [tuple(each) for each in courses] == [
        ("Noticing", "awareness", date(2028, 1, 2)), ("Noticing", "awareness", None), ("DASH", "specialist", None),
    ]  # fmt: skip
    assert len(facts) >= 2
    page = manager.get(f"{desk.url}/systems/people")
    assert "4 lines" in page.text
    shown = manager.submit(form=f"{import_id}/codes")
    code = next(word for word in shown.text.split() if word.count("-") == 3)
    assert "Ann Example" in shown.text
    assert "Show the codes" not in manager.get(f"{desk.url}/systems/people").text
    assert manager.http.post(f"{desk.url}/systems/people/{import_id}/codes").status_code in {400, 404}
    with desk.place.work() as session, pytest.raises(ErasedError):
        box_of(session, newest(desk))
    ann = PageClient(desk.app)
    ann.get("/desk/first-password")
    chosen = {"email": f"ann@{where(desk)}", "code": code, "password": "seven long words of her own"}
    assert "Sign in" in ann.submit(chosen, form="first-password").text


def manager_id(desk: Desk) -> object:
    with desk.place.work() as session:
        return session.scalars(select(CaseImport.read_by)).first()


@pytest.mark.invariant(12)
def test_a_role_beyond_ones_own_a_stranger_and_whatever_else_is_wrong_stand_by_line_and_column(desk: Desk) -> None:
    here = desk.somebody(Role.OFFICER)
    administrator = desk.client(Role.ADMINISTRATOR)
    wrong = [
        ["Ann", "ann@NEW", "Manager", "", "", "", "", "", ""],
        ["Ben", "ben@NEW", "Wizard", "", "perhaps", "", "", "", ""],
        ["Cat", "no address", "Front desk", "", "", "", "", "", ""],
        ["", "dan@NEW", "Front desk", "", "", "", "", "", ""],
        ["Eve", here.email, "Front desk", "", "", "", "", "", ""],
        ["", "fay@NEW", "", "", "", "DASH", "deep", "1/1/2030", ""],
        ["Gus", "gus@NEW", "Front desk", "", "", "", "", "", ""],
        ["Gus", "GUS@NEW", "Front desk", "", "", "", "", "", ""],
        ["Hal", "hal@NEW", "", "", "", "", "", "", ""],
    ]
    page = read_in(desk, administrator, of(desk, *wrong), kind="people")
    for line, column, says in (
        (2, "Role", "you cannot give it"), (3, "Role", "No role is called so. Use: Administrator, Front desk."),
        (3, "On duty", "Write yes or no."), (4, "Work email", "no email address"), (5, "Name", "This is empty."),
        (6, "Work email", "They work here already"), (7, "Level", "awareness, specialist or advocate"),
        (7, "Completed", "has not come yet"), (7, "Work email", "Nobody with this address works here"),
        (9, "Work email", "stands with roles further up"), (10, "Role", "It needs roles, or a course."),
    ):  # fmt: skip
        assert f"{line} {column}" in page.text, (line, column, page.text)
        assert says in page.text, says
    assert "Wizard" not in page.html
    administrator.http.post(f"{desk.url}/systems/people/{newest(desk)}/take-over")
    works(desk, newest(desk))
    assert asked_in(desk) == {}
    desk.client(Role.OFFICER).get(f"{desk.url}/systems/people", status=403)


@pytest.mark.invariant(12)
def test_whoever_lost_their_own_roles_before_a_worker_came_gives_none(desk: Desk) -> None:
    manager = desk.somebody(Role.MANAGER)
    client = desk.client(who=manager)
    read_in(desk, client, of(desk, BEN), kind="people")
    client.submit(form="/take-over")
    with desk.place.work() as session:
        session.scalars(select(Membership).where(Membership.account_id == manager.account_id)).one().roles = ["officer"]
    works(desk, newest(desk))
    assert asked_in(desk) == {}
    with desk.place.work() as session:
        assert session.scalars(select(CaseImport.state)).one() == "faulty"


def test_all_of_them_are_taken_back_while_nobody_has_come_in_and_not_after(desk: Desk) -> None:
    manager = desk.client(Role.MANAGER)
    first = taken_over(desk, manager, ANN, MORE)
    manager.get(f"{desk.url}/systems/people")
    assert "Being taken back" in manager.submit(form=f"{first}/undo").text
    takes_back(desk, newest(desk))
    assert asked_in(desk) == {}
    with desk.place.work() as session:
        assert session.scalars(select(Training.title).where(Training.recorded_by.is_not(None))).all() == []
    assert "whom it asked in open nothing any more" in manager.get(f"{desk.url}/systems/people").text
    desk.clock.at += timedelta(seconds=1)  # type: ignore[operator]
    second = taken_over(desk, manager, BEN)
    manager.get(f"{desk.url}/systems/people")
    shown = manager.submit(form=f"{second}/codes")
    ben, code = PageClient(desk.app), next(word for word in shown.text.split() if word.count("-") == 3)
    ben.get("/desk/first-password")
    ben.submit({"email": f"ben@{where(desk)}", "code": code, "password": PASSWORD}, form="first-password")
    desk.clock.at += timedelta(seconds=1)  # type: ignore[operator]
    ben.submit({"email": f"ben@{where(desk)}", "password": PASSWORD}, form="sign-in")
    ben.submit({}, form="/come-in")
    manager.get(f"{desk.url}/systems/people")
    page = manager.submit(form=f"{second}/undo", status=409)
    assert "Something was built on it in 1 place meanwhile" in page.text
    assert roles_here(desk) == {"ben": ["senior"]}


def test_a_file_is_looked_through_anew_for_whoever_takes_it_over_and_what_columns_mean_outlives_a_broken_off_try(
    desk: Desk,
) -> None:
    manager, administrator = desk.client(Role.MANAGER), desk.client(Role.ADMINISTRATOR)
    strange = of(desk, BEN).replace(b"Role", b"May do")
    page = read_in(desk, manager, strange, kind="people")
    assert "It needs roles, or a course." in page.text
    manager.submit({"roles": str(HEAD.index("Role"))}, form=f"/people/{newest(desk)}")
    left = newest(desk)
    desk.clock.at += timedelta(seconds=1)  # type: ignore[operator]
    again = read_in(desk, manager, strange, kind="people")
    assert "Nothing is wrong with it." in again.text, "chosen once, though the first file was never taken over"
    assert newest(desk) != left
    administrator.get(f"{desk.url}/systems/people/{newest(desk)}")
    refused = administrator.submit(form="/take-over")
    assert "This role allows more than you may do" in refused.text
    works(desk, newest(desk))
    assert asked_in(desk) == {}

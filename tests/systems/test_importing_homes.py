"""Homes from another system: a list by reference, used before a visit and by files of cases, and taken back."""

from datetime import timedelta

from flask import Flask
from sqlalchemy import select

from portal.cases.models import Case
from portal.cases.opening import summary
from portal.domain.permissions import Role
from portal.homes.register.models import OwnHome
from portal.homes.register.queries import address_meant
from portal.store.audit import AuditEntry, Fact
from portal.store.database import Database
from tests.client import PageClient
from tests.conftest import Clock
from tests.desk import Desk, a_desk
from tests.systems.files import as_csv, newest, read_in, takes_back, works

HEAD = ["Property Ref", "UPRN", "Address", "Postcode", "Bedrooms", "Refuge"]
ONE = ["P-1", "100090", "1 Example Row", "ZZ1 1AA", "3", "No"]
TWO = ["P-2", "100091", "2 Example Row", "ZZ1 1AA", "2", ""]
REFUGE = ["P-9", "", "9 Hidden Lane", "ZZ9 9ZZ", "6", "Yes"]


def taken_over(desk: Desk, client: PageClient, *rows: list[str]) -> str:
    page = read_in(desk, client, as_csv(HEAD, *rows), kind="homes")
    assert "Nothing is wrong with it." in page.text, page.text
    client.submit(form="/take-over")
    works(desk, newest(desk))
    desk.clock.at += timedelta(seconds=1)  # type: ignore[operator]
    return f"{newest(desk)}"


def meant(desk: Desk, said: str) -> str:
    with desk.place.work() as session:
        return address_meant(session, said)


def test_a_reference_stands_for_its_address_and_a_refuge_stands_nowhere(desk: Desk) -> None:
    administrator = desk.client(Role.ADMINISTRATOR)
    page = read_in(desk, administrator, as_csv(HEAD, ONE, TWO, REFUGE), kind="homes")
    assert "1 place. None of this keeps the file from being taken over." in page.text
    assert "4 Refuge A refuge or safe house: this line is left out." in page.text
    administrator.submit(form="/take-over")
    works(desk, newest(desk))
    assert "2 homes stand in the list" in administrator.get(f"{desk.url}/systems/homes").text
    assert meant(desk, "p 1") == meant(desk, "100090") == "1 Example Row, ZZ1 1AA"
    assert meant(desk, "P-9") == "P-9"
    with desk.place.work() as session:
        rows = session.scalars(select(OwnHome)).all()
        assert not any(b"Row" in row.sealed or b"P-1" in row.sealed for row in rows), "sealed"
    desk_person = desk.client(Role.FRONT_DESK)
    desk_person.get(f"{desk.url}/before-a-visit")
    shown = desk_person.submit({"address": "P-2", "alone": "yes"}, form="/before-a-visit")
    assert "This reference stands for 2 Example Row, ZZ1 1AA" in shown.text
    assert "You wrote no postcode" not in shown.text
    desk.client(Role.OFFICER).get(f"{desk.url}/systems/homes", status=403)


def test_whoever_may_see_homes_finds_one_by_its_address_or_reference_and_reads_the_list_page_by_page(
    desk: Desk, app: Flask, database: Database, clock: Clock
) -> None:
    rows = ([f"P-{each}", "", f"{each} Example Row", "ZZ1 1AA", "2", ""] for each in range(52))
    taken_over(desk, desk.client(Role.ADMINISTRATOR), *rows)
    front, url = desk.client(Role.FRONT_DESK), f"{desk.url}/our-homes"
    first = front.get(url)
    assert "52 homes" in first.text
    assert [f"{each} Example Row, ZZ1 1AA" in first.text for each in (0, 49, 50)] == [True, True, False]
    rest = front.get(next(each for each in first.links if "after=" in each))
    assert [f"{each} Example Row, ZZ1 1AA" in rest.text for each in (49, 50, 51)] == [False, True, True]
    assert not any("after=" in each for each in rest.links)
    for said in ("Flat at 7, Example Rd, zz1 1aa", "p 7"):
        front.get(url)
        found = front.submit({"home": said}, form="/our-homes")
        assert "1 found" in found.text
        assert "7 Example Row, ZZ1 1AA" in found.text
    assert "Write an address" in front.submit({"home": " "}, form="/our-homes", status=422).text
    with desk.place.work() as session:
        read = select(AuditEntry.detail).where(AuditEntry.fact == Fact.HOMES_READ).order_by(AuditEntry.at)
        assert sorted(map(str, session.scalars(read))) == ["1", "1", "2", "50", "50", "50"]
    elsewhere = a_desk(app, database, clock, "star")
    assert "No homes have been brought in" in elsewhere.client(Role.OFFICER).get(f"{elsewhere.url}/our-homes").text
    desk.client(Role.BOARD).get(url, status=403)


def test_every_fault_of_a_home_is_told_by_line_and_column(desk: Desk) -> None:
    administrator = desk.client(Role.ADMINISTRATOR)
    wrong = [
        ["", "", "1 Example Row", "ZZ1 1AA", "", ""], ["P-1", "", "", "", "", ""],
        ["P-2", "", "x", "", "many", "maybe"],
        ["P-3", "", "3 Example Row", "ZZ1 1AA", "", ""], ["p 3", "", "#REF!", "", "", ""],
        ["P-5", "", "3, Example row", "zz1 1aa", "", ""],
    ]  # fmt: skip
    page = read_in(desk, administrator, as_csv(HEAD, *wrong), kind="homes")
    for line, column, says in (
        (2, "Property Ref", "This is empty."), (3, "Address", "This is empty."),
        (4, "Bedrooms", "a number from 0 to 12"),
        (4, "Refuge", "Write yes or no."), (6, "Property Ref", "This stands in line 5 already."),
        (6, "Address", "This is an error of the spreadsheet."),
        (7, "Address", "seems to be the home of line 5 once more"),
    ):  # fmt: skip
        assert f"{line} {column}" in page.text, page.text
        assert says in page.text
    assert "Take it over" not in page.text
    works(desk, newest(desk))
    with desk.place.work() as session:
        assert session.scalars(select(OwnHome)).all() == []


def test_a_later_file_replaces_a_home_and_what_was_there_comes_back_when_it_is_taken_back(desk: Desk) -> None:
    administrator = desk.client(Role.ADMINISTRATOR)
    first = taken_over(desk, administrator, ONE, TWO)
    second = taken_over(desk, administrator, ["P-1", "100090", "1a Example Row", "ZZ1 1AB", "3", "No"])
    assert meant(desk, "P-1") == "1a Example Row, ZZ1 1AB"
    administrator.get(f"{desk.url}/systems/homes")
    refused = administrator.submit(form=f"{first}/undo", status=409)
    assert "Something was built on it in 1 place meanwhile" in refused.text
    administrator.get(f"{desk.url}/systems/homes")
    administrator.submit(form=f"{second}/undo")
    takes_back(desk, newest(desk))
    assert meant(desk, "P-1") == "1 Example Row, ZZ1 1AA"
    assert "what stood there before stands again" in administrator.get(f"{desk.url}/systems/homes").text


def test_a_case_takes_its_address_from_the_list_and_the_list_then_stays(desk: Desk) -> None:
    administrator = desk.client(Role.ADMINISTRATOR)
    homes = taken_over(desk, administrator, ONE)
    head = ["Date opened", "Name", "Property Ref"]
    day = f"{desk.clock():%d/%m/%Y}"
    page = read_in(desk, administrator, as_csv(head, [day, "Zoë Example", "P-1"], [day, "Sam Example", "P-7"]))
    assert "3 Property Ref No home of ours has this reference." in page.text
    administrator.submit(form="/take-over")
    works(desk, newest(desk))
    with desk.place.work() as session:
        found = {summary(session, each).name: summary(session, each).address for each in session.scalars(select(Case))}
    assert found == {"Zoë Example": "1 Example Row, ZZ1 1AA", "Sam Example": ""}
    administrator.get(f"{desk.url}/systems/homes")
    refused = administrator.submit(form=f"{homes}/undo", status=409)
    assert "Something was built on it in 1 place meanwhile" in refused.text

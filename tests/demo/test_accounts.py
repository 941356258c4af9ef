"""`portal accounts`: who can sign in to the demonstration."""

import json

from click.testing import CliRunner
from flask import Flask, url_for

from portal.demo.cli import SIGN_IN, accounts
from portal.demo.partners import PEOPLE
from portal.demo.staff import APP_SECRET, LANDLORDS, OPERATOR, PASSWORD, STAFF, WITH_APP
from portal.domain.permissions import Role
from portal.settings import SettingsError


def test_as_json_each_account_with_address_password_roles_and_landlords() -> None:
    found = json.loads(CliRunner().invoke(accounts, ["--demo", "--json"]).output)
    assert len(found) == len(STAFF) + len(PEOPLE) + 1
    runs = found[-1]
    assert (runs["sign_in_address"], runs["roles"], runs["landlords"]) == (OPERATOR[0], ["operator"], [])
    officer = next(each for each in found if each["sign_in_address"] == "officer@havebury.example")
    assert officer["password"] == PASSWORD
    assert officer["roles"] == ["officer"]
    assert officer["landlords"] == ["havebury"]


def test_one_administrator_has_an_app_whose_secret_is_shown_and_nobody_else_does() -> None:
    found = json.loads(CliRunner().invoke(accounts, ["--demo", "--json"]).output)
    assert {each["sign_in_address"]: each["totp_secret"] for each in found if each["totp_secret"]} == {
        WITH_APP: APP_SECRET
    }
    assert APP_SECRET in CliRunner().invoke(accounts, ["--demo"]).output


def test_people_of_agencies_are_among_them_and_each_account_says_where_to_sign_in() -> None:
    asked = CliRunner().invoke(
        accounts, ["--demo", "--json"], env={"PORTAL_ENV": "", "PORTAL_BASE_URL": "", "PORTAL_PORT": "8123"}
    )
    found = json.loads(asked.output)
    assert {each["sign_in_url"] for each in found} == {"http://localhost:8123/desk/sign-in"}
    partner = next(each for each in found if each["sign_in_address"] == "coordinator@beacon.example")
    assert partner["agency"] == "Beacon Domestic Abuse Service"
    assert (partner["roles"], partner["landlords"], partner["password"]) == (["coordinator"], [], PASSWORD)


def test_the_address_of_the_sign_in_page_is_the_one_that_the_portal_has(app: Flask) -> None:
    with app.test_request_context():
        assert url_for("people.sign_in") == SIGN_IN


def test_as_a_table_the_password_stands_above() -> None:
    output = CliRunner().invoke(accounts, ["--demo"]).output
    assert PASSWORD in output.splitlines()[0]
    assert "Senior officer at whg" in output


def test_each_landlord_has_every_role_and_somebody_on_duty() -> None:
    for slug in LANDLORDS:
        here = [member for member in STAFF if slug in member.landlords]
        assert {member.role for member in here} == set(Role) - {Role.SUPPORT}
        assert any(member.on_duty for member in here)


def test_one_officer_works_for_three_landlords() -> None:
    shared = [member.landlords for member in STAFF if len(member.landlords) > 1]
    assert shared == [("dales", "seven-locks", "star")]


def test_in_production_there_are_none_and_the_sentence_says_what_to_write() -> None:
    refused = CliRunner().invoke(accounts, ["--demo", "--json"], env={"PORTAL_ENV": "production"})
    assert PASSWORD not in refused.output
    assert isinstance(refused.exception, SettingsError)
    assert "PORTAL_ENV=demo" in str(refused.exception)


def test_the_real_ones_are_not_listed() -> None:
    assert CliRunner().invoke(accounts, []).exit_code == 2

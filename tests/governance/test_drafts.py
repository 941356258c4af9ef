"""The next version of a policy: written value by value, compared, approved by a second person, kept for ever."""

import json
import tomllib
from dataclasses import dataclass, field
from datetime import UTC, datetime
from io import BytesIO

import pytest
from flask import Flask
from sqlalchemy import select

from portal.cases.models import Case
from portal.domain.permissions import Role
from portal.domain.policy import Policy
from portal.governance.drafts.place import PARTS, annotation_at
from portal.governance.drafts.shape import Kind, answered, questions
from portal.landlords.packs import read_pack
from portal.landlords.policies import in_force, pinned
from portal.landlords.policy_text import as_toml, content_of
from portal.landlords.stored_pack import refresh_face
from portal.store.audit import AuditEntry
from portal.store.database import Database
from portal.store.scope import LandlordScope, PublicScope
from portal.store.tenancy import Landlord
from tests.cases.assessments.rounds import assessed
from tests.client import Page, PageClient
from tests.conftest import Clock, Staff
from tests.desk import Desk, a_desk
from tests.places import LANDLORDS

SLUGS = ("dales", "havebury", "star", "whg", "nph")
NEW_DAY = "2026-03-02"


@dataclass
class Policies:
    """One landlord's policy, with somebody who writes it and somebody who may approve it."""

    desk: Desk
    writer_is: Staff = field(init=False)
    manager_is: Staff = field(init=False)
    writer: PageClient = field(init=False)
    manager: PageClient = field(init=False)

    def __post_init__(self) -> None:
        self.writer_is = self.desk.somebody(Role.ADMINISTRATOR, name="Ada Writer")
        self.manager_is = self.desk.somebody(Role.MANAGER, name="Mo Manager")
        self.writer = self.desk.client(who=self.writer_is)
        self.manager = self.desk.client(who=self.manager_is)

    @property
    def url(self) -> str:
        return f"{self.desk.url}/policy/draft"

    def begin(self) -> Page:
        self.writer.get(self.url)
        return self.writer.submit()

    def write(self, where: str, status: int = 200, **answers: object) -> Page:
        self.writer.get(f"{self.url}/edit?where={where}")
        return self.writer.submit(answers, status=status, form="/edit")

    def propose(self, status: int = 200, **said: str) -> Page:
        self.writer.get(f"{self.url}/propose")
        return self.writer.submit(
            {"version": "2.0", "from_day": NEW_DAY, "why": "The committee asked for it."} | said,
            status=status,
            form="/propose",
        )

    def approve(self, who: PageClient | None = None, status: int = 200, **said: str) -> Page:
        who = who or self.manager
        who.get(f"{self.url}/decide")
        return who.submit(
            {"body": "Tenant Experience Committee", "decided_on": "2026-02-01"} | said,
            status=status,
            form="/decide",
        )

    def in_force(self, day: int, month: int = 2) -> Policy:
        with self.desk.place.work() as session:
            return in_force(session, datetime(2026, month, day, 12, tzinfo=UTC)).policy


@pytest.fixture
def policies(app: Flask, database: Database, clock: Clock) -> Policies:
    return Policies(a_desk(app, database, clock, "havebury"))


@pytest.mark.parametrize("slug", SLUGS)
def test_a_policy_written_as_a_file_and_read_again_is_the_same_to_the_byte(slug: str) -> None:
    policy = read_pack(LANDLORDS / slug).policy
    text = as_toml(policy)
    again = Policy.model_validate_json(json.dumps(tomllib.loads(text)))
    assert again.digest() == policy.digest()
    assert as_toml(again) == text


@pytest.mark.parametrize("slug", SLUGS)
def test_the_forms_ask_for_every_value_and_give_back_what_they_show(slug: str) -> None:
    policy = read_pack(LANDLORDS / slug).policy
    content = content_of(policy)
    for part in PARTS:
        kind = annotation_at(part)
        shown = questions(kind, content.get(part))
        given = {
            each.name: list(each.answers) if each.kind is Kind.SOME_OF else [each.answer] for each in shown
        }
        back = answered(kind, given)
        whole = content | (
            {part: [] if back is None and part in content else back} if part in content else {}
        )
        assert Policy.model_validate_json(json.dumps(whole)).digest() == policy.digest(), part


def test_a_draft_changes_nothing_until_a_second_person_has_approved_it_and_its_day_has_come(
    policies: Policies,
) -> None:
    case_id = policies.desk.case()
    policies.begin()
    policies.write("clocks.0", days="2")
    assert policies.in_force(20).clock("disclosure").days == 1
    policies.propose()
    assert policies.in_force(20).clock("disclosure").days == 1
    policies.approve()
    assert policies.in_force(20).clock("disclosure").days == 1
    assert policies.in_force(2, month=3).clock("disclosure").days == 2
    assert policies.in_force(2, month=3).document.version.value == "2.0"
    with policies.desk.place.work() as session:
        case = session.scalars(select(Case).where(Case.id == case_id)).one()
        assert pinned(session, case.policy_version_id).policy.clock("disclosure").days == 1


def test_what_it_changes_and_what_would_follow_is_read_before_anybody_agrees(policies: Policies) -> None:
    policies.desk.case()
    policies.begin()
    policies.write("clocks.0", days="2")
    policies.write("contact.concern_cards", stated="silent", value="")
    policies.propose()
    page = policies.manager.get(f"{policies.url}/decide")
    for words in (
        "responded: the end of the next working day",
        "responded: the end of the 2nd working day",
        "What would be otherwise on open cases",
        "Tuesday 3 February 2026, 17:00",
        "Wednesday 4 February 2026, 17:00",
        "each case keeps the version",
        "The committee asked for it.",
    ):
        assert words in page.text, words


def test_not_stated_is_a_choice_of_its_own_and_a_value_names_its_clause(policies: Policies) -> None:
    policies.begin()
    page = policies.write("rehousing.tenure", status=422, stated="stated", value="Same security", clause="")
    assert "names no clause" in page.text
    assert "Same security" in page.html
    page = policies.write(
        "rehousing.tenure", status=422, stated="stated", value="Same security", clause="HS-026 9.9"
    )
    assert "is not in the list of clauses" in page.text
    policies.write("rehousing.tenure", stated="stated", value="Same security", clause="HS-026 4.13")
    page = policies.writer.get(f"{policies.url}/part?where=rehousing")
    assert "Same security" in page.text
    policies.write("rehousing.tenure", stated="silent")
    assert "Same security" not in policies.writer.get(f"{policies.url}/part?where=rehousing").text


def test_a_reading_is_recorded_with_who_chose_it_and_why(policies: Policies) -> None:
    policies.begin()
    read = {
        "interpretation-choice": "One working day",
        "interpretation-alternatives": "24 clock hours\nThree office days",
        "interpretation-by": "Director of Operations",
        "interpretation-on": "2026-01-30",
        "interpretation-why": "It reaches the survivor sooner.",
    }
    policies.write("clocks.0", **read)
    page = policies.writer.get(policies.url)
    assert "Chosen on 30 January 2026 by Director of Operations: It reaches the survivor sooner." in page.text


def test_two_people_who_write_at_once_do_not_undo_one_another(policies: Policies) -> None:
    policies.begin()
    policies.writer.get(f"{policies.url}/edit?where=money.budget")
    policies.manager.get(f"{policies.url}/edit?where=contact.visits")
    policies.manager.submit({"stated": "silent"}, form="/edit")
    page = policies.writer.submit({"stated": "silent", "note": "Asked again."}, form="/edit", status=409)
    assert "Somebody else has changed the draft meanwhile" in page.text
    assert "Asked again." in page.html
    policies.writer.submit({}, form="/edit")


def test_an_entry_is_added_to_a_list_and_taken_out_again(policies: Policies) -> None:
    policies.begin()
    page = policies.writer.get(f"{policies.url}/part?where=closure_days")
    new = next(link for link in page.links if "where=closure_days" in link)
    policies.writer.get(new)
    policies.writer.submit({"day": "2026-12-24", "why": "Christmas Eve"}, form="/edit")
    assert "Christmas Eve" in policies.writer.get(f"{policies.url}/part?where=closure_days").text
    policies.writer.get(f"{policies.url}/edit?where=closure_days.0")
    token = policies.writer.page.forms[0]["fields"]
    policies.writer.post(
        f"{policies.url}/edit?where=closure_days.0", {"revision": token["revision"][0], "remove": "1"}
    )
    assert "Christmas Eve" not in policies.writer.get(f"{policies.url}/part?where=closure_days").text


def test_the_committee_approves_and_both_the_decision_and_the_two_people_are_kept(policies: Policies) -> None:
    policies.begin()
    policies.write("clocks.0", days="2")
    policies.propose()
    page = policies.manager.get(f"{policies.url}/decide")
    assert "To be approved by" in page.text
    assert "Committee" in page.text
    policies.approve(note="Minute 12")
    document = policies.in_force(2, month=3).document
    assert document.approved_by.value == "Tenant Experience Committee"
    assert document.approved_on.value == "2026-02-01"
    page = policies.manager.get(f"{policies.desk.url}/policy")
    version = next(link for link in page.links if "/policy/versions/" in link)
    page = policies.desk.client(Role.OFFICER).get(version)
    for words in ("Tenant Experience Committee", "1 February 2026", "Minute 12", "Ada Writer", "Mo Manager"):
        assert words in page.text, words
    with policies.desk.place.work() as session:
        facts = session.scalars(select(AuditEntry.fact)).all()
    assert {"policy.drafted", "policy.proposed", "policy.approved"} <= set(facts)


def test_who_has_written_in_a_draft_does_not_approve_it(policies: Policies) -> None:
    policies.begin()
    policies.manager.get(f"{policies.url}/edit?where=contact.visits")
    policies.manager.submit({"stated": "silent"}, form="/edit")
    policies.propose()
    page = policies.approve(status=422)
    assert "A second person approves it." in page.text
    other = policies.desk.client(Role.MANAGER)
    assert "You have written in it" in policies.manager.get(policies.url).text
    assert "You have written in it" not in other.get(policies.url).text
    policies.approve(other)
    policies.writer.get(f"{policies.url}/decide", status=403)  # an administrator approves nothing


def test_it_is_sent_back_with_the_reason_and_changed_again(policies: Policies) -> None:
    policies.begin()
    policies.propose()
    assert "Waits for a second person" in policies.writer.get(f"{policies.url}/edit?where=clocks.0").text
    policies.manager.get(f"{policies.url}/decide")
    policies.manager.submit({"reason": ""}, form="/return", status=422)
    policies.manager.submit({"reason": "The day is too soon."}, form="/return")
    assert "The day is too soon." in policies.writer.get(policies.url).text
    policies.write("clocks.0", days="3")


def test_a_version_never_begins_on_a_day_that_is_over(policies: Policies) -> None:
    policies.begin()
    page = policies.propose(status=422, from_day="2026-02-01")
    assert "never on a day that is over" in page.text
    page = policies.propose(status=422, from_day="")
    assert "Write a day" in page.text


def test_a_draft_that_cites_what_is_not_listed_is_not_proposed(policies: Policies) -> None:
    policies.begin()
    page = policies.writer.get(f"{policies.url}/part?where=clauses")
    last = [link for link in page.links if "where=clauses." in link][-4]  # 4.13 or later: values rest on it
    policies.writer.get(last)
    number = policies.writer.page.forms[0]["fields"]["number"][0]
    policies.writer.post(
        last, {"revision": policies.writer.page.forms[0]["fields"]["revision"][0], "remove": "1"}
    )
    page = policies.writer.get(policies.url)
    assert "To be mended before it can be proposed" in page.text
    assert number in page.text
    assert "is not in the list of clauses" in policies.propose(status=422).text


def test_a_draft_leaves_as_a_file_and_comes_back_the_same_to_the_byte(policies: Policies) -> None:
    policies.begin()
    policies.write("clocks.0", days="2")
    left = policies.writer.http.get(f"{policies.url}/file").get_data()
    assert b"days = 2" in left
    policies.write("clocks.0", days="4")
    policies.writer.get(f"{policies.url}/read")
    policies.writer.submit({"file": (BytesIO(left), "policy.toml")}, form="/read")
    assert policies.writer.http.get(f"{policies.url}/file").get_data() == left
    spoilt = left.replace(b"days = 2", b'days = "two"').replace(b'bound = "at_least"', b'bound = "about"')
    policies.writer.get(f"{policies.url}/read")
    page = policies.writer.submit({"file": (BytesIO(spoilt), "policy.toml")}, form="/read", status=422)
    assert "clocks[1].days" in page.text
    assert "minimum_age.value.bound" in page.text


def test_officers_neither_see_nor_write_a_draft(policies: Policies) -> None:
    policies.begin()
    officer = policies.desk.client(Role.OFFICER)
    officer.get(policies.url, status=403)
    assert "Next version" not in officer.get(f"{policies.desk.url}/policy").text


def test_the_public_pages_promise_what_the_version_in_force_promises(
    policies: Policies, database: Database
) -> None:
    policies.begin()
    policies.write("clocks.0", days="2", promise="Somebody will answer you within two working days.")
    policies.propose()
    policies.approve()
    scope = LandlordScope(policies.desk.place.id)

    def promised(at: datetime) -> str:
        refresh_face(database, scope, at)
        with database.work(PublicScope()) as session:
            face = session.scalars(select(Landlord.face).where(Landlord.id == policies.desk.place.id)).one()
        return face["promises"]["disclosure"]["says"]

    assert "next working day" in promised(datetime(2026, 3, 1, 12, tzinfo=UTC))
    assert (
        promised(datetime(2026, 3, 2, 9, tzinfo=UTC)) == "Somebody will answer you within two working days."
    )


def test_a_draft_tells_how_many_open_cases_would_be_in_another_band_and_which_steps_would_follow(
    policies: Policies,
) -> None:
    officer = policies.desk.somebody(Role.OFFICER)
    for yes in (3, 12):
        assessed(policies.desk, policies.desk.case(), policies.desk.place.actor(officer.account_id), yes=yes)
    policies.begin()
    assert "Of 2 open cases that were assessed, 0 would be in another band" in policies.writer.get(policies.url).text
    own = {"stated": "stated", "origin": "landlords_own"}
    policies.write("risk.bands", **own, **{"value-medium_from": "2", "value-high_from": "11"})
    page = policies.writer.get(policies.url)
    assert "2 would be in another band of risk" in page.text
    assert "Standard, would be medium" in page.text
    assert "Medium, would be high" in page.text
    assert "River Canary" not in page.text


def test_what_the_check_finds_stands_beside_the_values_that_somebody_is_writing(policies: Policies) -> None:
    policies.begin()
    page = policies.writer.get(f"{policies.url}/part?where=definition")
    assert "To be settled here" in page.text
    assert "Domestic Abuse Act 2021" in page.text.partition("To be settled here")[2]
    assert "To be settled here" not in policies.writer.get(f"{policies.url}/part?where=ladder").text


@pytest.mark.clause("HAV-1.1a")
def test_only_the_committee_that_the_policy_names_approves_a_version_and_reports_go_to_it(policies: Policies) -> None:
    policies.begin()
    policies.write("clocks.0", days="2")
    policies.propose()
    refused = policies.approve(status=422, body="Leadership Team")
    assert "approved by the Tenant Experience Committee (HS-026 1.1), by nobody else" in refused.text
    assert policies.in_force(2, month=3).clock("disclosure").days == 1
    policies.approve()
    assert policies.in_force(2, month=3).clock("disclosure").days == 2
    policies.manager.get(f"{policies.desk.url}/packs")
    report = policies.manager.submit({"body": "Tenant Experience Committee", "quarter": "2025-4"}, form="/packs")
    assert "Tenant Experience Committee" in report.h1s[0]


@pytest.mark.clause("WHG-6.1c")
def test_where_the_policy_names_who_approves_it_nobody_elses_approval_publishes_it(
    app: Flask, database: Database, clock: Clock
) -> None:
    whg = Policies(a_desk(app, database, clock, "whg"))
    whg.begin()
    assert "Policy Group" in whg.writer.get(whg.url).text, (
        "the linter says who approved the last one, against 6.1"
    )
    whg.propose()
    page = whg.manager.get(f"{whg.url}/decide")
    assert "Customer Experience Committee whg 6.1" in " ".join(page.text.split())
    page = whg.approve(status=422, body="Policy Group")
    assert "approved by the Customer Experience Committee (whg 6.1), by nobody else" in page.text
    assert whg.in_force(2, month=3).document.version.value != "2.0"
    whg.approve(body="Customer Experience Committee")
    assert whg.in_force(2, month=3).document.version.value == "2.0"

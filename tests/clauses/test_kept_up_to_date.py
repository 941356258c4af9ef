"""The list of help near a landlord's homes, and the law under its policy: whoever answers hears when they go stale."""

import shutil
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import update

from portal.deadlines.upkeep import remind_of_upkeep
from portal.domain.permissions import Role
from portal.landlords.face import face_of
from portal.landlords.packs import read_pack
from portal.messaging.words import Kind
from portal.people.models import Membership
from portal.store.database import Database
from portal.store.scope import PlatformScope
from portal.store.tenancy import Landlord
from tests.client import PageClient
from tests.conftest import Clock
from tests.desk import Desk, a_desk, london
from tests.landlords.packs_at_hand import copy_of_packs, spoil

DAY = timedelta(days=1)
LAST_GOOD = datetime(2026, 7, 31, 12, tzinfo=UTC)  # half a year after January 2026
UNCHECKED = "last_checked = { not_stated = true }"
JANUARY = 'last_checked = { value = "2026-01", origin = "landlords_own" }'
NEW_LAW = """
[[entries]]
id = "{id}"
title = "New Act"
kind = "act"
dated = "{dated}"
touches = ["rehousing.temporary", "money.arrears"]
says = "Something changes."
source = "Invented for this test"
last_checked = {{ not_stated = true }}
"""


@dataclass
class Member:
    """A member of the group with files of its own: two services nearby, checked in January 2026."""

    desk: Desk
    folder: Path
    head: UUID

    def told(self, at: datetime) -> list[UUID]:
        """Who has heard so far, after the round of this day."""
        remind_of_upkeep(self.desk.place.work, at, landlords=self.folder.parent)
        return [each.account_id for each in self.desk.place.messages() if each.kind == Kind.REVIEW]

    def show(self) -> None:
        """Load the list into the public pages."""
        with self.desk.database.work(PlatformScope("test")) as session:
            row = session.get(Landlord, self.desk.place.id)
            assert row
            row.face = face_of(read_pack(self.folder))


@pytest.fixture
def member(app: Flask, database: Database, clock: Clock, tmp_path: Path) -> Member:
    desk, root = a_desk(app, database, clock, "dales"), copy_of_packs(tmp_path)
    spoil(root, "dales/directory.toml", "national = true", "national = false")
    for _ in range(2):
        spoil(root, "dales/directory.toml", UNCHECKED, JANUARY)
    slug = desk.place.slug
    folder = Path(shutil.copytree(root / "dales", root / slug))
    spoil(root, f"{slug}/landlord.toml", 'slug = "dales"', f'slug = "{slug}"')
    spoil(root, "ag-013/group.toml", 'members = ["dales"', f'members = ["dales", "{slug}"')
    head = desk.place.staff(Role.OFFICER, post="Head of Neighbourhoods")
    desk.place.staff(Role.MANAGER)
    return Member(desk, folder, head)


def reviewed(member: Member) -> None:
    """Record a review, so that no law of the catalogue is younger."""
    root = member.folder.parent
    spoil(
        root,
        "ag-013/policy.toml",
        'last_review = { not_stated = true, note = "No review since the start of force is on record." }',
        'last_review = { value = "2026-06-01", clause = "AG/013 Review Date" }',
    )


@pytest.mark.clause("AG013-OP9a")
def test_a_number_past_its_check_is_marked_for_staff_and_public_and_its_owner_hears(
    member: Member, clock: Clock
) -> None:
    reviewed(member)
    assert member.told(LAST_GOOD) == []
    for _ in range(2):
        assert member.told(LAST_GOOD + DAY) == [member.head]
    member.show()
    case_id = member.desk.case()
    stale = "January 2026: it may have changed"
    for at, says in ((LAST_GOOD, "Last checked in January 2026"), (LAST_GOOD + DAY, stale)):
        clock.at = at
        public = PageClient(member.desk.app).get(f"/{member.desk.place.slug}/numbers")
        staff = member.desk.client(Role.OFFICER).get(f"{member.desk.case_url(case_id)}/contact")
        for page in (public, staff):
            assert "Women's Aid" in page.text
            assert page.text.count(says) == 2
    directory = member.folder / "directory.toml"
    directory.write_text(directory.read_text().replace('"2026-01"', '"2026-08"'))
    assert member.told(LAST_GOOD + 30 * DAY) == [member.head]
    assert member.told(LAST_GOOD + 400 * DAY) == [member.head] * 2, "half a year later they hear again"


@pytest.mark.clause("AG013-OP9a")
def test_whoever_looks_after_an_entry_hears_when_it_is_stale_and_not_those_who_answer_for_the_policy(
    member: Member, clock: Clock
) -> None:
    reviewed(member)
    member.show()
    keeper = member.desk.somebody(Role.OFFICER, name="Ash Example")
    clock.at = datetime(2026, 7, 1, 12, tzinfo=UTC)
    client = member.desk.client(Role.ADMINISTRATOR)
    for service in ("womens-aid", "council"):
        client.get(f"{member.desk.url}/services/checks/add?service={service}")
        said = {"on": "2026-07-01", "how": "rang", "owner": str(keeper.account_id)}
        client.submit(said, form="/checks/add")
    assert "Ash Example" in client.page.text
    assert member.told(LAST_GOOD + DAY) == [], "they were checked in July"
    stale = datetime(2027, 1, 2, 12, tzinfo=UTC)
    for _ in range(2):
        assert member.told(stale) == [keeper.account_id]
    with member.desk.place.work() as session:
        session.execute(update(Membership).where(Membership.account_id == keeper.account_id).values(ends_at=LAST_GOOD))
    assert member.told(stale) == [keeper.account_id, member.head], "nobody looks after them any more"


@pytest.mark.clause("AG013-REV-2")
def test_new_law_is_told_once_without_waiting_for_the_two_years_and_a_review_ends_it(member: Member) -> None:
    reviewed(member)
    assert member.told(london(2, 9)) == []
    law = member.folder.parent / "law.toml"
    law.write_text(law.read_text() + NEW_LAW.format(id="new-act", dated="2026-07-01"))
    for _ in range(2):
        assert member.told(LAST_GOOD) == [member.head]
    spoil(member.folder.parent, "ag-013/policy.toml", '"2026-06-01"', '"2026-07-15"')
    law.write_text(law.read_text() + NEW_LAW.format(id="newer-act", dated="2026-07-10"))
    assert member.told(LAST_GOOD) == [member.head], "that review has seen both"


def test_a_pack_that_cannot_be_read_tells_of_nothing(member: Member) -> None:
    (member.folder / "landlord.toml").write_text("slug = ")
    assert member.told(LAST_GOOD + DAY) == []


@pytest.mark.clause("AG013-OP4c")
def test_the_record_shows_under_which_headings_advice_was_given_beside_a_list_with_its_dates(
    member: Member, clock: Clock
) -> None:
    member.show()
    case_id, clock.at = member.desk.case(), LAST_GOOD
    client = member.desk.client(Role.OFFICER)
    page = client.get(f"{member.desk.case_url(case_id)}/contact")
    near = page.text.partition("Who else can help")[2]
    assert "Women's Aid No number yet Last checked in January 2026" in near
    client.submit(
        {
            "channel": "call", "outcome": "reached", "was_act": "y", "same_sex": "declined", "culture": "declined",
            "assured": "y", "options_now": "Somewhere to stay tonight.", "topics": ["legal", "other_help"],
        }
    )  # fmt: skip
    told = client.get(member.desk.case_url(case_id)).text
    assert "Advice on what the law can do; other help, such as support services" in told
    assert "moving home" not in told.partition("Advice on")[2].partition("Contact")[0]

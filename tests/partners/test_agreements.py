"""Each landlord's own agreement with an agency: made, changed, ended, reviewed, and known to nobody else."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from portal.domain.permissions import Role
from portal.domain.sharing import RecipientKind
from portal.messaging.words import Kind
from portal.partners.agreements import queries
from portal.partners.agreements.jobs import remind_of_agreements
from portal.partners.agreements.models import SharingAgreement
from portal.store.audit import AuditEntry
from tests.client import PageClient
from tests.conventions.conftest import statements
from tests.desk import MONDAY, Desk, DeskAt
from tests.partners_at_hand import an_agency, an_agreement

DAY = timedelta(days=1)
TERMS = {
    "purposes": "To plan for somebody's safety together",
    "parts": ["person", "risk"],
    "contact": "The duty manager",
    "address": "01632 960555",
    "since": "2026-01-05",
    "review_on": "2027-02-01",
}
KINDS = (RecipientKind.POLICE, RecipientKind.COUNCIL, RecipientKind.ADULTS, RecipientKind.SUPPORT)


def made(desk: Desk, agency_id: UUID, client: PageClient | None = None, **said: object) -> PageClient:
    """A manager makes an agreement through the page, and stands on it."""
    client = client or desk.client(Role.MANAGER)
    client.get(f"{desk.url}/agencies/new")
    client.submit(TERMS | {"agency": str(agency_id)} | said, form="/agencies/new")
    return client


def kept(desk: Desk) -> SharingAgreement:
    with desk.place.work() as session:
        return session.scalars(select(SharingAgreement)).one()


def test_a_manager_makes_an_agreement_and_officers_read_what_may_ever_be_shared(desk: Desk) -> None:
    agency_id, name = an_agency(desk.database)
    made(desk, agency_id)
    row = kept(desk)
    assert (row.agency_id, row.parts, row.revision) == (agency_id, ["person", "risk"], 1)
    officer = desk.client(Role.OFFICER)
    assert name in officer.get(f"{desk.url}/agencies").text
    page = officer.get(f"{desk.url}/agencies/{row.id}")
    assert "To plan for somebody's safety together" in page.text
    assert "The duty manager, 01632 960555" in page.text
    assert page.text.index("Who they are, without where they live") < page.text.index("Never shared")
    assert page.text.index("Never shared") < page.text.index("The incident log")
    officer.get(f"{desk.url}/agencies/new", status=403)
    officer.get(f"{desk.url}/agencies/{row.id}/change", status=404)


def test_its_words_are_sealed_and_each_change_is_in_the_audit(desk: Desk) -> None:
    client = made(desk, an_agency(desk.database)[0])
    assert b"duty manager" not in kept(desk).sealed
    client.get(f"{client.url.partition('?')[0]}/change")
    client.submit({"parts": ["person"]}, form="/change")
    client.get(f"{client.url.partition('?')[0]}/end")
    client.submit({"why": "The service closes."}, form="/end")
    row = kept(desk)
    assert (row.parts, row.revision, row.ended_by) == (["person"], 3, "Robin Example")
    with desk.place.work() as session:
        facts = select(AuditEntry.fact).where(AuditEntry.subject_id == row.id).order_by(AuditEntry.position)
        assert session.scalars(facts).all() == ["agreement.made", "agreement.changed", "agreement.ended"]
        assert queries.register(session)[0].said["ended"] == "The service closes."


def test_what_was_typed_stays_and_mistakes_stand_beside_their_questions(desk: Desk) -> None:
    agency_id, _ = an_agency(desk.database)
    client = desk.client(Role.ADMINISTRATOR)
    client.get(f"{desk.url}/agencies/new")
    page = client.submit(
        TERMS | {"agency": str(agency_id), "purposes": "", "review_on": "2026-01-01", "parts": []},
        form="/agencies/new",
        status=422,
    )
    assert "Say what information may be shared for." in page.text
    assert "Choose at least one part." in page.text
    assert page.forms[0]["fields"]["contact"] == ["The duty manager"]
    page = client.submit({"purposes": "Safety", "parts": ["risk"]}, form="/agencies/new", status=422)
    assert "Choose a day to come, and at most three years from now." in page.text
    client.submit({"review_on": "2026-12-01", "parts": ["risk"]}, form="/agencies/new")
    assert kept(desk).parts == ["risk"]


def test_one_agreement_stands_with_one_agency_at_a_time(desk: Desk) -> None:
    agency_id, _ = an_agency(desk.database)
    client = made(desk, agency_id)
    client.get(f"{desk.url}/agencies/new")
    again = client.submit(TERMS | {"agency": str(agency_id)}, form="/agencies/new", status=422)
    assert "Your agreement with this agency stands. Change that one." in again.text
    client.get(f"{desk.url}/agencies/{kept(desk).id}/end")
    client.submit({"why": "It is made anew."}, form="/end")
    made(desk, agency_id, client)
    with desk.place.work() as session:
        assert len(queries.register(session)) == 2


def test_two_people_who_change_the_same_agreement_hear_of_each_other(desk: Desk) -> None:
    one = made(desk, an_agency(desk.database)[0])
    url = f"{desk.url}/agencies/{kept(desk).id}/change"
    other = desk.client(Role.ADMINISTRATOR)
    one.get(url)
    other.get(url)
    one.submit({"purposes": "To plan for their safety"}, form="/change")
    page = other.submit({"purposes": "To keep children safe"}, form="/change", status=409)
    assert "Somebody changed this meanwhile" in page.text
    assert "To plan for their safety" in page.text, "how it stands now"
    assert page.forms[0]["fields"]["purposes"] == ["To keep children safe"], "what was typed"
    other.submit({}, form="/change")
    with desk.place.work() as session:
        assert queries.register(session)[0].said["purposes"] == "To keep children safe"


def test_an_agreement_that_has_ended_is_read_and_not_changed(desk: Desk) -> None:
    client = made(desk, an_agency(desk.database)[0])
    url = f"{desk.url}/agencies/{kept(desk).id}"
    client.get(f"{url}/change")
    desk.client(Role.ADMINISTRATOR)
    other = desk.client(Role.ADMINISTRATOR)
    other.get(f"{url}/end")
    other.submit({"why": "It is over."}, form="/end")
    client.submit({"purposes": "More"}, form="/change", status=200)
    assert client.url == url, "the page of the agreement, which says that it has ended"
    assert "It is over." in client.page.text
    assert kept(desk).revision == 2


@pytest.mark.clause("WHG-2.3")
def test_every_kind_of_partner_has_an_entry_and_a_kind_without_one_is_listed(desk_at: DeskAt) -> None:
    desk = desk_at("whg")
    client = desk.client(Role.MANAGER)
    page = client.get(f"{desk.url}/agencies")
    assert "whg 2.3" in page.text
    for missing in ("Police", "Council, such as its housing team", "Adult social care", "Specialist support"):
        assert missing in page.text[page.text.index("No agreement with any agency") :]
    names = []
    for kind in KINDS:
        agency_id, name = an_agency(desk.database, kind)
        made(desk, agency_id, client)
        names.append(name)
    page = client.get(f"{desk.url}/agencies")
    stand, missing = page.text.split("No agreement with any agency of these kinds:")
    assert all(each in stand for each in names)
    assert "Police" not in missing.partition("names as partners")[0]
    assert "Health" in missing.partition("names as partners")[0], "a kind that is still without one"


@pytest.mark.clause("NPH-SHARING-2")
def test_an_agreement_past_its_review_reminds_its_owner_and_then_the_post_above(desk_at: DeskAt) -> None:
    desk = desk_at("nph")
    owner = desk.somebody(Role.MANAGER)
    upper = desk.place.staff(Role.AUDITOR, post="Rehousing Manager")
    desk.place.staff(Role.MANAGER)
    made(desk, an_agency(desk.database)[0], desk.client(who=owner))
    row = kept(desk)
    due = datetime(2027, 2, 1, 9, tzinfo=UTC)

    def told() -> list[UUID]:
        link = f"/desk/{desk.place.slug}/agencies/{row.id}"
        return [each.account_id for each in desk.place.messages() if (each.kind, each.link) == (Kind.REVIEW, link)]

    remind_of_agreements(desk.place.work, due - 91 * DAY)
    assert told() == [], "nobody is reminded while the review is far away"
    for _ in range(2):
        remind_of_agreements(desk.place.work, due - 20 * DAY)
        assert told() == [owner.account_id], "once when it comes near"
    for _ in range(2):
        remind_of_agreements(desk.place.work, due + DAY)
        assert told() == [owner.account_id] * 2, "once when it is overdue"
    remind_of_agreements(desk.place.work, due + 10 * DAY)
    assert sorted(told()) == sorted([owner.account_id, owner.account_id, upper]), "nobody answered"
    desk.clock.at = due + 10 * DAY
    client = desk.client(who=owner)
    assert "The day of its review is past." in client.get(f"{desk.url}/agencies/{row.id}").text
    client.get(f"{desk.url}/agencies/{row.id}/change")
    client.submit({"review_on": "2028-02-01"}, form="/change")
    remind_of_agreements(desk.place.work, due + 40 * DAY)
    assert len(told()) == 3, "a review that is recorded ends the reminders"
    assert "The day of its review is past." not in client.get(f"{desk.url}/agencies/{row.id}").text


def test_who_looked_after_it_has_gone_so_the_managers_hear(desk: Desk) -> None:
    agency_id, _ = an_agency(desk.database)
    manager = desk.place.staff(Role.MANAGER)
    leaver = desk.somebody(Role.ADMINISTRATOR)
    made(desk, agency_id, desk.client(who=leaver))
    row = kept(desk)
    with desk.place.work() as session:
        session.get_one(SharingAgreement, (desk.place.id, row.id)).owner_id = desk.place.staff(Role.OFFICER)
    remind_of_agreements(desk.place.work, datetime(2027, 1, 20, 9, tzinfo=UTC))
    assert [each.account_id for each in desk.place.messages() if each.kind == Kind.REVIEW] == [manager]


def test_no_page_count_or_error_tells_a_landlord_of_anothers_agreement(desk_at: DeskAt) -> None:
    """Before and after another landlord agrees with the same agency, everything here is the same, and as much work."""
    here, there = desk_at("star"), desk_at("nph")
    agency_id, _ = an_agency(here.database)
    client = here.client(Role.MANAGER)

    def seen() -> list[tuple[str, int]]:
        found = []
        for path in ("/agencies", "/agencies/new"):
            with statements(here.app) as sent:
                text = client.get(f"{here.url}{path}").text
            found.append((text, len([each for each in sent if "staff_session" not in each])))
        return found

    seen()
    before = seen()
    other = an_agreement(here.database, there.place.id, agency_id, MONDAY)
    assert seen() == before
    missing = client.get(f"{here.url}/agencies/{other}", status=404).text
    assert client.get(f"{here.url}/agencies/{UUID(int=7)}", status=404).text == missing
    made(here, agency_id, client)
    assert kept(here).agency_id == agency_id, "and what is agreed there hinders nothing here"


def test_the_database_keeps_each_landlords_agreements_apart(desk_at: DeskAt) -> None:
    here, there = desk_at("star"), desk_at("nph")
    agency_id, _ = an_agency(here.database)
    other = an_agreement(here.database, there.place.id, agency_id, MONDAY)
    with here.place.work() as session:
        assert session.scalars(select(SharingAgreement)).all() == []
        assert queries.agreement(session, other) is None
    an_agreement(here.database, here.place.id, agency_id, MONDAY)
    twice = SharingAgreement(
        landlord_id=here.place.id, id=other, agency_id=agency_id, parts=[], since=MONDAY.date(),
        review_on=MONDAY.date(), owner_id=here.place.staff(Role.MANAGER), made_at=MONDAY, made_by="x", sealed=b"x",
    )  # fmt: skip
    with here.place.work() as session:
        session.add(twice)
        with pytest.raises(IntegrityError):
            session.flush()
        session.rollback()

"""What somebody tells Havebury, by whatever way: one list, one clock, and nothing that they are changes either."""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from portal.deadlines.models import Deadline
from portal.domain.cautions import KEEP_APART, NO_KIN
from portal.domain.contact import Channel, Said, Way
from portal.domain.intake import OtherPerson, YesNo
from portal.domain.lifecycle import ReportState, Source
from portal.domain.permissions import Role
from portal.domain.policy.scope import Subtype
from portal.landlords.public_words import SUBTYPES
from portal.people.models import Membership
from portal.referrals.models import Report
from portal.referrals.service import answers_of
from portal.store.database import Database
from tests.client import PageClient
from tests.conftest import Clock, StaffMaker
from tests.desk import ALWAYS, THEIR_WORD, Desk, a_desk, london
from tests.landlords.packs_at_hand import found
from tests.places import pack
from tests.referrals.conftest import REACHED, Scoped, Visitor

FIVE = {"psychological", "physical", "sexual", "financial", "emotional"}
TUESDAY = "Tuesday 3 February 2026, 17:00"


@pytest.fixture
def desk(app: Flask, database: Database, clock: Clock) -> Desk:
    return a_desk(app, database, clock, "havebury")


def newest(scoped: Scoped) -> Report:
    with scoped("havebury") as session:
        return session.scalars(select(Report).order_by(Report.id.desc()).limit(1)).one()


def route_and_clocks(desk: Desk, report_id: UUID) -> tuple[object, ...]:
    with desk.place.work() as session:
        route = session.scalar(select(Report.route).where(Report.id == report_id))
        rows = session.execute(
            select(Deadline.event, Deadline.due_at, Deadline.stop_act).where(Deadline.report_id == report_id)
        )
        return route, *sorted(tuple(row) for row in rows)


@pytest.mark.clause("HAV-1.1b")
@pytest.mark.parametrize("slug", ["elsewhere", "administrator", "auditor", "front_desk"])
def test_whoever_does_not_deliver_the_policy_sees_no_case(desk: Desk, staff: StaffMaker, slug: str) -> None:
    case_id = desk.case()
    who = staff(dales=[Role.MANAGER]) if slug == "elsewhere" else desk.somebody(Role(slug))
    desk.client(who=who).get(desk.case_url(case_id), status=404)


@pytest.mark.clause("HAV-1.1b")
def test_a_delegate_sees_nothing_from_the_day_on_which_the_delegation_ends(desk: Desk) -> None:
    case_id, delegate = desk.case(name="Marigold"), desk.somebody(Role.OFFICER)
    with desk.place.work() as session:
        session.execute(
            update(Membership)
            .where(Membership.account_id == delegate.account_id)
            .values(ends_at=london(2, 10, 15))
        )
    client = desk.client(who=delegate)
    assert "Marigold" in client.get("/desk/").text
    client.get(desk.case_url(case_id))
    desk.clock.at = london(2, 10, 20)
    assert "Marigold" not in client.get("/desk/").text
    client.get(desk.case_url(case_id), status=404)
    client.post(f"{desk.case_url(case_id)}/notes", {"words": "Too late."}, status=404)


@pytest.mark.clause("HAV-2.1a")
def test_sixteen_is_inside_and_fifteen_goes_to_safeguarding_with_a_record(desk: Desk) -> None:
    inside, child = desk.report(age=16), desk.report(age=15)
    assert route_and_clocks(desk, inside)[0] == "ordinary"
    assert route_and_clocks(desk, child)[0] == "child_safeguarding"
    assert route_and_clocks(desk, inside)[1:] == route_and_clocks(desk, child)[1:]
    assert found("havebury", "definition-superseded")


@pytest.mark.clause("HAV-2.1b", "HAV-2.4")
@pytest.mark.parametrize("kind", ["other", "coercive"])
def test_one_kind_alone_is_accepted_and_kept_and_five_are_offered_beside_it(
    app: Flask, scoped: Scoped, kind: str
) -> None:
    her = Visitor(app, "havebury")
    her.tell(**REACHED, **{"In your words": {"types": [kind]}})
    assert set(re.findall(r'name="types" value="([\w-]+)"', her.get("/havebury/contact/6").html)) >= FIVE | {
        kind
    }
    her.get("/havebury/contact/check")
    assert "We have your message" in her.send().text
    with scoped("havebury") as session:
        assert answers_of(session, newest(scoped)).types == (kind,)


@pytest.mark.clause("HAV-2.2")
def test_harm_by_kin_warns_on_every_page_not_to_ring_them_and_a_man_can_suffer_each(
    app: Flask, desk: Desk, scoped: Scoped
) -> None:
    assert len(pack("havebury").policy.definition.subtypes.value) == 8
    her = Visitor(app, "havebury")
    her.tell(**REACHED, **{"In your words": {"types": [*SUBTYPES], "happening": "I am a man."}})
    her.send()
    assert newest(scoped).route == "ordinary"
    by_kin = {Subtype.FGM, Subtype.FORCED_MARRIAGE, Subtype.HONOUR_BASED, Subtype.TRAFFICKING}
    client = desk.client(Role.OFFICER)
    for kind in Subtype:
        report_id = desk.report(subtypes=(kind,))
        page = client.get(f"{desk.url}/reports/{report_id}")
        assert kind.replace("-", " ") in page.text
        assert (NO_KIN in page.text) is (kind in by_kin)
    case_id = desk.case(subtypes=(Subtype.FORCED_MARRIAGE,))
    for where in ("", "/contact", "/safe-contact", "/assign"):
        assert NO_KIN in client.get(desk.case_url(case_id) + where).text


@pytest.mark.clause("HAV-4.14a")
@pytest.mark.parametrize(
    "said", [{"relation": "joint_tenant"}, {"other_person": OtherPerson("B", joint_tenant=YesNo.YES)}]
)
def test_a_joint_tenancy_is_a_standing_warning(app: Flask, desk: Desk, said: dict[str, object]) -> None:
    her = Visitor(app, "havebury")
    her.tell(**REACHED)
    asked = {
        name for n in range(1, 13) for f in her.get(f"/havebury/contact/{n}").forms for name in f["fields"]
    }
    assert {"relation", "joint_tenant"} <= asked
    case_id, client = desk.case(**said), desk.client(Role.OFFICER)
    contact = ("", "/contact", "/safe-contact", "/arrange", "/meetings", "/meetings/book")
    papers = ("/documents", "/shares", "/shares/without", "/consents")
    for where in (*contact, *papers):
        assert KEEP_APART in client.get(desk.case_url(case_id) + where).text, where
    assert KEEP_APART not in client.get(desk.case_url(desk.case(relation="tenant"))).text


@pytest.mark.clause("HAV-3.1a")
def test_a_threat_alone_makes_a_case_a_clock_and_a_first_task_and_each_step_is_dated(desk: Desk) -> None:
    officer = desk.somebody(Role.OFFICER)
    client = desk.client(who=officer)
    client.get(f"{desk.url}/reports/{desk.report(types=('threatening',), happening='He said he would.')}")
    page = client.submit({"account_id": str(officer.account_id)}, form="/open")
    assert page.h1s[0].startswith("Case")
    case = client.url.partition("?")[0]
    first = client.get("/desk/").text.partition("Do next 1")[2]
    assert "Respond" in first
    assert TUESDAY in first
    desk.clock.at = london(2, 10, 20)
    client.get(f"{case}/contact")
    client.submit(
        {"channel": "call", "outcome": "reached", "was_act": "y", "words": "Talked about a new lock."}
    )
    story = client.get(case).text.partition("Timeline")[2]
    assert "Contact: call. Reached them 2 Feb 10:20, Robin Example" in story
    assert "Given to Robin Example 2 Feb 10:00" in story
    assert "A report came in 2 Feb 10:00" in story


WAYS = {
    "self": ("contact", REACHED),
    "someone_else": ("someone", {"Who it is about": {"trace": "the flat above the baker"}}),
    "concern_card": ("note", {"Something you noticed": {"noticed": "A broken door", "place": "3 Elm Road"}}),
}


@pytest.mark.clause("HAV-4.1a")
def test_every_way_in_leads_to_one_list_each_with_its_channel_and_its_own_clock(
    app: Flask, clock: Clock, scoped: Scoped, signed_in: Callable[..., PageClient]
) -> None:
    clock.at = datetime(2026, 6, 12, 14, tzinfo=UTC)
    client, came = signed_in(havebury=[Role.OFFICER]), {}
    for way, pages in WAYS.values():
        visitor = Visitor(app, "havebury")
        visitor.tell(way, **pages)
        visitor.send()
        came[newest(scoped).id] = newest(scoped)
    for how in ("call", "visit", "letter"):
        client.get("/desk/havebury/reports/new")
        client.submit({"came_by": how, "happening": "As it was told."})
        assert f"by a {'telephone call' if how == 'call' else how}" in client.page.text
        came[newest(scoped).id] = newest(scoped)
    assert Counter(each.source for each in came.values()) == {
        Source.SELF: 1, Source.SOMEONE_ELSE: 1, Source.CONCERN_CARD: 1, Source.STAFF_ENTRY: 3,
    }  # fmt: skip
    queue = client.get("/desk/havebury/reports")
    monday = datetime(2026, 6, 15, 16, tzinfo=UTC)
    for report_id, report in came.items():
        assert f"/desk/havebury/reports/{report_id}" in queue.links
        assert report.received_at == clock.at
        assert report.next_due_at == monday
        told_by_others = report.source in {Source.SOMEONE_ELSE, Source.CONCERN_CARD}
        assert report.next_event == ("concern" if told_by_others else "disclosure")
        assert report.next_clause == ("HS-026 6.1, bullet 2" if told_by_others else "HS-026 4.3")


@pytest.mark.clause("HAV-4.1b")
def test_what_was_received_is_what_is_open_and_what_was_concluded(desk: Desk) -> None:
    ids = [desk.report(name=f"Person {n}") for n in range(4)]
    senior = desk.client(Role.SENIOR)
    for report_id, form, said in (
        (ids[0], "/open", {}),
        (ids[1], "/set-aside", {"reason": "Rang back: it was about a parcel."}),
        (ids[2], "/send-on", {"whom": "council", "words": "As they asked."}),
    ):
        senior.get(f"{desk.url}/reports/{report_id}")
        senior.submit(said, form=form)
    with desk.place.work() as session:
        rows = dict(iter(session.execute(select(Report.state, func.count()).group_by(Report.state))))
    assert sum(rows.values()) == len(ids)
    listed = [f"Person {n}" in senior.get(f"{desk.url}/reports?state={s}").text for n, s in
              enumerate(("opened", "set_aside", "routed", "new"))]  # fmt: skip
    assert all(listed)
    assert set(rows) == set(ReportState) - {ReportState.JOINED}
    told = " ".join(senior.get(f"{desk.url}/reports").text.split())
    assert "February 2026: 4 received, of which 1 wait for a decision and 3 are decided" in told
    assert "became a case: 1, sent on: 1, set aside: 1" in told
    desk.clock.at = london(28, 12) + timedelta(days=3)
    later = desk.client(Role.SENIOR).get(f"{desk.url}/reports").text
    assert "March 2026: 0 received" in " ".join(later.split())


@pytest.mark.clause("HAV-4.2b")
def test_protected_traits_change_neither_clock_nor_priority_nor_route(desk: Desk) -> None:
    traits = (
        {},
        {"age": 16},
        {"age": 81},
        {"language": "Polish", "preferences": ("interpreter",)},
        {"needs": "I am deaf and use a wheelchair.", "preferences": ("bsl", "disability_support")},
        {"happening": "I am a gay man. My mosque must not know."},
        {"children": "yes", "children_note": "I am pregnant."},
    )
    plain, *others = (
        route_and_clocks(desk, desk.report(name=f"Person {n}", **said)) for n, said in enumerate(traits)
    )
    assert plain == ("ordinary", ("disclosure", london(3, 17), "responded"))
    assert all(each == plain for each in others)
    told = desk.client(Role.OFFICER).get("/desk/").text
    order = sorted(range(len(traits)), key=lambda n: told.index(f"Person {n}"))
    assert order == [*range(len(traits))], "who came first stands first, and nothing else counts"
    assert route_and_clocks(desk, desk.report(age=15)) == ("child_safeguarding", *plain[1:])


def test_a_meeting_is_offered_in_private_and_only_at_a_place_that_they_agreed_to(
    app: Flask, desk: Desk
) -> None:
    choice = "in private at an office, or at another safe place that we agree on"
    her = Visitor(app, "havebury")
    assert choice in her.get("/havebury/").text
    her.tell(**REACHED)
    assert choice in her.send().text
    client = desk.client(Role.OFFICER)
    met = {"channel": "visit", "outcome": "reached", "was_act": "y"}
    case_id = desk.case()
    client.get(f"{desk.case_url(case_id)}/contact")
    assert "They have not said that" in client.submit(met, status=422).text
    client.get(f"{desk.case_url(case_id)}/safe-contact")
    page = client.submit({"visit-said": "safe", "visit-detail": ""}, status=422)
    assert "Write the number or address that is safe." in page.text
    client.submit(
        THEIR_WORD
        | {"visit-said": "safe", "visit-detail": "The library, side room", "notes": "Never on a Friday."}
    )
    client.get(f"{desk.case_url(case_id)}/contact")
    story = client.submit(met).text.partition("Timeline")[2]
    assert "visit or meeting. Reached them" in story
    assert "How contact is safe was changed 2 Feb 10:00, Robin Example" in story


@pytest.mark.clause("HAV-6.2")
def test_a_correction_stands_beside_what_it_corrects_and_late_writing_shows(desk: Desk) -> None:
    case_id = desk.case(london(2, 9))
    desk.clock.at = london(5, 10)
    client = desk.client(Role.OFFICER)
    client.get(f"{desk.case_url(case_id)}/contact")
    page = client.submit(
        {
            "channel": "call",
            "outcome": "reached",
            "day": "2026-02-02",
            "time": "10:00",
            "words": "She saw a red car.",
        }
    )
    assert "Written down 3 days later" in page.text
    client.submit({"words": "Correction: the car was blue."}, form="/notes")
    story = client.get(desk.case_url(case_id)).text
    assert "She saw a red car." in story
    assert "the car was blue. " in story
    paths = {rule.rule for rule in desk.app.url_map.iter_rules() if "cases/<uuid" in rule.rule}
    assert not [path for path in paths if "delete" in path or "edit" in path]
    client.get(f"{desk.case_url(case_id)}/contact")
    desk.clock.at = london(5, 10, 10)
    assert (
        client.submit(
            {"channel": "call", "outcome": "no_answer", "day": "2026-02-05", "time": "10:05"}
        ).text.count("Written down")
        == 1
    )


SECRET = "07700 900777"


def test_a_safe_number_stands_on_no_page_until_it_is_asked_for_and_each_look_leaves_a_row(
    app: Flask, desk: Desk
) -> None:
    only = (Way(Channel.CALL, Said.SAFE, SECRET),)
    report_id = desk.report(name="Marigold", safe_contact=replace(ALWAYS, ways=only))
    manager = desk.client(Role.MANAGER)
    pages = [manager.get(f"{desk.url}/reports/{report_id}")]
    manager.submit({}, form="/open")
    case = manager.url.partition("?")[0]
    desk_pages = ("/desk/", f"{desk.url}/team", f"{desk.url}/reports", f"{desk.url}/audit")
    case_pages = (case, f"{case}/contact", f"{case}/assign", f"{case}/looked")
    pages += [manager.get(where) for where in (*case_pages, *desk_pages)]
    manager.get("/desk/search")
    pages.append(manager.submit({"words": "Marigold"}))
    assert case in " ".join(pages[-1].links)
    bare = SECRET.replace(" ", "")
    assert not [page for page in pages if bare in page.html.replace(" ", "")]
    for looks in (1, 2):
        manager.get(case)
        assert SECRET in manager.submit({"channel": "call"}, form="/number").text
        assert manager.get(f"{case}/looked").text.count("Looked at a number or address") == looks
    for role in (Role.AUDITOR, Role.ADMINISTRATOR):
        desk.client(role).get(case, status=404)

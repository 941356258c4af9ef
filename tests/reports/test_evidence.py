"""Evidence: each line has something that speaks for it, or shows a gap; nothing is ever called met."""

import re

import pytest
from sqlalchemy import update

from portal.cases.signposts.models import Signpost
from portal.domain.permissions import Role
from portal.landlords.face import face_of
from portal.people import policy_readers
from portal.store.audit import Actor
from portal.store.base import new_id
from portal.store.scope import PlatformScope
from portal.store.tenancy import Landlord
from tests.client import Page
from tests.desk import Desk, DeskAt, london
from tests.places import pack
from tests.reports.golden import NOW, golden


def lines(page: Page, title: str) -> dict[str, str]:
    """What stands beside each line of a framework."""
    part = page.html.split(title, 1)[1].split("</table>")[0]
    rows = re.findall(r'<th scope="row">(.*?)</th>(.*?)</tr>', part, re.DOTALL)
    return {says: re.sub(r"<[^>]+>|\s+", " ", rest).strip() for says, rest in rows}


@pytest.mark.clause("HAV-HDR-7")
def test_the_eight_areas_of_the_alliance_show_evidence_or_a_gap_and_never_met(desk: Desk) -> None:
    for _ in range(12):
        desk.case(london(2, 10))
    desk.clock.at = NOW.replace(month=4)
    page = desk.client(Role.AUDITOR).get(f"{desk.url}/evidence?quarter=2026-1")
    found = lines(page, "The eight areas of the Domestic Abuse Housing Alliance")
    assert len(found) == 8
    assert found["Policies and procedures"].startswith("Evidence")
    assert found["Perpetrator management"].startswith("Gap")
    assert found["Partnership working"].startswith("Gap"), "no agreement, no referral and no signpost yet"
    assert "Met" not in page.text.split("Evidence", 1)[1]


@pytest.mark.clause("AG013-EIA-4")
def test_outcome_two_of_seven_locks_shows_referrals_and_signposts_small_numbers_suppressed(
    desk_at: DeskAt,
) -> None:
    """Three referrals and three signposts say no number; with twelve more signposts there is one."""
    desk = desk_at("seven-locks")
    there = golden(desk)
    desk.clock.at = NOW.replace(month=4)
    client = desk.client(Role.BOARD)
    outcome = "Go on using and working with outside support"
    url = f"{desk.url}/evidence?quarter=2026-1"
    assert "Times that somebody was told of a service" not in lines(client.get(url), "its outcomes")[outcome]
    for _ in range(12):
        told(desk, there.cases["A"])
    said = lines(client.get(url), "its outcomes")[outcome]
    assert "Times that somebody was told of a service" in said
    assert not re.search(r"\b14\b", said), "rounded"


def told(desk: Desk, case_id: object) -> None:
    with desk.place.work() as session:
        session.add(
            Signpost(landlord_id=desk.place.id, id=new_id(), case_id=case_id, at=london(12, 10), way="spoken",
                     account_id=desk.place.staff(Role.OFFICER), service="x", answer="took")
        )  # fmt: skip


@pytest.mark.clause("NPH-REVIEW-1")
def test_nph_sees_its_four_figures_apart_from_nuisance(desk_at: DeskAt) -> None:
    desk = desk_at("nph")
    desk.case(london(2, 10))
    desk.clock.at = NOW
    page = desk.client(Role.MANAGER).get(f"{desk.url}/figures?quarter=2026-1")
    part = page.html.split('id="monitored"')[1].split("</section>")[0]
    assert re.findall(r"<dt>(.*?)</dt>", part) == ["Reports", "Actions", "Outcomes", "Case management"]
    assert "counted here, apart from it" in part
    other = desk_at("havebury")
    other.app.extensions["landlords"]._read_at = -1e9
    assert 'id="monitored"' not in other.client(Role.MANAGER).get(f"{other.url}/figures").html


@pytest.mark.clause("WHG-1.7b")
def test_the_first_line_of_the_pledge_leads_to_the_version_and_says_how_many_have_read_it(desk_at: DeskAt) -> None:
    desk = desk_at("whg")
    with desk.database.work(PlatformScope("test")) as session:
        session.execute(update(Landlord).where(Landlord.id == desk.place.id).values(face=face_of(pack("whg"))))
    desk.app.extensions["landlords"]._read_at = -1e9
    readers = [desk.client(Role.OFFICER) for _ in range(2)]
    auditor = desk.client(Role.AUDITOR)
    with desk.place.work() as session:
        reader = desk.somebody(Role.OFFICER)
        policy_readers.say(session, Actor(reader.account_id, reader.name), desk.clock())
    assert readers
    page = auditor.get(f"{desk.url}/evidence")
    line = lines(page, "The Make a Stand pledge")["A policy that supports residents"]
    assert line.startswith("Evidence")
    assert "Colleagues who said that they have read it: 1 of 4" in line
    assert "The version in force" in line
    assert f"{desk.url}/policy" in page.links
    desk.clock.at = london(2, 10).replace(year=2020)
    auditor = desk.client(who=desk.somebody(Role.AUDITOR))
    page = auditor.get(f"{desk.url}/evidence")
    assert lines(page, "The Make a Stand pledge")["A policy that supports residents"].startswith("Gap")

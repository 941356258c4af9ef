"""What a landlord makes known and who leads on it: poster, pledge, champion, channels."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from portal.domain.permissions import Role
from portal.landlords.linter import warnings
from portal.landlords.models import PolicyVersion
from portal.landlords.packs import Pack, read_pack
from portal.landlords.pledge import pledge_of
from portal.landlords.policy_record import record_of
from portal.referrals.models import Report
from portal.referrals.service import answers_of, open_case
from portal.store.audit import PORTAL
from portal.store.database import Database
from tests.client import PageClient
from tests.conftest import Clock
from tests.desk import a_desk, london
from tests.landlords.packs_at_hand import TODAY, copy_of_packs, pack, spoil
from tests.referrals.conftest import REACHED, Scoped, Visitor

SignedIn = Callable[..., PageClient]
LEAD = '\n[lead]\npost = "Head of Safety"\ndeputy = { value = "Safety Officer", origin = "landlords_own" }\n'
MADE_KNOWN = "".join(
    f'\n[[publicity]]\nchannel = "{channel}"\non = "{on}"\nwhat = "The poster"\n'
    for channel, on in (
        ("website", "2026-01"),
        ("website", "2026-09-14"),
        ("Social media", "2026-08"),
        ("publications", "2026-05"),
        ("communal areas", "2026-10-02"),
    )
)


def codes(found: Pack) -> set[str]:
    return {each.code for each in warnings(found, TODAY)}


def lines(found: Pack) -> dict[str, str]:
    parts = record_of(found.policy, found.landlord, TODAY).parts
    return {line.label: line.says for part in parts for line in part.lines}


def added(root: Path, slug: str, text: str) -> Pack:
    """A copy of a pack with more in its profile."""
    spoil(root, f"{slug}/landlord.toml", "[colours]", f"{text}\n[colours]")
    return read_pack(root / slug)


@pytest.mark.parametrize(
    "slug", ["star", "whg", pytest.param("nph", marks=pytest.mark.clause("NPH-COMMIT-1"))]
)
def test_page_and_poster_carry_the_statement_and_load_nothing_from_elsewhere(app: Flask, slug: str) -> None:
    client = PageClient(app)
    says = pack(slug).policy.document.statement.value
    for path in ("", "poster"):
        page = client.get(f"/{slug}/{path}")
        assert says in page.text
        loaded = re.findall(r'<(?:link|script|img|iframe)\b[^>]*(?:href|src)="([^"]+)"', page.html)
        assert loaded
        assert all(each.startswith(("/static/", "data:")) for each in loaded)
    assert f"/{slug}/poster" in client.get(f"/{slug}/promise").links
    if slug == "nph":
        assert "is not acceptable" in says


@pytest.mark.parametrize(
    ("slug", "evidence"),
    [
        pytest.param("whg", (True, False, False, True), marks=pytest.mark.clause("WHG-1.7a")),
        pytest.param("nph", (True, False, True, False), marks=pytest.mark.clause("NPH-COMMIT-6")),
    ],
)
def test_the_pledge_shows_four_commitments_with_evidence_or_a_gap(
    app: Flask, database: Database, clock: Clock, slug: str, evidence: tuple[bool, ...]
) -> None:
    clock.at = london(2, 10)
    told = pledge_of(pack(slug), TODAY)
    assert tuple(bool(each.evidence) for each in told) == evidence
    assert all(bool(each.evidence) != bool(each.gap) for each in told)
    assert "Make a Stand" in PageClient(app).get(f"/{slug}/promise").text
    assert pledge_of(pack("star"), TODAY) == ()


@pytest.mark.clause("WHG-1.7a", "NPH-COMMIT-6")
def test_the_pledge_stands_on_the_page_of_the_policy_and_never_says_met(signed_in: SignedIn) -> None:
    client = signed_in(whg=[Role.OFFICER], nph=[Role.OFFICER])
    for slug in ("whg", "nph"):
        view = client.get(f"/desk/{slug}/policy").text.partition("The pledge, commitment by commitment")[2]
        view = view.partition("Whether a commitment is kept")[0]
        for each in pledge_of(pack(slug), TODAY):
            assert each.says in view
        assert view.count("Gap") == 2
        assert "The day of signing is not stated." in view
        assert not re.search(r"\b(met|kept|done)\b", view, re.IGNORECASE)


@pytest.mark.clause("WHG-1.7e")
def test_without_a_champion_set_up_warns_and_with_one_the_page_shows_who(
    tmp_path: Path, signed_in: SignedIn
) -> None:
    root = copy_of_packs(tmp_path)
    line = next(
        each for each in (root / "whg/policy.toml").read_text().splitlines() if each.startswith("champion =")
    )
    assert "lead-not-named" not in codes(read_pack(root / "whg"))
    spoil(root, "whg/policy.toml", line, "champion = { not_stated = true }")
    assert "lead-not-named" in codes(read_pack(root / "whg"))
    named = added(root, "whg", LEAD)
    assert "lead-not-named" not in codes(named)
    assert (lines(named)["Lead named by the landlord"], lines(named)["Deputy of the lead"]) == (
        "Head of Safety",
        "Safety Officer",
    )
    assert "Champion Director of Housing" in signed_in(whg=[Role.OFFICER]).get("/desk/whg/policy").text


@pytest.mark.clause("WHG-1.7f")
def test_the_champion_is_a_post_and_its_holder_can_change(
    app: Flask, database: Database, clock: Clock
) -> None:
    assert "Champion: Director of Housing" in PageClient(app).get("/whg/promise").text
    desk = a_desk(app, database, clock, "whg")

    def versions() -> int:
        with desk.place.work() as session:
            return session.scalar(select(func.count()).select_from(PolicyVersion)) or 0

    first, before = desk.place.staff(Role.MANAGER, post="Director of Housing"), versions()
    second = desk.place.staff(Role.MANAGER, post="Director of Housing")
    assert first != second
    assert versions() == before == 1


@pytest.mark.clause("STAR-3.20")
def test_star_is_told_to_name_its_lead_who_then_sees_every_open_clock_here_and_none_elsewhere(
    app: Flask, database: Database, clock: Clock, tmp_path: Path, signed_in: SignedIn
) -> None:
    desk, elsewhere = (a_desk(app, database, clock, like) for like in ("star", "dales"))
    assert "no post is named" in signed_in(star=[Role.MANAGER]).get("/desk/star/policy").text
    assert "lead-not-named" not in codes(added(copy_of_packs(tmp_path), "star", LEAD))
    for n in range(3):
        desk.case(name=f"Person {n}", at=london(2, 8 + n))
    clock.at = london(2, 11)
    lead = desk.client(Role.MANAGER)
    told = lead.get(f"{desk.url}/team").text
    for n in range(3):
        assert f"Tuesday 3 February 2026, {8 + n:02}:00, STAR 5.1" in told
        assert f"Person {n}" in told
    lead.get(f"{elsewhere.url}/team", status=404)


@pytest.mark.clause("STAR-3.18a")
def test_each_of_four_channels_has_its_last_date_and_the_poster_needs_nobody_else(
    app: Flask, tmp_path: Path
) -> None:
    silent = lines(pack("star"))
    channels = ("website", "social media", "publications", "communal areas")
    assert {silent[f"Made known: {each}"] for each in channels} == {"no date entered"}
    assert "channel-undated" in codes(pack("star"))
    told = added(copy_of_packs(tmp_path), "star", MADE_KNOWN)
    dates = ("on 14 September 2026", "in August 2026", "in May 2026", "on 2 October 2026")
    for channel, on in zip(channels, dates, strict=True):
        assert lines(told)[f"Made known: {channel}"] == f"last {on}: The poster"
    assert "channel-undated" not in codes(told)
    poster = PageClient(app).get("/star/poster")
    assert not re.search(r'(?:src|href)="(?:https?:)?//', poster.html)


@pytest.mark.clause("NPH-CIA-22")
def test_whoever_does_not_know_what_it_is_can_say_so_and_has_a_clock(app: Flask, scoped: Scoped) -> None:
    her = Visitor(app, "nph")
    her.tell(**REACHED, **{"In your words": {"types": ["unsure"]}})
    assert "before the end of the next working day" in her.send().text
    with scoped("nph") as session:
        report = session.scalars(select(Report).order_by(Report.id.desc()).limit(1)).one()
        assert answers_of(session, report).types == ("unsure",)
        assert open_case(session, report.id, "XYZ", PORTAL, report.received_at).next_due_at

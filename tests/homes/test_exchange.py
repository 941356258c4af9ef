"""The desk between landlords: blind on both sides until both agree, and then exactly what she releases."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

import pytest
from sqlalchemy import literal_column, select

from portal.cases.disclosures.models import Disclosure
from portal.domain.permissions import Role
from portal.domain.tasks import TaskKind
from portal.homes.exchange.jobs import look_at_the_desk
from portal.homes.exchange.models import ExchangeCard, ExchangeHome, ExchangeNeed
from portal.store.audit import AuditEntry, Fact
from tests.client import Page, PageClient
from tests.desk import ALWAYS, Desk, DeskAt
from tests.homes.at_home import first, manager
from tests.homes.test_board import answers
from tests.homes.test_moves import prepares
from tests.homes.test_tenancy import facts_of, tasks

WHO = {
    "name": "Wilhelmina Featherstone",
    "address": "3 Example Close, Bury BL9 0AA",
    "needs": "A hearing aid.",
    "language": "Welsh",
    "happening": "He took the keys away.",
    "safe_contact": ALWAYS,
}
NEED = {
    "bedrooms": "2",
    "tenure": "secure",
    "regions": ["west_midlands", "wales"],
    "access": ["step_free"],
    "consent": "By call on Monday: whatever is quick.",
}
ROOM = {
    "bedrooms": "2",
    "tenure": "secure",
    "region": "west_midlands",
    "access": ["step_free"],
    "address": "7 Canary Court, Ludlow SY8 1AA",
    "words": "A ramp to the door.",
}


@dataclass
class Two:
    """Dales, whose case looks for a home, and STAR, which may have one."""

    dales: Desk
    star: Desk
    case_id: UUID
    officer: PageClient
    boss: PageClient

    @property
    def needs(self) -> str:
        return f"{self.dales.case_url(self.case_id)}/exchange"

    @property
    def desk(self) -> str:
        return f"{self.star.url}/exchange"

    def posts(self, status: int = 200, **said: object) -> Page:
        self.officer.get(f"{self.needs}/post")
        return self.officer.submit(NEED | said, form="/post", status=status)

    def offers(self, status: int = 200, **said: object) -> Page:
        page = self.boss.get(self.desk)
        self.boss.get(newest(self.star, page))
        return self.boss.submit(ROOM | said, form="/offer", status=status)

    def wants(self, answer: str = "yes", status: int = 200, **said: str) -> Page:
        page = self.officer.get(self.needs)
        self.officer.get(next(each for each in page.links if "/homes/" in each))
        wish = {"answer": answer, "wish": "Yes, at once.", "reason": "They know what it means."}
        return self.officer.submit(wish | said, form="/homes/", status=status)

    def agrees(self, answer: str = "yes", status: int = 200) -> Page:
        page = self.boss.get(self.desk)
        self.boss.get(next(each for each in page.links if re.search(r"/exchange/homes/[0-9a-f-]{36}$", each)))
        return self.boss.submit({"answer": answer}, form="/homes/", status=status)


def newest(desk: Desk, page: Page) -> str:
    """The offer page of the need that was posted last, wherever it stands in the list."""
    with desk.place.work() as session:
        shown = {UUID(each.split("/")[-2]): each for each in page.links if each.endswith("/offer")}
        written_last = literal_column("xmin::text::bigint")  # a card keeps no time: it would tell whose it is
        needs = select(ExchangeCard.thread).where(ExchangeCard.kind == "need").order_by(written_last)
        rows = session.scalars(needs).all()
    return shown[[each for each in rows if each in shown][-1]]


@pytest.fixture
def two(desk_at: DeskAt) -> Two:
    dales = desk_at("dales")
    case_id, officer = dales.case(**WHO), dales.client(Role.OFFICER)
    answers(dales, officer, case_id, home="not_safe", own_homes_serve="no")
    prepares(dales, officer, case_id)
    star = desk_at("star")
    star.app.extensions["landlords"]._read_at = -1e9  # both are new
    return Two(dales, star, case_id, officer, manager(star))


def test_a_need_goes_up_with_her_word_and_where_the_policy_opens_the_way(two: Two) -> None:
    assert "Write when and how they agreed" in two.posts(status=422, consent="").text
    answers(two.dales, two.officer, two.case_id, own_homes_serve="yes")
    refused = two.posts(status=422)
    assert "One of our own homes can serve. (AG/013 Operational Principle 8)" in refused.text
    answers(two.dales, two.officer, two.case_id, own_homes_serve="no")
    assert "On the desk" in two.posts().text


@pytest.mark.clause("AG013-OP8c", "STAR-3.16c")
def test_star_sees_size_region_and_tenure_and_a_name_only_after_both_have_agreed(two: Two) -> None:
    two.posts()
    page = two.boss.get(two.desk)
    assert "2 bedrooms, secure or firmer Where Wales, West Midlands Access No steps" in page.text
    assert "Bury" not in page.text, "a region is as fine as a place gets here"
    two.offers()
    with two.dales.place.work() as session:
        look_at_the_desk(two.dales.place.work, datetime(2026, 2, 2, 11, tzinfo=UTC))
        assert session
    assert tasks(two.dales, two.case_id, TaskKind.EXCHANGE), "somebody asks her"
    page = two.wants()
    assert "They want it; the other landlord has not agreed yet." in page.text
    assert "own homes cannot serve (AG/013 Operational Principle 8)" in page.text, "what our policy says of it"
    page = two.agrees()
    assert "Both agreed" in page.text
    two.officer.get(f"{two.needs}")
    two.officer.get(next(each for each in two.officer.page.links if each.endswith("/hand-over")))
    assert "He took the keys away." in two.officer.page.text, "what goes is seen before it goes"
    two.officer.submit({"parts": ["name", "needs"]}, form="/hand-over")
    two.boss.get(two.desk)
    letter = two.boss.submit({}, form="/open")
    assert "Wilhelmina Featherstone" in letter.text
    assert "Language: Welsh; A hearing aid." in letter.text
    assert two.dales.place.slug in letter.text
    for kept in ("He took the keys away.", "Example Close", "01632"):
        assert kept not in letter.text, "only what she released"
    with two.star.place.work() as session:
        facts = session.scalars(
            select(AuditEntry.fact).where(AuditEntry.landlord_id == two.star.place.id)
        ).all()
    assert Fact.EXCHANGE_OPENED in facts
    assert ("exchange handed_over", "case.work") in facts_of(two.dales, two.case_id, Fact.EXCHANGE_CHANGED)
    two.officer.get(f"{two.dales.case_url(two.case_id)}/move/decide")
    two.officer.submit({"agreed": "yes", "reason": "At once."}, form="/decide")
    two.officer.get(f"{two.dales.case_url(two.case_id)}/move/moved")
    moved = two.officer.submit({"moved_on": "2026-02-02"}, form="/moved")
    assert "0 days after the decision" in moved.text
    figures = manager(two.dales).get(f"{two.dales.url}/figures?quarter=2026-1")
    assert "Moves into another home" in figures.text
    assert "From the decision to the move" in figures.text


@pytest.mark.invariant(3)
def test_the_other_landlords_letter_tells_her_officer_where_the_home_is_on_a_page_of_its_own(
    two: Two,
) -> None:
    two.posts()
    two.offers()
    two.wants()
    page = two.agrees()
    two.boss.get(next(each for each in page.links if each.endswith("/letter")))
    two.boss.submit({"words": "Ring Morgan at the office."}, form="/letter")
    two.officer.get(two.needs)
    letter = two.officer.submit({}, form="/letter")
    assert "7 Canary Court, Ludlow SY8 1AA" in letter.text
    assert "Ring Morgan at the office." in letter.text
    assert "Example Close" not in letter.text
    for page_of_case in (two.needs, two.dales.case_url(two.case_id)):
        assert "Canary Court" not in two.officer.get(page_of_case).html


def test_nobody_learns_from_the_desk_who_or_where(two: Two, desk_at: DeskAt) -> None:
    """A manager of STAR, and one of a third landlord, read every page and every row that they can reach."""
    two.posts()
    two.offers()
    two.wants()
    third = desk_at("whg")
    third.app.extensions["landlords"]._read_at = -1e9
    telling = {
        *WHO["name"].split(),  # type: ignore[attr-defined]
        "Example Close", "Bury", "BL9", "hearing", "Welsh", "keys", "whatever is quick", "Dales", "dales",
        two.dales.place.slug, str(two.dales.place.id), str(two.case_id), two.dales.place.code,
    }  # fmt: skip
    of_the_home = {"Canary", "Ludlow", "SY8", "ramp", two.star.place.slug, str(two.star.place.id)}
    seen_by = ((two.star, two.boss, telling), (third, manager(third), telling | of_the_home))
    for desk, client, secrets in seen_by:
        page = client.get(f"{desk.url}/exchange")
        pages = [page.html, *(client.get(each).html for each in page.links if each.endswith("/offer"))]
        with desk.place.work() as session:
            assert not session.scalars(select(ExchangeNeed)).all(), "what hangs on her case is not there"
            rows = session.scalars(select(ExchangeCard)).all()
            plain = [f"{row.id} {row.thread} {row.side} {row.kind} {row.about} {row.on_date}" for row in rows]
            sealed = b"".join((row.mark + (row.public or b"") + (row.letter or b"")) for row in rows)
        for secret in secrets:
            assert not any(secret in each for each in pages), secret
            assert not any(secret in each for each in plain), secret
            assert secret.encode() not in sealed
        ids = {row.id for row in rows} | {row.thread for row in rows}
        assert {each.version for each in ids} == {4}, "an id that tells no time"
    with two.star.place.work() as session:
        ours = session.scalars(select(ExchangeHome)).one()
        assert b"Canary" not in ours.sealed
    with two.dales.place.work() as session:
        assert not session.scalars(select(ExchangeHome)).all()


def test_nothing_goes_over_before_both_have_agreed(two: Two) -> None:
    two.posts()
    two.offers()
    with two.star.place.work() as session:
        home = session.scalars(select(ExchangeHome.id)).one()
    two.boss.get(f"{two.desk}/homes/{home}/letter")
    assert (
        "Both sides have to agree" in two.boss.submit({"words": "Ring us."}, form="/letter", status=422).text
    )
    two.boss.get(two.desk)
    assert "not written yet" in two.boss.post(f"{two.desk}/homes/{home}/open").text
    early = two.agrees(status=422)
    assert early
    two.wants()
    with two.dales.place.work() as session:
        need = session.scalars(select(ExchangeNeed.id)).one()
    two.officer.get(f"{two.needs}/{need}/hand-over")
    refused = two.officer.submit({"parts": ["name"]}, form="/hand-over", status=422)
    assert "Both sides have to agree before anything goes over." in refused.text


def test_a_home_that_lacks_something_is_offered_with_a_reason_and_by_a_manager(two: Two) -> None:
    two.posts()
    assert "fewer bedrooms" in two.offers(status=422, bedrooms="1").text
    assert "not looked for" in two.offers(status=422, region="london").text
    officer = two.star.client(Role.OFFICER)
    officer.get(newest(two.star, officer.get(two.desk)))
    assert "A manager offers" in officer.submit(ROOM, form="/offer", status=422).text
    two.offers(bedrooms="1", reason="The second room is a box room.")


def test_her_own_landlords_rules_hold_for_a_home_of_another(two: Two) -> None:
    two.posts(tenure="licence", bedrooms="1")
    two.offers(bedrooms="1", tenure="licence")
    refused = two.wants(status=422, reason="")
    assert "They have a flat of 2 bedrooms; this is a flat of 1 bedroom." in refused.text
    two.wants(reason="They want one room, near a sister.")


def test_a_need_that_is_taken_down_is_gone_and_one_that_stands_bars_closing(two: Two) -> None:
    page = two.posts()
    link = newest(two.star, two.boss.get(two.desk))
    assert "take it down first" in two.officer.get(f"{two.dales.case_url(two.case_id)}/close").text
    two.officer.get(next(each for each in page.links if each.endswith("/down")))
    two.officer.submit({"words": "They stay with a sister."}, form="/down")
    two.boss.get(link, status=404)
    two.officer.get(f"{two.dales.url}/exchange/{link.split('/')[-2]}/offer", status=404)


def test_what_she_told_goes_with_her_part_by_part_and_stands_there_as_the_others(two: Two) -> None:
    two.posts()
    two.offers()
    two.wants()
    two.agrees()
    with two.dales.place.work() as session:
        need = session.scalars(select(ExchangeNeed.id)).one()
    two.officer.get(f"{two.needs}/{need}/hand-over")
    two.officer.submit({"parts": ["told", "contact"]}, form="/hand-over")
    two.boss.get(two.desk)
    letter = two.boss.submit({}, form="/open")
    assert "What they told us, in their words He took the keys away." in letter.text
    assert "01632 960123" in letter.text
    for heeded in ("Not safe: texting.", "Withhold the number.", "Do not leave a message.", "Code word: “bluebell”."):
        assert heeded in letter.text, "a number alone could put her at risk"
    assert f"From {two.dales.place.slug}" in letter.text, "whose it is"
    assert "Wilhelmina" not in letter.text


@pytest.mark.clause("STAR-3.12c")
def test_what_was_handed_over_stands_in_her_sharing_log_word_for_word_and_names_no_landlord(two: Two) -> None:
    two.posts()
    two.offers()
    two.wants()
    two.agrees()
    with two.dales.place.work() as session:
        need = session.scalars(select(ExchangeNeed.id)).one()
    two.officer.get(f"{two.needs}/{need}/hand-over")
    two.officer.submit({"parts": ["told"]}, form="/hand-over")
    shares = two.officer.get(f"{two.dales.case_url(two.case_id)}/shares")
    assert "The landlord of the home that they chose" in shares.text
    left = two.officer.get(first(shares, r"/shares/left/|/left/"))
    assert "What they told us, in their words He took the keys away." in left.text
    assert "both landlords had agreed" in left.text
    for other in (two.star.place.slug, "Canary", "Wilhelmina Featherstone (", "01632"):
        assert other not in left.html.partition("What went")[2].partition("</section>")[0]
    with two.dales.place.work() as session:
        gone = session.scalars(select(Disclosure).where(Disclosure.case_id == two.case_id)).one()
        assert (gone.source, gone.known, gone.way) == ("handover", "agreed", "desk")
        assert b"keys" not in gone.sealed
    seen = two.officer.get(f"{two.dales.case_url(two.case_id)}/readers")
    assert "You agreed to this" in seen.text, "she can be shown that it went"


@pytest.mark.clause("STAR-3.12b", "STAR-3.12c")
def test_at_star_nobody_asks_again_what_stands_there_already(desk_at: DeskAt) -> None:
    """The risk form shows what was said at intake, a new officer reads it first, and a form from outside stays so."""
    star = desk_at("star")
    case_id, new = star.case(**WHO), star.somebody(Role.OFFICER, name="Hollis Example")
    page = star.client(Role.SENIOR)
    page.get(f"{star.case_url(case_id)}/assign")
    page.submit({"account_id": str(new.account_id)})
    hollis = star.client(who=new)
    case = hollis.get(star.case_url(case_id))
    assert case.html.index("He took the keys away.") < case.html.index('id="timeline"'), "the summary comes first"
    hollis.get(f"{star.case_url(case_id)}/risk")
    assert "He took the keys away." in hollis.submit({}, form="/risk").text, "as told, with the form open"
    hollis.get(f"{star.case_url(case_id)}/risk/received")
    came = {"kind": "dara", "source": "PC 0000, response", "made_on": "2026-01-30", "result": "HIGH"}
    kept = hollis.submit(came | {"words": "Verbatim"}, form="received")
    for words in ("DARA: HIGH", "PC 0000, response, made on Friday 30 January 2026", "Verbatim", "not counted"):
        assert words in kept.text

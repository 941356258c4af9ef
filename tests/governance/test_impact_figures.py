"""Figures behind a source are the published ones, of staff or of nobody, and every row that rests on it shows them."""

from datetime import UTC, date, datetime

import pytest
from flask import Flask

from portal.domain.complaints import Complains
from portal.domain.figures import Quarter
from portal.domain.lifecycle import Source as CameFrom
from portal.domain.permissions import Role
from portal.domain.training import Course, TrainingLevel
from portal.reports.complaints.service import Linked, link
from portal.reports.performance.service import read_published
from portal.store.database import Database
from portal.store.scope import NOBODY, LandlordScope
from tests.client import Page
from tests.conftest import Clock
from tests.desk import MONDAY, a_desk
from tests.governance.impact_at_hand import NEUTRAL, SOURCE, Impact, harm
from tests.learned import learned

LAST = Quarter(2025, 4)
NOVEMBER = datetime(2025, 11, 18, 10, tzinfo=UTC)


@pytest.fixture
def impact(app: Flask, database: Database, clock: Clock) -> Impact:
    return Impact(a_desk(app, database, clock, "nph"))


def drawn(impact: Impact, feed: str) -> dict[str, str]:
    """What stands behind a new source once its figures are drawn on the page."""
    impact.write("source", **SOURCE | {"title": f"The portal: {feed}", "feed": feed})
    key = impact.found().content.sources[-1].key
    impact.lead.get(impact.one)
    impact.lead.submit(form=f"/draw?key={key}")
    return dict(impact.found().content.sources[-1].figures)


@pytest.mark.clause("NPH-CIA-14", "NPH-CIA-16", "NPH-CIA-30")
def test_counts_behind_a_source_are_those_of_the_page_of_figures_and_small_ones_are_not_shown(
    impact: Impact,
) -> None:
    for _ in range(12):
        impact.desk.report(NOVEMBER, source=CameFrom.CONCERN_CARD, name="River Canary")
    impact.begin()
    eyes = LandlordScope(impact.desk.place.id, staff_cases=False, reader=NOBODY)
    with impact.desk.database.work(eyes) as session:
        page = read_published(session, LAST, impact.desk.place.actor(None), MONDAY).now
    cards = page["reports-others"].cells
    assert cards
    assert drawn(impact, "cards") == {"A colleague noticed something": cards["concern_card"].says}
    assert cards["concern_card"].bounds.low <= 12 <= (cards["concern_card"].bounds.high or 12)
    cases = drawn(impact, "cases")
    assert cases["Reports, by who told us"] == page["reports"].all
    assert cases["Cases opened"] == page["opened"].all
    demand = drawn(impact, "referrals")
    assert demand["Safeguarding referrals, by answer"] == page["safeguarding-referrals"].all
    told = drawn(impact, "complaints")
    assert set(told.values()) <= {
        page["complaints"].all,
        *(each.says for each in (page["complaints"].cells or {}).values()),
    }
    shown = impact.lead.get(impact.one)
    assert LAST.say() in shown.text
    assert "River Canary" not in shown.text
    assert len([row for row in shown.ids if row.startswith("row-")]) == 20
    wellbeing = shown.text.partition("4. Wellbeing")[2].partition("5. The community")[0]
    for name in (
        "Mental health",
        "A healthy life",
        "Accidents",
        "Access to",
        "Living",
        "Safeguarding",
        "anything else",
    ):
        assert name in wellbeing


@pytest.mark.clause("NPH-CIA-13")
@pytest.mark.parametrize(("number", "shown"), [(2, "under 5"), (12, "10")])
def test_two_linked_complaints_are_not_shown_and_twelve_are_a_number(
    impact: Impact, number: int, shown: str
) -> None:
    handler = impact.desk.somebody(Role.COMPLAINTS, name="Cass Handler").account_id
    ours = impact.desk.place.actor(impact.lead_is.account_id)
    for _ in range(number):
        case_id = impact.desk.case(NOVEMBER)
        what = Linked(Complains.SURVIVOR, NOVEMBER, "x", "x", frozenset(), handler)
        with impact.desk.place.work() as session:
            link(session, case_id, what, ours, NOVEMBER)
    impact.begin()
    assert drawn(impact, "complaints")["Complaints about how a case was handled: Not answered yet"] == shown


@pytest.mark.clause("NPH-CIA-36", "NPH-CIA-43")
def test_the_share_of_qualified_advocates_is_shown_at_every_row_that_cites_it_and_changes_in_all(
    impact: Impact, database: Database
) -> None:
    impact.fill()
    drawn(impact, "advocates")
    key = impact.found().content.sources[-1].key
    for row in ("wellbeing-other", "community-other"):
        said = harm(row) | {
            "impacts": ["positive"],
            "sources": [key],
            "nature": "Officers see more and sooner.",
        }
        impact.row(row, **said)

    def shares(page: Page) -> list[str]:
        return [each.split()[0] for each in page.text.split("caseworkers who hold it ")[1:]]

    assert shares(impact.lead.get(impact.one)) == ["0", "0"]
    advocate = Course("DAPA", TrainingLevel.ADVOCATE, date(2025, 1, 5), provider="Women's Aid")
    learned(database, impact.desk.place.id, impact.lead_is.account_id, advocate)
    impact.lead.get(impact.one)
    impact.lead.submit(form=f"/draw?key={key}")
    assert shares(impact.lead.get(impact.one)) == ["1", "1"]


def test_another_feed_begins_without_figures_and_a_source_that_is_taken_out_is_cited_no_more(
    impact: Impact,
) -> None:
    impact.fill()
    drawn(impact, "advocates")
    impact.row("age", **NEUTRAL | {"sources": ["s2"]})
    impact.write("source?key=s2", feed="cases")
    assert not impact.found().content.sources[-1].figures
    assert [each for each in impact.says() if each.endswith("draw its figures.")]
    impact.lead.get(impact.one)
    impact.lead.submit(form="/source/drop?key=s2")
    assert impact.blocking() == ["Age: no source is linked that shows it."]

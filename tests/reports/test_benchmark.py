"""A comparison between landlords: both take part, nobody is named, and unlike clocks are not compared."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import create_engine, select, text, update
from sqlalchemy.exc import DBAPIError

from portal.cases.models import Case, Contact
from portal.deadlines.models import Deadline
from portal.domain.benchmark import Compared, kept, rate, say, standing
from portal.domain.figures import Quarter
from portal.domain.permissions import Role
from portal.reports.benchmark.jobs import write_benchmark
from portal.reports.benchmark.models import BenchmarkCard
from portal.settings import Settings
from portal.store.base import new_id
from portal.store.scope import PublicScope
from tests.desk import Desk, DeskAt, london

JUNE = datetime(2026, 6, 2, 9, tzinfo=UTC)
QUARTER = Quarter(2026, 1)
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def nobody_before_us(settings: Settings) -> None:
    """The cards belong to no landlord, and the portal removes none: those of another test go by the owner's hand."""
    engine = create_engine(settings.owner_url)
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM benchmark_card"))
    engine.dispose()


def reached(desk: Desk, hours: list[float | None], staff: UUID) -> None:
    """Cases of Monday 2 February at ten, each reached after so many hours, or never."""
    for each in hours:
        case_id = desk.case(london(2, 10))
        if each is None:
            continue
        at = london(2, 10) + each * HOUR
        with desk.place.work() as session:
            session.add(
                Contact(landlord_id=desk.place.id, id=new_id(), case_id=case_id, at=at, channel="call",
                        recorded_at=at, account_id=staff, outcome="reached", verdict="safe", sealed=b"")
            )  # fmt: skip


def taking_part(desk_at: DeskAt, like: str, hours: list[float | None]) -> Desk:
    """A landlord that takes part, said on its page, with its rates written by the nightly job."""
    desk = desk_at(like)
    reached(desk, hours, desk.place.staff(Role.OFFICER))
    desk.clock.at = JUNE
    desk.app.extensions["landlords"]._read_at = -1e9
    client = desk.client(Role.MANAGER)
    client.get(f"{desk.url}/benchmark")
    assert "once whoever answers for the figures has agreed" in client.submit({}, form="/join", status=422).text
    client.submit({"agreed": "y"}, form="/join")
    write_benchmark(desk.place.work, JUNE)
    return desk


@pytest.mark.clause("WHG-3.2a")
def test_three_landlords_are_compared_without_names_and_one_with_fewer_than_ten_cases_shows_nothing(
    desk_at: DeskAt,
) -> None:
    """Whg 9 of 12 in time (75%), STAR 6 of 12 (50%), NPH 12 of 12; Havebury has nine cases and is not in it."""
    whg = taking_part(desk_at, "whg", [5.0] * 7 + [None] * 5)
    page = whg.client(Role.MANAGER).get(f"{whg.url}/benchmark?quarter=2026-1")
    assert "Fewer than 3 landlords" in page.text, "alone there is nothing to compare with"
    star = taking_part(desk_at, "star", [5.0] * 5 + [60.0] * 7)
    havebury = taking_part(desk_at, "havebury", [5.0] * 9)
    page = whg.client(Role.MANAGER).get(f"{whg.url}/benchmark?quarter=2026-1")
    assert "about 60%" not in page.text, "two landlords with ten cases are too few"
    nph = taking_part(desk_at, "nph", [5.0] * 12)
    for desk, own, place in ((whg, "about 60%", "second"), (star, "about 40%", "third"), (nph, "nearly all", "first")):
        page = desk.client(Role.BOARD).get(f"{desk.url}/benchmark?quarter=2026-1")
        part = page.html.split('id="b-reached"')[1].split("</section>")[0]
        assert own in part
        assert "about 60%" in part, "the middle one"
        assert f"{place} of 3" in part
        for other in (whg, star, nph, havebury):
            assert other is desk or other.place.slug not in page.html
        assert "/behind" not in page.html
    page = havebury.client(Role.MANAGER).get(f"{havebury.url}/benchmark?quarter=2026-1")
    assert "fewer than 10 cases" in page.text


def test_contact_within_a_working_day_is_not_set_against_interview_by_the_next(desk_at: DeskAt) -> None:
    """The same contacts under three clocks: 24 working hours, one working day, interview by the next."""
    hours: list[float | None] = [30.0] * 6 + [33.0] * 6  # Tuesday 16:00, and Tuesday 19:00
    desks = [taking_part(desk_at, like, hours) for like in ("star", "nph", "seven-locks")]
    acts = set()
    for desk in desks:
        with desk.place.work() as session:
            acts |= set(session.execute(select(Deadline.stop_act, Deadline.policy_due_at)))
        page = desk.client(Role.MANAGER).get(f"{desk.url}/benchmark?quarter=2026-1")
        part = page.html.split('id="b-reached"')[1].split("</section>")[0]
        assert part.count("about 50%") == 2
        assert "with others beside us" in part
    assert len(acts) > 1, "their own promises differ"


def test_who_does_not_take_part_sees_nothing_and_who_leaves_is_taken_out_at_once(desk_at: DeskAt) -> None:
    desks = [taking_part(desk_at, like, [5.0] * 12) for like in ("whg", "star", "nph")]
    outside = desk_at("havebury")
    outside.clock.at = JUNE
    outside.app.extensions["landlords"]._read_at = -1e9
    page = outside.client(Role.MANAGER).get(f"{outside.url}/benchmark?quarter=2026-1")
    assert "does not take part" in page.text
    assert "nearly all" not in page.text
    outside.client(Role.BOARD).post(f"{outside.url}/benchmark/join", {"agreed": "y"}, status=403)
    gone, left = desks[0], desks[1]
    client = gone.client(Role.MANAGER)
    client.get(f"{gone.url}/benchmark")
    page = client.submit({}, form="/leave")
    assert "does not take part" in page.text
    page = left.client(Role.MANAGER).get(f"{left.url}/benchmark?quarter=2026-1")
    assert "nearly all" not in page.text, "two are too few again"


def test_between_landlords_stands_no_name_no_count_and_no_moment_and_nobody_can_change_it(desk_at: DeskAt) -> None:
    desk = taking_part(desk_at, "whg", [5.0] * 12)
    assert {each.name for each in BenchmarkCard.__table__.columns} == {
        "id", "quarter", "compared", "rate", "mark", "number", "on_date",
    }  # fmt: skip
    with desk.database.work(PublicScope()) as session:
        found = session.scalars(select(BenchmarkCard)).all()
        assert {each.rate for each in found} <= {None, *range(0, 101, 5)}
        assert len({each.mark for each in found}) == len(found), "no two cards can be told to be of one landlord"
        assert all(each.id.version == 4 for each in found), "no order of time in them"
    with desk.place.work() as session:
        session.execute(update(Case).where(Case.landlord_id == desk.place.id).values(restricted=True))
    write_benchmark(desk.place.work, JUNE + timedelta(days=1))
    with desk.database.work(PublicScope()) as session:
        assert len(session.scalars(select(BenchmarkCard)).all()) == len(found), "a rate that moved would tell of a case"
    for change in ("UPDATE benchmark_card SET rate = 5", "DELETE FROM benchmark_card"):
        with desk.place.work() as session, pytest.raises(DBAPIError, match="denied"):
            session.execute(text(change))


def test_a_rate_tells_nothing_of_fewer_than_five_and_too_few_have_no_standing() -> None:
    assert [rate(each, 10) for each in (0, 4, 5, 6, 10)] == [0, 0, 50, 100, 100]
    assert [rate(each, 40) for each in (4, 5, 21, 35, 36)] == [0, 15, 55, 90, 100]
    assert rate(9, 9) is None
    assert [say(each) for each in (0, 50, 100)] == ["hardly any", "about 50%", "nearly all"]
    assert standing([50, 60], 50) is None
    found = standing([50, 60, 60, 95], 60)
    assert found
    assert (found.place, found.shared, found.middle, found.of) == (2, True, 60, 4)


def test_one_clock_for_all_counts_to_five_of_the_next_working_day() -> None:
    """Reported Friday 2 April 2026's eve: Good Friday and Easter Monday do not count, so Tuesday 7 April at 17:00."""
    began = datetime(2026, 4, 2, 12, tzinfo=UTC)
    tuesday = datetime(2026, 4, 7, 16, tzinfo=UTC)  # 17:00 in summer time
    assert kept([(began, tuesday), (began, tuesday + HOUR), (began, None)], 1) == [True, False, False]
    assert set(Compared) == {"reached", "assessed", "planned"}

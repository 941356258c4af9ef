"""The clocks of the packs, run through the calendar: each landlord's own rule gives the due time of its policy."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from portal.domain.calendar import WorkingCalendar
from portal.domain.clock import NotStated, StopAct, due
from portal.domain.intake import Answers, Source, clock_events
from portal.domain.lifecycle import CloseReason
from portal.domain.policy import CONCERN, DISCLOSURE, THREAT_TO_LIFE, UNSAFE_DAMAGE, Origin
from portal.domain.policy.clocks import ClockKind, Commitment, OwnTarget
from portal.domain.policy.parameters import parameters
from portal.landlords.packs import with_own
from portal.landlords.profile import Own
from tests.landlords.packs_at_hand import SLUGS, found, pack

LONDON = ZoneInfo("Europe/London")
CALENDAR = WorkingCalendar()


def london(written: str) -> datetime:
    return datetime.fromisoformat(written).replace(tzinfo=LONDON)


def due_of(slug: str, event: str, start: str) -> datetime | None:
    answer = due(pack(slug).policy.clock(event).rule(), london(start).astimezone(UTC), CALENDAR)
    return answer.at if answer else None


@pytest.mark.parametrize(
    ("slug", "event", "start", "expected"),
    [
        pytest.param("havebury", DISCLOSURE, "2026-04-02T16:30", "2026-04-07T17:00", id="havebury-easter"),
        pytest.param("dales", DISCLOSURE, "2026-04-02T18:10", "2026-04-07T17:00", id="dales-easter"),
        pytest.param("seven-locks", DISCLOSURE, "2026-06-12T15:00", "2026-06-15T17:00", id="seven-locks"),
        pytest.param("havebury", THREAT_TO_LIFE, "2026-06-13T03:00", "2026-06-13T03:00", id="havebury-life"),
        pytest.param("nph", DISCLOSURE, "2026-12-24T15:00", "2026-12-29T17:00", id="nph-christmas"),
        pytest.param("nph", CONCERN, "2026-09-07T10:00", "2026-09-08T17:00", id="nph-card"),
        pytest.param(
            "dales",
            CONCERN,
            "2026-06-13T10:00",
            "2026-06-15T17:00",
            id="dales-police",
            marks=pytest.mark.clause("AG013-OP1b"),
        ),
        pytest.param(
            "havebury",
            CONCERN,
            "2026-06-12T15:00",
            "2026-06-15T17:00",
            id="havebury-neighbour",
            marks=pytest.mark.clause("HAV-6.1b"),
        ),
        pytest.param(
            "star",
            DISCLOSURE,
            "2026-06-12T15:00",
            "2026-06-15T15:00",
            id="star-friday",
            marks=pytest.mark.clause("STAR-5.1a"),
        ),
        pytest.param(
            "star",
            DISCLOSURE,
            "2026-06-13T11:00",
            "2026-06-16T00:00",
            id="star-saturday",
            marks=pytest.mark.clause("STAR-5.1a"),
        ),
        pytest.param(
            "star",
            UNSAFE_DAMAGE,
            "2026-10-24T13:00",
            "2026-10-25T12:00",
            id="star-repair",
            marks=pytest.mark.clause("STAR-5.2a"),
        ),
    ],
)
def test_due_times_of_the_packs(slug: str, event: str, start: str, expected: str) -> None:
    assert due_of(slug, event, start) == london(expected)


@pytest.mark.clause("STAR-5.2a")
def test_damage_without_danger_starts_no_clock_of_repair() -> None:
    assert UNSAFE_DAMAGE not in clock_events(Answers(source=Source.SELF, home_unsafe=False))
    assert UNSAFE_DAMAGE in clock_events(Answers(source=Source.SELF, home_unsafe=True))


@pytest.mark.invariant(10)
@pytest.mark.parametrize(
    ("slug", "event"),
    [
        ("whg", DISCLOSURE),
        ("whg", CONCERN),
        ("dales", THREAT_TO_LIFE),
        ("star", THREAT_TO_LIFE),
        ("nph", THREAT_TO_LIFE),
        ("havebury", UNSAFE_DAMAGE),
    ],
)
def test_where_a_policy_is_silent_no_time_is_made_up(slug: str, event: str) -> None:
    clock = pack(slug).policy.clock(event)
    assert (clock.stated, clock.rule()) == (False, NotStated())
    assert due_of(slug, event, "2026-06-12T15:00") is None


@pytest.mark.invariant(10)
@pytest.mark.parametrize("slug", SLUGS)
def test_every_time_that_a_policy_does_not_state_is_a_warning_to_whoever_sets_it_up(slug: str) -> None:
    """Of each clock, and of how long records are kept, which none of the six policies says."""
    times = " ".join(each.says for code in ("no-clock", "time-not-stated") for each in found(slug, code))
    for clock in pack(slug).policy.clocks:
        assert (clock.event.replace("-", " ") in times) is not clock.stated, clock.event
    [kept] = found(slug, "keeping-not-set")
    for outcome in CloseReason:
        assert pack(slug).policy.kept_for(outcome) is None
        assert outcome.value in kept.says


@pytest.mark.parametrize(
    ("slug", "act"),
    [
        ("dales", StopAct.INTERVIEWED),
        ("havebury", StopAct.RESPONDED),
        ("star", StopAct.CONTACTED),
        ("whg", StopAct.CONTACTED),
        ("nph", StopAct.RESPONDED),
    ],
)
def test_what_stops_the_clock(slug: str, act: StopAct) -> None:
    assert pack(slug).policy.clock(DISCLOSURE).stop_act is act


@pytest.mark.parametrize(
    ("slug", "may"), [("dales", None), ("havebury", True), ("star", None), ("whg", None), ("nph", True)]
)
def test_where_the_policy_lets_the_survivor_set_the_time(slug: str, may: bool | None) -> None:
    assert pack(slug).policy.clock(DISCLOSURE).survivor_may_set_time.value is may


@pytest.mark.clause("STAR-5.1a")
def test_star_aims_and_its_reading_names_its_author_and_why() -> None:
    clock = pack("star").policy.clock(DISCLOSURE)
    assert clock.commitment is Commitment.AIM
    assert clock.interpretation is not None
    assert clock.interpretation.by
    assert clock.interpretation.why
    assert not clock.interpretation.settled
    assert "aim" in clock.promise


@pytest.mark.parametrize(
    ("slug", "event"),
    [
        pytest.param("dales", "security", marks=pytest.mark.clause("AG013-OP8e")),
        pytest.param("nph", UNSAFE_DAMAGE, marks=pytest.mark.clause("NPH-SECURITY-3")),
    ],
)
def test_a_silent_clock_can_have_a_target_that_stays_the_landlords_own(slug: str, event: str) -> None:
    policy = pack(slug).policy
    assert due_of(slug, event, "2026-06-12T15:00") is None
    target = OwnTarget(
        event=event,
        kind=ClockKind.CLOCK_HOURS,
        hours=24,
        set_by="A post",
        on="2026-11-01",
        why="Need",
        promise="Soon.",
    )
    changed = with_own(policy, Own(own_targets=(target,)))
    answer = due(target.rule(), london("2026-06-12T15:00").astimezone(UTC), CALENDAR)
    assert changed.own_target(event) == target
    assert answer is not None
    assert answer.at == london("2026-06-13T15:00")
    rows = {row.key: row for row in parameters(changed)}
    assert rows[f"own_targets[{event}]"].origin is Origin.LANDLORDS_OWN
    assert rows[f"clocks[{event}]"].value is None
    assert not changed.clock(event).stated


@pytest.mark.parametrize("slug", SLUGS)
def test_a_promise_names_a_time_only_where_the_policy_does(slug: str) -> None:
    for clock in pack(slug).policy.clocks:
        silent = "does not say" in clock.promise or "at once" in clock.promise
        assert silent is (not clock.stated or clock.kind is ClockKind.IMMEDIATE), clock.event

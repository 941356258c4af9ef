"""Nothing that somebody says bars them: it only decides who helps as well."""

from collections.abc import Callable
from datetime import UTC, datetime
from uuid import UUID

import pytest
from sqlalchemy import select

from portal.cases.tasks.models import Task
from portal.deadlines.models import Deadline
from portal.domain.lifecycle import CaseStage, ReportState
from portal.domain.tasks import TaskKind
from portal.landlords.face import face_of
from portal.landlords.packs import read_pack
from tests.conftest import ROOT, Clock
from tests.referrals.conftest import BY_PHONE, REACHED, Desk, Scoped, Visitor

At = Callable[[str], Visitor]
DeskOf = Callable[[str], Desk]
FRIDAY = datetime(2026, 6, 12, 14, 0, tzinfo=UTC)  # 15:00 by British Summer Time
DUE = {
    "dales": datetime(2026, 6, 15, 16, 0, tzinfo=UTC),
    "seven-locks": datetime(2026, 6, 15, 16, 0, tzinfo=UTC),
    "havebury": datetime(2026, 6, 15, 16, 0, tzinfo=UTC),
    "star": datetime(2026, 6, 15, 14, 0, tzinfo=UTC),
    "nph": datetime(2026, 6, 15, 16, 0, tzinfo=UTC),
    "whg": None,
}


def report_of(her: Visitor, clock: Clock, **pages: dict[str, object]) -> str:
    clock.at = FRIDAY
    her.tell(**REACHED | pages)
    return her.send().text


def check_case(desk: Desk, event: str = "disclosure") -> UUID:
    """A report with the ordinary clock, that becomes a case."""
    report, _ = desk.newest()
    clock = desk.clocks(report.id)[event]
    assert clock.started_at == FRIDAY
    assert clock.due_at == DUE[desk.slug]
    return desk.open(report.id, FRIDAY)


@pytest.mark.clause("AG013-PS-2", "HAV-1.2", "HAV-3.1b", "STAR-1.2b", "NPH-INTRO-3", "AG013-INTRO-2")
@pytest.mark.parametrize(
    "relation", ["tenant", "joint_tenant", "household", "applicant", "leaseholder", "other", ""]
)
@pytest.mark.parametrize("slug", DUE)
def test_every_tie_to_the_landlord_has_the_same_clock(
    visitor: At, desk: DeskOf, clock: Clock, slug: str, relation: str
) -> None:
    told = report_of(visitor(slug), clock, **{"About you": {"relation": relation} if relation else {}})
    assert told.startswith("We have your message") or "We have your message" in told
    check_case(desk(slug))


@pytest.mark.clause("NPH-CIA-4")
def test_a_leaseholder_whom_the_policy_leaves_out_is_helped_to_the_council(
    visitor: At, desk: DeskOf, clock: Clock
) -> None:
    told = report_of(visitor("nph"), clock, **{"About you": {"relation": "leaseholder"}})
    assert "West Northamptonshire Council" in told
    assert "Ring 999" in told
    assert desk("nph").newest()[0].route == "council"
    told = report_of(visitor("dales"), clock, **{"About you": {"relation": "leaseholder"}})
    assert "leaseholder" not in told, "AG/013 covers leaseholders"
    assert desk("dales").newest()[0].route == "ordinary"


@pytest.mark.clause("NPH-DEF-5")
@pytest.mark.parametrize("slug", DUE)
def test_under_sixteen_childrens_services_are_asked_as_well(
    visitor: At, desk: DeskOf, scoped: Scoped, clock: Clock, slug: str
) -> None:
    told = report_of(visitor(slug), clock, **{"About you": {"age": "15"}})
    assert "children’s services" in told
    assert "We help all the same" in told
    assert desk(slug).newest()[0].route == "child_safeguarding"
    case_id = check_case(desk(slug))
    with scoped(slug) as session:
        referral = select(Task).where(Task.case_id == case_id, Task.kind == TaskKind.CHILD_REFERRAL)
        task = session.scalars(referral).one()
        clock = session.get(Deadline, (task.landlord_id, task.deadline_id))
        assert clock
        assert clock.due_at is not None
        assert clock.due_at.date() == FRIDAY.date(), "today, and not when somebody finds the time"
        if slug == "nph":
            assert task.clause == "NPH Definition, under 16"


@pytest.mark.parametrize("age", ["16", "17", "101"])
def test_every_other_age_goes_the_ordinary_way(visitor: At, desk: DeskOf, clock: Clock, age: str) -> None:
    report_of(visitor("dales"), clock, **{"About you": {"age": age}})
    assert desk("dales").newest()[0].route == "ordinary"


@pytest.mark.clause("NPH-CIA-5")
def test_an_employee_who_is_a_tenant_chooses_the_route(visitor: At, desk: DeskOf, clock: Clock) -> None:
    told = report_of(visitor("nph"), clock, **{"About you": {"relation": "tenant", "works_here": ["yes"]}})
    assert "only a few named people can read it" in told
    assert desk("nph").newest()[0].route == "staff"
    report_of(visitor("nph"), clock, **{"About you": {"relation": "tenant"}})
    assert desk("nph").newest()[0].route == "ordinary"


@pytest.mark.clause("AG013-INTRO-1")
def test_anybody_in_the_household_can_be_the_one_feared(visitor: At, desk: DeskOf, clock: Clock) -> None:
    report_of(visitor("dales"), clock, **{"The other person": {"tie": "household"}})
    assert desk("dales").newest()[1].other_person.relationship == "household"
    check_case(desk("dales"))


@pytest.mark.clause("STAR-1.2a", "STAR-2.2c", "AG013-INTRO-2")
@pytest.mark.parametrize("slug", ["star", "dales"])
def test_a_threat_alone_once_is_enough_whoever_tells_of_it(
    visitor: At, desk: DeskOf, clock: Clock, slug: str
) -> None:
    """AG/013 names no kind of threat, so there it is told in words."""
    said = {"types": ["threatening"]} if slug == "star" else {"happening": "They say that they will hurt me."}
    report_of(visitor(slug), clock, **{"In your words": said, "About you": {"relation": "other"}})
    check_case(desk(slug))


@pytest.mark.clause("STAR-2.2a", "WHG-1.3a", "WHG-1.5a")
@pytest.mark.parametrize("slug", DUE)
def test_each_kind_that_the_policy_names_opens_a_case_by_itself(
    visitor: At, desk: DeskOf, clock: Clock, slug: str
) -> None:
    policy = read_pack(ROOT / "landlords" / slug).policy
    named = {each.value for each in policy.definition.abuse_types.value} | {"other"}
    offered = [
        each for each in face_of(read_pack(ROOT / "landlords" / slug))["types"] if each["kind"] == "type"
    ]
    assert {each["value"] for each in offered} == named
    for kind in sorted(named):
        report_of(visitor(slug), clock, **{"In your words": {"types": [kind]}})
        assert desk(slug).newest()[1].types == (kind,)
        check_case(desk(slug))


@pytest.mark.clause("STAR-2-END-2")
def test_nothing_asks_for_proof_or_doubts(visitor: At, desk: DeskOf, clock: Clock) -> None:
    assert not {"unproven", "unfounded"} & {*ReportState, *CaseStage}
    clock.at = FRIDAY
    her = visitor("star")
    her.begin()
    for number in range(1, 13):
        page = her.get(f"/star/contact/{number}")
        asked = " ".join(field for form in page.forms for field in form["fields"])
        for word in ("proof", "evidence", "crime", "police", "incident"):
            assert word not in asked
        if her.heading == "How to reach you":
            her.answer(**BY_PHONE)
        else:
            her.answer()
    her.send()
    check_case(desk("star"))


@pytest.mark.clause("STAR-3.3b")
def test_the_word_complaint_makes_no_complaint_of_it(visitor: At, desk: DeskOf, clock: Clock) -> None:
    her = visitor("star")
    assert "Only the few people who help you see what you write." in her.get("/star/").text
    report_of(her, clock, **{"In your words": {"happening": "I have a complaint about my husband."}})
    report, told = desk("star").newest()
    assert (report.source, report.route) == ("self", "ordinary")
    assert told.happening == "I have a complaint about my husband."
    check_case(desk("star"))

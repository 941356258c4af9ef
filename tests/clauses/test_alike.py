"""The same for everybody: traits change no time and no way, and what came of it is compared without finding anybody."""

import pytest
from sqlalchemy import select

from portal.cases import stages
from portal.cases.models import Case
from portal.deadlines import service as deadlines
from portal.deadlines.models import Deadline
from portal.domain.clock import StopAct
from portal.domain.figures import Quarter
from portal.domain.intake import Answers, Relation
from portal.domain.permissions import Role
from portal.referrals.models import Report
from portal.reports.performance.measures import BY_KEY, When
from portal.reports.performance.queries import counted
from portal.store.audit import PORTAL
from tests.cases.conftest import desk_at
from tests.desk import MONDAY, Desk, DeskAt, london

__all__ = ["desk_at"]

TRAITS: tuple[dict[str, object], ...] = (
    {"name": "Wei Example", "language": "Mandarin", "preferences": ("interpreter",)},
    {"name": "Sam Example", "preferences": ("same_orientation", "same_sex:man")},
    {"name": "Ama Example", "preferences": ("culture", "bsl"), "needs": "I am deaf."},
    {"name": "Jo Example", "age": 79, "preferences": ("disability_support",), "barriers": ("mental_health",)},
    {"name": "Ola Example", "barriers": ("no_recourse",), "children": "yes"},
)
"""Every trait that somebody can tell us of: language, origin, sex, orientation, disability, age, money, children."""
GROUPS = ("alike-kept", "alike-missed", "alike-helped", "alike-other")


def ways(desk: Desk, **said: object) -> tuple[object, ...]:
    """Where a report goes, and by when what is due."""
    report_id = desk.report(**said)
    with desk.place.work() as session:
        report = session.scalars(select(Report).where(Report.id == report_id)).one()
        clocks = select(Deadline.event, Deadline.due_at, Deadline.stop_act, Deadline.clause)
        found = session.execute(clocks.where(Deadline.report_id == report_id).order_by(Deadline.event)).all()
        return report.route, tuple(report.also), report.threat_to_life, tuple(map(tuple, found))


@pytest.mark.clause("NPH-EQUAL-2")
@pytest.mark.parametrize("relation", [Relation.TENANT, Relation.APPLICANT, Relation.EMPLOYEE])
def test_no_trait_of_a_report_changes_a_due_time_or_a_way(desk_at: DeskAt, relation: Relation) -> None:
    desk = desk_at("nph")
    plain = ways(desk, relation=relation)
    assert [ways(desk, relation=relation, **each) for each in TRAITS] == [plain] * len(TRAITS)
    assert not {"sex", "orientation", "religion", "ethnicity"} & set(Answers.__dataclass_fields__), "nobody asks"


@pytest.mark.clause("NPH-EQUAL-2", "STAR-10-1", "WHG-4.1d")
@pytest.mark.parametrize("like", ["nph", "star", "whg"])
def test_times_and_outcomes_are_compared_by_what_people_asked_for_and_small_numbers_are_kept_back(
    desk_at: DeskAt, like: str
) -> None:
    desk = desk_at(like)
    cases = [desk.case(**said) for said in ({}, *TRAITS) for _ in range(1 if said else 3)]
    with desk.place.work() as session:
        for case_id in cases[:4]:
            for act in StopAct:
                deadlines.meet(session, case_id, act, PORTAL, MONDAY, london(2, 11))
        stages.close(session, cases[3], "helped", "", PORTAL, london(2, 12))
        stages.close(session, cases[4], "declined", "", PORTAL, london(2, 12))
    quarter = Quarter.read("2026-1")
    assert quarter
    with desk.place.work() as session:
        found = {
            each.key: each.cells
            for each in counted(session, [BY_KEY[key] for key in GROUPS], When(desk.place.id, quarter, london(3, 9)))
        }
    assert found["alike-kept"] == {"language": 1, "support": 0, "officer": 0, "none": 3}
    assert found["alike-helped"] == {"language": 1, "support": 0, "officer": 0, "none": 0}
    assert found["alike-other"] == {"language": 0, "support": 0, "officer": 1, "none": 0}
    desk.clock.at = london(3, 9).replace(month=4)
    url = f"{desk.url}/figures?quarter=2026-1"
    shown = desk.client(Role.MANAGER).get(url).html.split("Reached in time, by what they asked for", 1)[1]
    assert "Asked for an interpreter or a signer" in shown.split("</table>", 1)[0]
    part = desk.client(Role.BOARD).get(url).html.split('id="f-alike-kept"', 1)[1].split("</section>", 1)[0]
    assert "Kept back" in part, "so few would show how many were reached in which time"
    assert not [each for each in ("<td>1</td>", "<td>3</td>") if each in part]


@pytest.mark.clause("STAR-10-1", "WHG-4.1d")
@pytest.mark.parametrize("like", ["star", "whg"])
def test_two_cases_of_one_version_list_the_same_required_steps_whoever_they_are_of(desk_at: DeskAt, like: str) -> None:
    desk = desk_at(like)
    client = desk.client(Role.SENIOR)
    listed = []
    for said in TRAITS[1:3]:
        case_id = desk.case(**said)
        with desk.place.work() as session:
            version = session.scalars(select(Case.policy_version_id).where(Case.id == case_id)).one()
        html = client.get(f"{desk.case_url(case_id)}/close").html
        against = html.split("Something speaks against", 1)[1].split("</ul>", 1)[0].split("<li>")
        listed.append((version, [each for each in against if "Still to be done" not in each]))
    assert listed[0] == listed[1]
    assert "clock still runs" in listed[0][1][1]


@pytest.mark.clause("NPH-COMMIT-2")
def test_an_applicant_has_a_whole_case_and_what_needs_a_tenancy_says_so(desk_at: DeskAt) -> None:
    desk = desk_at("nph")
    case_id = desk.case(relation=Relation.APPLICANT)
    client = desk.client(Role.OFFICER)
    for page, offers in (
        ("risk", "Assess the risk"),
        ("plans", "action plan"),
        ("support", "Refer to a service"),
        ("options", "Options for a home"),
    ):
        assert offers.lower() in client.get(f"{desk.case_url(case_id)}/{page}").text.lower(), page
    for page in ("home", "tenancy"):
        assert "has applied for a home and holds none of ours" in client.get(f"{desk.case_url(case_id)}/{page}").text
    tenant = desk.case(relation=Relation.TENANT)
    assert "holds none of ours" not in client.get(f"{desk.case_url(tenant)}/tenancy").text


@pytest.mark.clause("NPH-EMPLOY-1")
def test_what_an_employee_tells_is_closed_to_colleagues_and_line_and_open_to_whom_they_chose(desk_at: DeskAt) -> None:
    desk = desk_at("nph")
    case_id, report_id = desk.case(works_here=True, name="Robin Works"), desk.report(works_here=True)
    confidant = desk.somebody(Role.OFFICER, name="Kim Chosen")
    line = desk.somebody(Role.MANAGER, name="Lee Line")
    keeper = desk.client(Role.MANAGER)
    for page, who in (("bar", line), ("name", confidant)):
        keeper.get(f"{desk.case_url(case_id)}/confidentiality")
        form = next(each for each in keeper.page.forms if each["action"].endswith(f"/{page}"))
        named = {next(key for key in form["fields"] if key.endswith(name)): value for name, value in
                 {"account_id": str(who.account_id), "words": "As they asked."}.items()}  # fmt: skip
        keeper.submit(named, form=f"/{page}")
    for role in (Role.OFFICER, Role.SENIOR):
        stranger = desk.client(role)
        stranger.get(desk.case_url(case_id), status=404)
        stranger.get(f"{desk.url}/reports/{report_id}", status=404)
        assert str(case_id) not in stranger.get("/desk/").html
    desk.client(who=line).get(desk.case_url(case_id), status=404)
    assert "Robin Works" in desk.client(who=confidant).get(desk.case_url(case_id)).text

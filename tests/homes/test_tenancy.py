"""The person who harms and the tenancy: two questions before any step, grounds, joint tenants, register."""

from uuid import UUID

import pytest
from sqlalchemy import select

from portal.cases.models import TimelineEntry
from portal.cases.tasks.models import Task
from portal.domain.permissions import Role
from portal.domain.tasks import TaskKind
from portal.homes.tenancy.models import TenancyStep
from portal.store.audit import AuditEntry, Fact
from tests.client import Page, PageClient
from tests.conftest import Clock
from tests.desk import Desk, DeskAt, london
from tests.homes.at_home import manager

GONE = {"held": "other", "tie": "partners", "left": "yes", "not_returning": "yes", "caused": "yes"}
GATE = {
    "safe": "yes",
    "safety": "She lives far away and he does not know where.",
    "wishes": "That he has to answer for it.",
    "agrees": "yes",
    "needs": "A home of her own near the new school.",
}
WHAT = {"words": "He broke the door twice; two logs of the police."}


def tenancy(desk: Desk, case_id: UUID) -> str:
    return f"{desk.case_url(case_id)}/tenancy"


def does(desk: Desk, client: PageClient, case_id: UUID, page: str, status: int = 200, **said: object) -> Page:
    client.get(f"{tenancy(desk, case_id)}/{page}")
    return client.submit(said, form=f"/{page}", status=status)


def holds(desk: Desk, client: PageClient, case_id: UUID, **said: str) -> Page:
    return does(desk, client, case_id, "held", **said)


def asks(desk: Desk, client: PageClient, case_id: UUID, step: str, status: int = 200, **said: str) -> Page:
    return does(desk, client, case_id, "ask", status=status, **({"step": step} | WHAT | GATE | said))


def decides(desk: Desk, client: PageClient, case_id: UUID, status: int = 200, **said: str) -> Page:
    page = client.get(tenancy(desk, case_id))
    client.get(next(each for each in page.links if "/tenancy/steps/" in each))
    decision = {"agreed": "yes", "reason": "It is safe, and she wants it."}
    return client.submit(decision | said, status=status, form="/steps/")


def ground(page: Page, of: str) -> str:
    """What stands beside a ground; nothing where it is not shown."""
    return page.html.partition(f'id="ground-{of}"')[2].partition("</article>")[0]


def tasks(desk: Desk, case_id: UUID, kind: TaskKind) -> list[Task]:
    with desk.place.work() as session:
        wanted = select(Task).where(Task.case_id == case_id, Task.kind == kind.value, Task.ended_at.is_(None))
        return list(session.scalars(wanted))


def steps(desk: Desk, case_id: UUID) -> list[TenancyStep]:
    with desk.place.work() as session:
        return list(session.scalars(select(TenancyStep).where(TenancyStep.case_id == case_id)))


def facts_of(desk: Desk, case_id: UUID, fact: Fact) -> list[tuple[str | None, str | None]]:
    """What the audit holds of this fact: its codes, and the permission that was used."""
    with desk.place.work() as session:
        wanted = select(AuditEntry).where(AuditEntry.fact == fact, AuditEntry.subject_id == case_id)
        rows = session.scalars(wanted.order_by(AuditEntry.at, AuditEntry.id))
        return [(each.detail, each.permission) for each in rows]


@pytest.mark.clause("HAV-4.12c")
def test_havebury_asks_for_no_letter_and_no_notice_while_it_would_not_be_safe(desk_at: DeskAt) -> None:
    desk = desk_at("havebury")
    case_id, officer = desk.case(), desk.client(Role.OFFICER)
    holds(desk, officer, case_id, **GONE, tenure="assured")
    for step in ("letter", "notice"):
        said = {"safe": "no", "safety": "He would know that she spoke."}
        refused = asks(desk, officer, case_id, step, status=422, **said)
        assert "It would put them at risk: it is not done. (HS-026 4.12)" in refused.text
        assert "He would know that she spoke." in refused.html
        unanswered = asks(desk, officer, case_id, step, status=422, safe="")
        assert "Say whether they stay safe if this is done. (HS-026 4.12)" in unanswered.text
    assert not steps(desk, case_id)[1:], "what the policy itself had put to a manager stands alone"
    asks(desk, officer, case_id, "letter")
    page = officer.get(tenancy(desk, case_id))
    assert "Yes: She lives far away and he does not know where." in page.text
    assert "2 Feb 10:00, Robin Example" in page.text, "who answered it, and when"


@pytest.mark.clause("HAV-4.12b")
def test_no_step_is_open_against_somebody_who_is_no_tenant_and_a_manager_decides_on_one_who_is(
    desk_at: DeskAt,
) -> None:
    desk = desk_at("havebury")
    case_id, officer = desk.case(), desk.client(Role.OFFICER)
    page = holds(desk, officer, case_id, held="neither")
    assert (
        "The person who harms is not our tenant: no step on a tenancy is open here (HS-026 4.12)" in page.text
    )
    assert "is not our tenant" in asks(desk, officer, case_id, "letter", status=422).text
    holds(desk, officer, case_id, held="other")
    asks(desk, officer, case_id, "letter")
    refused = decides(desk, officer, case_id, status=422)
    assert "A manager decides on a step against somebody’s home." in refused.text
    page = decides(desk, manager(desk), case_id)
    assert "Warning letter Agreed" in page.text
    assert "It is safe, and she wants it." in page.text


@pytest.mark.clause("HAV-5.2")
def test_havebury_relies_on_no_ground_before_it_is_known_that_they_left_for_good(desk_at: DeskAt) -> None:
    desk = desk_at("havebury")
    case_id, officer = desk.case(), desk.client(Role.OFFICER)
    said = GONE | {"tie": "relatives", "not_returning": "unknown", "tenure": "assured"}
    page = holds(desk, officer, case_id, **said)
    assert "Ask first" in ground(page, "family-fled")
    assert "unlikely to, come back" in ground(page, "family-fled")
    asks(desk, officer, case_id, "notice")
    refused = decides(desk, manager(desk), case_id, status=422, ground="family-fled")
    assert "This ground cannot be relied on yet." in refused.text
    page = holds(desk, officer, case_id, **(said | {"not_returning": "yes"}))
    assert "Can be relied on" in ground(page, "family-fled"), "a relative counts as well as a partner"
    assert "Does not fit" in ground(page, "ground-14a"), "the law’s ground is for couples"
    assert "Not yet checked by the landlord’s adviser" in ground(page, "ground-14a")
    assert "Hadjazi [2010] EWCA Civ 750, read in November 2026." in ground(page, "ground-14a")
    assert "present wording not read" in ground(page, "ground-14a")
    assert "Nothing of this was read in a source" in ground(page, "ground-14"), "what nobody read is not called read"


@pytest.mark.clause("NPH-ACTION-1", "NPH-ACTION-2")
def test_northampton_offers_ground_2a_for_couples_and_clause_13_for_the_councils_agreement(
    desk_at: DeskAt,
) -> None:
    desk = desk_at("nph")
    case_id, officer = desk.case(), desk.client(Role.OFFICER)
    secure = GONE | {"tenure": "secure"}
    page = holds(desk, officer, case_id, **(secure | {"not_returning": "unknown", "agreement": "own"}))
    assert "Ask first" in ground(page, "ground-2a")
    assert "NPH Action against Perpetrators" in ground(page, "ground-2a")
    assert "Housing Act 1985" in ground(page, "ground-2a"), "which Act holds it"
    assert "Does not fit" in ground(page, "tenancy-clause-13")
    page = holds(
        desk, officer, case_id, **(secure | {"tie": "relatives", "agreement": "council", "left": "no"})
    )
    assert "Does not fit" in ground(page, "ground-2a")
    assert "Does not fit" in ground(page, "tenancy-clause-13")
    page = holds(desk, officer, case_id, **(secure | {"agreement": "council"}))
    assert "Can be relied on" in ground(page, "ground-2a")
    assert "Can be relied on" in ground(page, "tenancy-clause-13")
    assert "clause 13 of the West Northamptonshire Council tenancy agreement" in ground(
        page, "tenancy-clause-13"
    )


@pytest.mark.clause("STAR-3.11d")
def test_star_shows_the_grounds_of_a_secure_tenancy_and_hides_those_of_an_assured_one(
    desk_at: DeskAt,
) -> None:
    desk = desk_at("star")
    case_id, officer = desk.case(), desk.client(Role.OFFICER)
    page = holds(desk, officer, case_id, **GONE, tenure="secure")
    assert ground(page, "ground-2a")
    assert ground(page, "housing-acts")
    assert not any(ground(page, of) for of in ("ground-14a", "ground-14", "ground-12", "ground-7a"))
    page = holds(desk, officer, case_id, **GONE, tenure="assured")
    assert ground(page, "ground-14a")
    assert not any(ground(page, of) for of in ("ground-2a", "ground-2", "ground-1", "section-84a"))
    asks(desk, officer, case_id, "eviction", ground="ground-14a")
    without = decides(desk, manager(desk), case_id, status=422, reason="")
    assert "Write why, whichever it is." in without.text
    assert "Eviction Agreed" in decides(desk, manager(desk), case_id).text


@pytest.mark.clause("STAR-3.11e", "STAR-3.15b")
def test_star_decides_nothing_without_her_wishes_her_next_home_and_her_safety(desk_at: DeskAt) -> None:
    desk = desk_at("star")
    case_id, officer = desk.case(), desk.client(Role.OFFICER)
    holds(desk, officer, case_id, held="joint", tenure="secure")
    asks(desk, officer, case_id, "injunction", wishes="", agrees="", needs="")
    boss = manager(desk)
    for lacking, says in (
        ({"wishes": ""}, "Ask them what they want, and write it down. (STAR 3.11)"),
        ({"needs": ""}, "Write what they will need of a home afterwards. (STAR 3.11)"),
        ({"safe": ""}, "Say whether they stay safe if this is done."),
        ({"safe": "no"}, "It would put them at risk: it is not done."),
    ):
        assert says in decides(desk, boss, case_id, status=422, **(GATE | lacking)).text
    decides(desk, boss, case_id, **GATE)
    assert facts_of(desk, case_id, Fact.TENANCY_STEP)[-1] == ("tenancy_step injunction agreed", "home.decide")


@pytest.mark.clause("NPH-CIA-23")
def test_enforcement_without_their_agreement_is_a_managers_with_reasons_and_they_are_told(
    desk_at: DeskAt,
) -> None:
    desk = desk_at("nph")
    case_id, officer = desk.case(), desk.client(Role.OFFICER)
    holds(desk, officer, case_id, held="other", tenure="secure")
    asks(desk, officer, case_id, "injunction", agrees="no", wishes="She fears what he will do.")
    assert "A manager decides" in decides(desk, officer, case_id, status=422, told="By call.").text
    boss = manager(desk)
    assert "write how they were told" in decides(desk, boss, case_id, status=422).text
    assert "Write why" in decides(desk, boss, case_id, status=422, told="By call.", reason="").text
    page = decides(desk, boss, case_id, told="By call, with her advocate.")
    assert "They do not agree. Told: By call, with her advocate." in page.text


@pytest.mark.clause("AG013-OP7a")
def test_in_the_group_a_manager_weighs_eviction_once_they_left_for_good_without_a_conviction(
    desk_at: DeskAt,
) -> None:
    desk = desk_at("dales")
    boss = desk.somebody(Role.MANAGER)
    case_id, officer = desk.case(), desk.client(Role.OFFICER)
    holds(desk, officer, case_id, **(GONE | {"not_returning": "unknown"}))
    assert not tasks(desk, case_id, TaskKind.POSSESSION)
    holds(desk, officer, case_id, **GONE, tenure="assured")
    (task,) = tasks(desk, case_id, TaskKind.POSSESSION)
    assert (task.owner, task.clause) == (boss.account_id, "AG/013 Operational Principle 7")
    page = officer.get(tenancy(desk, case_id))
    assert "Managers consider eviction under the Housing Act 1996 and the tenancy agreement" in page.text
    assert "A manager decides" in decides(desk, officer, case_id, status=422, agreed="no").text
    client = desk.client(who=boss)
    assert "Write why" in decides(desk, client, case_id, status=422, agreed="no", reason="").text
    page = decides(desk, client, case_id, agreed="no", reason="She wants no court this year.")
    assert "She wants no court this year." in page.text
    assert not tasks(desk, case_id, TaskKind.POSSESSION)
    holds(desk, officer, case_id, **GONE, tenure="assured")
    assert len(steps(desk, case_id)) == 1, "it is weighed once"


@pytest.mark.clause("NPH-JOINT-1", "NPH-JOINT-2", "NPH-JOINT-3")
def test_with_a_joint_tenancy_nobody_here_decides_who_stays_and_independent_advice_is_a_task_until_spoken_of(
    desk_at: DeskAt,
) -> None:
    desk = desk_at("nph")
    case_id, officer = desk.case(), desk.client(Role.OFFICER)
    page = holds(desk, officer, case_id, held="joint", tenure="secure")
    assert "nobody here chooses who lives there (NPH Perpetrators, Joint tenants)" in page.text
    assert "An occupation order says who may live in the home." in page.text
    assert "A transfer of the tenancy by a court into one name." in page.text
    assert "Not yet checked by the landlord’s adviser" in page.text
    form = officer.get(f"{tenancy(desk, case_id)}/ask").html
    assert "decide who" not in form.lower()
    (task,) = tasks(desk, case_id, TaskKind.JOINT_ADVICE)
    assert task.clause == "NPH Perpetrators, Joint tenants"
    close = officer.get(f"{desk.case_url(case_id)}/close")
    assert "Still to be done: point to independent legal advice" in close.text
    said = {"advice": "told", "words": "The law centre; on paper, when she was at the office."}
    page = does(desk, officer, case_id, "advice", **said)
    assert "They were told where to get advice." in page.text
    assert not tasks(desk, case_id, TaskKind.JOINT_ADVICE)
    with desk.place.work() as session:
        lines = session.scalars(select(TimelineEntry.at).where(TimelineEntry.kind == "joint_advice")).all()
    assert lines == [london(2, 10)]


def test_a_notice_to_quit_alarms_until_somebody_says_what_was_done(desk_at: DeskAt) -> None:
    desk = desk_at("nph")
    boss = desk.somebody(Role.MANAGER)
    case_id, officer = desk.case(), desk.client(Role.OFFICER)
    said = {"by": "other", "arrived_on": "2026-02-02", "ends_on": "2026-03-02", "words": "Four weeks."}
    page = does(desk, officer, case_id, "notice", **said)
    assert "A notice to quit came on 2 February 2026." in page.text
    assert "It runs out on 2 March 2026." in page.text
    (task,) = tasks(desk, case_id, TaskKind.NOTICE_TO_QUIT)
    assert task.owner == boss.account_id
    for elsewhere in ("", "/tasks", "/move"):
        assert "A notice to quit came." in officer.get(f"{desk.case_url(case_id)}{elsewhere}").text
    officer.get(next(each for each in page.links if "/tenancy/notice/" in each))
    page = officer.submit({"words": "Not accepted: a solicitor wrote back."}, form="/notice/")
    assert "accept nothing until then" not in page.text
    assert "Not accepted: a solicitor wrote back." in page.text
    assert not tasks(desk, case_id, TaskKind.NOTICE_TO_QUIT)
    assert "A notice to quit came." not in officer.get(desk.case_url(case_id)).text.partition("Story")[0]


def test_each_date_of_a_notice_and_a_court_is_brought_to_mind_in_time(desk_at: DeskAt, clock: Clock) -> None:
    desk = desk_at("havebury")
    case_id, officer = desk.case(), desk.client(Role.OFFICER)
    holds(desk, officer, case_id, held="other", tenure="assured")
    asks(desk, officer, case_id, "injunction")
    page = decides(desk, manager(desk), case_id)
    officer.get(next(each for each in page.links if each.endswith("/dates")))
    wrong = {"served_on": "2026-02-10", "ends_on": "2026-02-09"}
    assert "before it was served" in officer.submit(wrong, form="/dates", status=422).text
    page = officer.submit({"served_on": "", "ends_on": "2026-03-02", "court_on": "2026-02-10"}, form="/dates")
    assert "Runs out on 2 March 2026. Court on 10 February 2026." in page.text
    assert len(tasks(desk, case_id, TaskKind.TENANCY_DATE)) == 3, (
        "two before the notice ends, one before the court"
    )
    officer.get(next(each for each in page.links if each.endswith("/end")))
    officer.submit({"words": "The court made it."}, form="/end")
    assert not tasks(desk, case_id, TaskKind.TENANCY_DATE)


def test_two_who_decide_at_once_are_told(desk_at: DeskAt) -> None:
    desk = desk_at("star")
    case_id, officer = desk.case(), desk.client(Role.OFFICER)
    holds(desk, officer, case_id, held="other", tenure="secure")
    page = asks(desk, officer, case_id, "letter")
    one, other = manager(desk), manager(desk)
    for client in (one, other):
        client.get(next(each for each in page.links if "/tenancy/steps/" in each))
    one.submit({"agreed": "no", "reason": "Not now."}, form="/steps/")
    told = other.submit({"agreed": "yes", "reason": "Now."}, form="/steps/", status=409)
    assert "Somebody changed this meanwhile" in told.text
    assert "Now." in told.html


@pytest.mark.clause("HAV-5.1b")
def test_a_decision_about_possession_cites_an_entry_of_the_catalogue_and_its_link_opens_from_the_case(
    desk_at: DeskAt,
) -> None:
    desk = desk_at("havebury")
    case_id, officer = desk.case(), desk.client(Role.OFFICER)
    holds(desk, officer, case_id, **GONE, tenure="assured")
    asks(desk, officer, case_id, "eviction", ground="ground-14a")
    page = officer.get(tenancy(desk, case_id))
    assert "#ground-ground-14a" in page.links
    assert "ground-ground-14a" in page.ids, "the link leads to the entry, with its law and its source"
    assert "Source:" in ground(page, "ground-14a")

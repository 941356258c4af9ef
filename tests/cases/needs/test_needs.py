"""Each need opens the task that the policy has for it, once; and nothing that anybody needs ever stops the help."""

from uuid import UUID

import pytest
from sqlalchemy import select

from portal.cases.models import Case
from portal.cases.tasks.models import Task
from portal.deadlines.models import Deadline
from portal.domain.permissions import Role
from portal.domain.tasks import TaskKind
from portal.landlords.packs import read_pack
from portal.referrals.models import Report
from tests.client import PageClient
from tests.desk import Desk, DeskAt
from tests.places import LANDLORDS

BOOKING, ADVICE, AGE, CHILD = (
    TaskKind.BOOKING,
    TaskKind.SPECIALIST_ADVICE,
    TaskKind.SERVICE_FOR_AGE,
    TaskKind.CHILD_REFERRAL,
)


def tasks(desk: Desk, case_id: UUID) -> list[tuple[str, str | None]]:
    """The open tasks of a case, each with its clause."""
    with desk.place.work() as session:
        query = select(Task.kind, Task.clause).where(Task.case_id == case_id, Task.ended_at.is_(None))
        return sorted((kind, clause) for kind, clause in session.execute(query))


def goes_on(desk: Desk, case_id: UUID) -> bool:
    """A case with the clock of its report running, whatever else was found."""
    with desk.place.work() as session:
        stage = session.scalar(select(Case.stage).where(Case.id == case_id))
        runs = select(Deadline.id).where(
            Deadline.case_id == case_id, Deadline.event == "disclosure", Deadline.ended_at.is_(None)
        )
        return stage == "new" and session.scalar(runs) is not None


def recorded(client: PageClient, desk: Desk, case_id: UUID, **said: object) -> str:
    client.get(f"{desk.case_url(case_id)}/needs")
    return client.submit(said, form="/needs").text


@pytest.mark.clause("HAV-4.4b")
def test_signing_opens_a_booking_that_ends_when_somebody_is_booked(desk: Desk) -> None:
    case_id = desk.case(preferences=("bsl",))
    assert tasks(desk, case_id) == [(BOOKING, "HS-026 4.4")]
    client = desk.client(Role.OFFICER)
    assert "Book what they need" in client.get(f"{desk.case_url(case_id)}/tasks").text
    client.get(f"{desk.case_url(case_id)}/arrange")
    client.submit({"need": "bsl", "by": "service", "words": "Tomorrow at nine."})
    assert tasks(desk, case_id) == []


@pytest.mark.clause("NPH-CIA-20")
def test_a_language_opens_an_interpreter_task_that_says_that_translation_is_hard_to_find(desk_at: DeskAt) -> None:
    desk = desk_at("nph")
    case_id = desk.case(language="Dari")
    assert tasks(desk, case_id) == [(BOOKING, "NPH CIA form 3")]
    told = desk.client(Role.OFFICER).get(f"{desk.case_url(case_id)}/tasks").text
    assert "translation is not readily available: begin at once" in told
    assert goes_on(desk, case_id)


@pytest.mark.clause("NPH-EQUAL-3")
@pytest.mark.parametrize("barrier", ["no_recourse", "mental_health"])
def test_what_stands_in_the_way_opens_a_specialists_advice_and_stops_nothing(
    desk_at: DeskAt, barrier: str
) -> None:
    desk = desk_at("nph")
    case_id = desk.case(barriers=(barrier,))
    assert tasks(desk, case_id) == [(ADVICE, "NPH Equalities")]
    assert goes_on(desk, case_id)
    with desk.place.work() as session:
        assert session.scalar(select(Report.route).where(Report.case_id == case_id)) == "ordinary"


@pytest.mark.clause("STAR-3.6")
def test_every_age_has_a_record_and_the_service_that_fits_it(desk_at: DeskAt) -> None:
    desk = desk_at("star")
    of = {age: desk.case(age=age) for age in (15, 17, 40, 80)}
    services = (AGE, "STAR 3.6")
    assert [kind for kind, _ in tasks(desk, of[15])] == [CHILD, AGE]
    assert tasks(desk, of[17]) == [services]
    assert tasks(desk, of[40]) == []
    assert tasks(desk, of[80]) == [services]
    assert all(goes_on(desk, case_id) for case_id in of.values())
    client = desk.client(Role.OFFICER)
    for age, words in ((15, "services for young people"), (80, "services for older people")):
        assert words in client.get(f"{desk.case_url(of[age])}/tasks").text
        assert f"a service for {words.removeprefix('services for ')}" in client.get(desk.case_url(of[age])).text


@pytest.mark.clause("STAR-3.6")
@pytest.mark.parametrize(("age", "other", "fits"), [(15, "hourglass", "childline"), (80, "childline", "hourglass")])
def test_telling_of_a_service_for_their_age_ends_the_task(
    with_face: DeskAt, age: int, other: str, fits: str
) -> None:
    desk = with_face("star")
    case_id, client = desk.case(age=age), desk.client(Role.OFFICER)
    for service, still in ((other, True), (fits, False)):
        client.get(f"{desk.case_url(case_id)}/services")
        client.submit({"service": service, "way": "spoken", "answer": "taken"}, form="/services")
        assert (AGE in {kind for kind, _ in tasks(desk, case_id)}) is still


def test_a_policy_that_is_silent_has_the_portals_own_line_without_a_clause(desk_at: DeskAt) -> None:
    desk = desk_at("whg")
    case_id = desk.case(preferences=("interpreter",), barriers=("no_recourse", "mental_health"), age=80)
    assert tasks(desk, case_id) == [(BOOKING, None), (ADVICE, None)]
    told = desk.client(Role.OFFICER).get(f"{desk.case_url(case_id)}/tasks").text
    assert told.count("The policy is silent here: this is the portal’s own line.") == 2


def test_what_is_told_later_opens_its_task_once_and_what_is_taken_back_ends_it(desk: Desk) -> None:
    case_id = desk.case(preferences=("venue",))
    client = desk.client(Role.OFFICER)
    said = {"wanted": ["venue", "bsl"], "barriers": ["no_recourse"], "words": "Told at the door."}
    page = recorded(client, desk, case_id, **said)
    assert "It is recorded what they need." in page
    assert "What they need: British Sign Language, no recourse to public funds" in page
    assert "Told at the door." in page
    both = [(BOOKING, "HS-026 4.4"), (ADVICE, None)]
    assert tasks(desk, case_id) == both
    recorded(client, desk, case_id, **said)
    assert tasks(desk, case_id) == both
    recorded(client, desk, case_id, wanted=["venue"], barriers=["no_recourse"], words="")
    assert tasks(desk, case_id) == [both[1]]


def test_two_who_record_needs_at_once_are_told(desk: Desk) -> None:
    case_id = desk.case()
    first, second = desk.client(Role.OFFICER), desk.client(Role.OFFICER)
    second.get(f"{desk.case_url(case_id)}/needs")
    recorded(first, desk, case_id, wanted=["bsl"])
    page = second.submit({"wanted": ["interpreter"], "words": "Polish"}, form="/needs", status=409)
    assert "Somebody changed this meanwhile" in page.text
    assert "British Sign Language" in page.text
    assert "Polish" in page.html
    second.submit(form="/needs")
    assert [kind for kind, _ in tasks(desk, case_id)] == [BOOKING]


def test_an_age_that_is_learned_later_opens_its_service_too(desk_at: DeskAt) -> None:
    desk = desk_at("star")
    case_id = desk.case()
    client = desk.client(Role.OFFICER)
    page = client.get(f"{desk.case_url(case_id)}/household")
    address = next(
        each for each in page.html.split('"') if each.startswith(desk.case_url(case_id)) and "/household/" in each
        and "add" not in each and "kinds" not in each
    )  # fmt: skip
    client.get(address)
    client.submit({"age": "71"}, form="/household/")
    assert tasks(desk, case_id) == [(AGE, "STAR 3.6")]


def test_a_pack_names_the_clause_of_each_task_and_no_need_twice() -> None:
    for name in ("havebury", "star", "nph"):
        needs = read_pack(LANDLORDS / name).policy.needs
        assert needs
        assert all(each.clause for each in needs)
        assert len({each.need for each in needs}) == len(needs)


"""Casework is looked at regularly: how often is the landlord's to set, and whoever supervises is reminded."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select, update

from portal.cases import service as cases
from portal.cases.models import Case
from portal.cases.reviews.jobs import remind_of_casework
from portal.cases.reviews.models import CaseworkReview
from portal.cases.reviews.service import draw
from portal.domain.permissions import Role
from portal.domain.policy.casework import PORTAL_CASEWORK, CaseworkRhythm
from portal.domain.policy.stated import Origin, Required
from portal.landlords.packs import with_own
from portal.landlords.policies import keep
from portal.landlords.profile import Own
from portal.messaging.words import Kind, words_of
from portal.store.audit import Actor
from tests.conftest import Staff
from tests.desk import MONDAY, Desk, DeskAt
from tests.places import pack

DAY = timedelta(days=1)
ME = Actor(None, "Robin Example")
MONTHLY = CaseworkRhythm(every_days=28, cases=2, within_days=7)


def set_by(desk: Desk, like: str, rhythm: CaseworkRhythm) -> None:
    own = Own(casework=Required[CaseworkRhythm](value=rhythm, origin=Origin.LANDLORDS_OWN))
    with desk.place.work() as session:
        keep(session, with_own(pack(like).policy, own), MONDAY)


def told(desk: Desk) -> list[UUID]:
    return [each.account_id for each in desk.place.messages() if each.kind == Kind.PRACTICE]


def reviewed(desk: Desk, case_id: UUID) -> None:
    with desk.place.work() as session:
        session.execute(update(CaseworkReview).where(CaseworkReview.case_id == case_id).values(ended_at=MONDAY))


def given_to(desk: Desk, who: Staff) -> UUID:
    case_id = desk.case()
    with desk.place.work() as session:
        cases.assign(session, case_id, who.account_id, who.name, ME, MONDAY, "")
    return case_id


@pytest.mark.clause("WHG-3.4")
def test_the_interval_is_the_landlords_and_its_supervisors_hear_when_a_sample_is_due(desk_at: DeskAt) -> None:
    desk = desk_at("whg")
    set_by(desk, "whg", MONTHLY)
    senior, officer = desk.somebody(Role.SENIOR), desk.somebody(Role.OFFICER)
    remind_of_casework(desk.place.work, MONDAY + 400 * DAY)
    assert told(desk) == [], "without a case there is nothing to review"
    desk.case()
    remind_of_casework(desk.place.work, MONDAY + 27 * DAY)
    assert told(desk) == []
    for _ in range(2):
        remind_of_casework(desk.place.work, MONDAY + 28 * DAY)
        assert told(desk) == [senior.account_id], "once, and never an officer"
    (message,) = [each for each in desk.place.messages() if each.kind == Kind.PRACTICE]
    assert message.link == f"{desk.url}/reviews"
    assert "review" not in words_of(Kind.PRACTICE, message.code, "/desk/").body.casefold()
    page = desk.client(who=senior).get(f"{desk.url}/reviews")
    assert "A sample of 2 every 28 days, each looked at within 7 days: set by your landlord." in page.text
    assert "Regular reviews of casework; no interval is given" in page.text
    assert "whg 3.4" in page.text
    assert next(each for each in page.forms if "count" in each["fields"])["fields"]["count"] == ["2"]
    desk.client(who=officer).get(f"{desk.url}/reviews", status=403)


@pytest.mark.clause("WHG-3.4")
def test_a_sample_that_nobody_draws_reaches_the_post_above(desk_at: DeskAt) -> None:
    desk = desk_at("whg")
    set_by(desk, "whg", MONTHLY)
    senior = desk.somebody(Role.SENIOR)
    above = desk.place.staff(Role.AUDITOR, post="Director of Housing")
    desk.case()
    waits = pack("whg").policy.review_notice.unanswered_days
    remind_of_casework(desk.place.work, MONDAY + 28 * DAY)
    remind_of_casework(desk.place.work, MONDAY + (27 + waits) * DAY)
    assert told(desk) == [senior.account_id]
    remind_of_casework(desk.place.work, MONDAY + (28 + waits) * DAY)
    assert sorted(map(str, told(desk))) == sorted(map(str, [senior.account_id, above]))


def test_drawing_a_sample_begins_the_interval_anew(desk: Desk) -> None:
    senior, first = desk.somebody(Role.SENIOR), desk.case()
    with desk.place.work() as session:
        draw(session, 1, desk.place.actor(senior.account_id), MONDAY + 10 * DAY)
    reviewed(desk, first)
    desk.case()
    every = PORTAL_CASEWORK.value.every_days
    remind_of_casework(desk.place.work, MONDAY + (every + 9) * DAY)
    assert told(desk) == []
    remind_of_casework(desk.place.work, MONDAY + (every + 10) * DAY)
    assert told(desk) == [senior.account_id]
    page = desk.client(who=senior).get(f"{desk.url}/reviews")
    assert "the portal's own figures, until your landlord sets others" in page.text


@pytest.mark.clause("WHG-3.4")
def test_a_review_that_waits_too_long_reminds_a_supervisor_who_does_not_have_the_case(desk_at: DeskAt) -> None:
    desk = desk_at("whg")
    set_by(desk, "whg", MONTHLY)
    own, other, manager = desk.somebody(Role.SENIOR), desk.somebody(Role.SENIOR), desk.somebody(Role.MANAGER)
    case_id = given_to(desk, own)
    with desk.place.work() as session:
        draw(session, 1, ME, MONDAY)
    remind_of_casework(desk.place.work, MONDAY + 7 * DAY)
    assert told(desk) == []
    for _ in range(2):
        remind_of_casework(desk.place.work, MONDAY + 8 * DAY)
        assert told(desk) == [other.account_id]
    desk.clock.at = MONDAY + 8 * DAY
    assert "Overdue" in desk.client(who=other).get(f"{desk.url}/reviews").text
    remind_of_casework(desk.place.work, MONDAY + 15 * DAY)
    assert sorted(map(str, told(desk))) == sorted(map(str, [other.account_id, manager.account_id]))
    reviewed(desk, case_id)
    assert "Overdue" not in desk.client(who=other).get(f"{desk.url}/reviews").text


def test_nobody_hears_of_a_case_that_they_may_not_know_of(desk: Desk) -> None:
    senior, manager, case_id = desk.somebody(Role.SENIOR), desk.somebody(Role.MANAGER), desk.case()
    with desk.place.work() as session:
        draw(session, 1, desk.place.actor(manager.account_id), MONDAY)
        session.get_one(Case, (desk.place.id, case_id)).route = "staff"
    remind_of_casework(desk.place.work, MONDAY + 22 * DAY)
    assert told(desk) == [manager.account_id]
    assert senior.account_id not in told(desk)
    with desk.place.work() as session:
        assert session.scalars(select(CaseworkReview.ended_at)).one() is None


def test_nobody_is_reminded_of_a_sample_while_there_is_nothing_to_draw(desk_at: DeskAt) -> None:
    desk = desk_at("whg")
    set_by(desk, "whg", MONTHLY)
    senior, case_id = desk.somebody(Role.SENIOR), desk.case()
    with desk.place.work() as session:
        draw(session, 1, desk.place.actor(senior.account_id), MONDAY)
    reviewed(desk, case_id)
    remind_of_casework(desk.place.work, MONDAY + 40 * DAY)
    assert told(desk) == [], "the only case was looked at lately"
    desk.case()
    remind_of_casework(desk.place.work, MONDAY + 40 * DAY)
    assert told(desk) == [senior.account_id]


def test_the_officer_of_a_case_is_not_asked_to_review_it_though_nobody_else_is_there(desk: Desk) -> None:
    own = desk.place.staff(Role.SENIOR, on_duty=True)
    case_id = desk.case()
    with desk.place.work() as session:
        cases.assign(session, case_id, own, "Robin Example", ME, MONDAY, "")
    with desk.place.work() as session:
        draw(session, 1, ME, MONDAY)
    remind_of_casework(desk.place.work, MONDAY + 22 * DAY)
    assert told(desk) == []

"""Who is reminded that a policy is to be reviewed: its owner first, then the post above, until it has been done."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from portal.deadlines.reviews import remind_of_review
from portal.domain.contact import not_bland
from portal.domain.permissions import Role
from portal.domain.policy.stated import Stated
from portal.landlords.policies import keep
from portal.messaging.words import Kind, words_of
from portal.people.colleagues import address_of
from portal.store.database import Database
from tests.client import PageClient
from tests.conftest import Clock, Staff
from tests.places import Place, a_place, pack

DAY = timedelta(days=1)
NEAR = datetime(2027, 4, 1, 9, tzinfo=UTC)  # ninety days before the end of June 2027
TODAY = datetime(2026, 11, 23, 9, tzinfo=UTC)


def told(place: Place) -> list[str]:
    return sorted(str(each.account_id) for each in place.messages() if each.kind == Kind.REVIEW)


@pytest.mark.parametrize(
    ("like", "owner", "above", "first"),
    [
        pytest.param(
            "star", "Neighbourhoods Manager", "Assistant Director of Housing", NEAR,
            marks=pytest.mark.clause("STAR-HDR-1"),
        ),
        pytest.param(
            "nph", "Tenancy Support Manager", "Rehousing Manager", TODAY,
            marks=pytest.mark.clause("NPH-COVER-7"),
        ),
    ],
)  # fmt: skip
def test_a_reminder_that_stays_unanswered_reaches_the_post_above(
    database: Database, like: str, owner: str, above: str, first: datetime
) -> None:
    place = a_place(database, like)
    keeper, upper = place.staff(Role.MANAGER, post=owner), place.staff(Role.AUDITOR, post=above)
    place.staff(Role.MANAGER, post="Head of Finance")
    if like == "star":
        remind_of_review(place.work, first - DAY)
        assert told(place) == [], "nobody is reminded while the review is far away"
    for _ in range(2):
        remind_of_review(place.work, first)
        assert told(place) == [str(keeper)]
    waits = pack(like).policy.review_notice.unanswered_days
    remind_of_review(place.work, first + waits * DAY - DAY)
    assert told(place) == [str(keeper)]
    for _ in range(2):
        remind_of_review(place.work, first + waits * DAY)
        assert told(place) == sorted([str(keeper), str(upper)])
    titles = {each.title for each in pack(like).policy.governance.responsible_posts}
    assert {owner, above} <= titles, "the policy names posts; who holds one is known to the portal's accounts"


def test_once_overdue_the_owner_hears_again(database: Database) -> None:
    place = a_place(database, "star")
    keeper = place.staff(Role.OFFICER, post="Neighbourhoods Manager")
    for day in (NEAR, NEAR + DAY, datetime(2027, 7, 1, 9, tzinfo=UTC)):
        remind_of_review(place.work, day)
    assert told(place) == [str(keeper)] * 2


@pytest.mark.clause("WHG-CTL-4")
def test_the_director_of_housing_is_reminded_and_sees_the_banner(
    app: Flask, database: Database, clock: Clock
) -> None:
    clock.at = TODAY
    place = a_place(database, "whg")
    director = place.staff(Role.MANAGER, post="Director of Housing")
    remind_of_review(place.work, TODAY)
    (message,) = place.messages()
    assert (message.account_id, message.link) == (director, f"/desk/{place.slug}/policy")
    words = words_of(Kind(message.kind), message.code, "/desk/")
    assert not_bland(f"{words.subject} {words.body}", ["whg", "housing"]) == ()
    document = pack("whg").policy.document
    assert (document.approved_by.value, document.approved_on.value) == ("Policy Group", "2022-05")
    assert [each.when for each in document.review_dates] == ["2025-05"]
    client = PageClient(app)
    with place.work() as session:
        email = address_of(session, director, TODAY)
    assert email
    client.sign_in(Staff(director, email, "Robin Example"))
    assert "Review overdue. The review of this policy was due in May 2025" in client.get(message.link).text


def test_a_review_that_is_recorded_ends_the_reminders(database: Database) -> None:
    place = a_place(database, "whg")
    place.staff(Role.MANAGER, post="Director of Housing")
    remind_of_review(place.work, TODAY)
    policy = pack("whg").policy
    done = Stated[str](value="2026-11", clause="whg 6.1")
    newer = policy.document.model_copy(update={"last_review": done})
    with place.work() as session:
        keep(session, policy.model_copy(update={"document": newer}), TODAY + DAY)
    for days in (2, 40, 400):
        remind_of_review(place.work, TODAY + days * DAY)
    assert len(told(place)) == 1


def test_while_nobody_holds_the_post_the_managers_hear(database: Database) -> None:
    place = a_place(database, "whg")
    manager = place.staff(Role.MANAGER)
    place.staff(Role.OFFICER)
    remind_of_review(place.work, TODAY)
    assert told(place) == [str(manager)]

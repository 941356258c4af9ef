"""What a next version must have of its own, and how a reading that the landlord has not settled is shown."""

from collections.abc import Callable

import pytest
from flask import Flask

from portal.domain.permissions import Role
from portal.domain.policy import Policy
from portal.domain.policy.stated import Required, Stated
from portal.landlords.policies import keep
from portal.store.database import Database
from tests.client import PageClient
from tests.conftest import Clock
from tests.desk import Desk, a_desk, london
from tests.places import pack

SignedIn = Callable[..., PageClient]


def next_version(policy: Policy, **changed: object) -> Policy:
    """The policy as of February 2026."""
    since = Required[str](value="2026-02-02", clause="the next version")
    document = policy.document.model_copy(update={"in_force_from": since, **changed})
    return policy.model_copy(update={"document": document})


def to_settle(desk: Desk) -> str:
    page = desk.client(Role.MANAGER).get(f"{desk.url}/policy")
    return page.text.partition("To be settled by the landlord")[2].partition("Clause by clause")[0]


@pytest.mark.clause("STAR-6.1")
def test_four_groups_were_asked_and_a_next_version_that_leaves_one_out_is_warned_of(
    app: Flask, database: Database, clock: Clock, signed_in: SignedIn
) -> None:
    desk, policy = a_desk(app, database, clock, "star"), pack("star").policy
    told = signed_in(star=[Role.AUDITOR]).get("/desk/star/policy").text
    for who in ("Staff", "External agencies", "Customers", "Customer Committee"):
        assert f"{who} yes, date not stated STAR 6.1" in told
    assert "not about this one" not in to_settle(desk)
    fewer = tuple(each for each in policy.governance.consultation if each.who != "Customers")
    governance = policy.governance.model_copy(update={"consultation": fewer})
    with desk.place.work() as session:
        keep(session, next_version(policy).model_copy(update={"governance": governance}), london(2, 10))
    assert "Asked about the version before and not about this one: Customers." in to_settle(desk)


@pytest.mark.clause("WHG-CTL-2")
def test_advice_on_the_law_counts_for_its_own_version_only(
    app: Flask, database: Database, clock: Clock, signed_in: SignedIn
) -> None:
    desk, policy = a_desk(app, database, clock, "whg"), pack("whg").policy
    told = signed_in(whg=[Role.AUDITOR]).get("/desk/whg/policy").text
    assert "Legal advice Had for the existing policy; which version is unclear" in told
    gap = "Legal advice is recorded for an earlier version only."
    assert gap not in to_settle(desk)
    with desk.place.work() as session:
        keep(session, next_version(policy), london(2, 10))
    assert gap in to_settle(desk)
    own = Stated[str](value="Had in January 2026 for this version", clause="the next version")
    with desk.place.work() as session:
        keep(session, next_version(policy, legal_advice=own), london(2, 11))
    assert gap not in to_settle(desk)


@pytest.mark.clause("STAR-9-6", "STAR-5.1a")
def test_the_reading_of_working_hours_says_who_chose_it_when_why_and_who_is_to_confirm_it(
    app: Flask, database: Database, clock: Clock
) -> None:
    desk = a_desk(app, database, clock, "star")
    told = desk.client(Role.OFFICER).get(desk.case_url(desk.case())).text
    assert (
        "Every hour of a working day counts, from midnight to midnight, and no hour of any other day." in told
    )
    assert "Chosen on 23 November 2026 by the portal, for want of a decision by the landlord" in told
    assert "this one reaches the survivor sooner." in told
    assert "To be confirmed by the Assistant Director of Housing." in told

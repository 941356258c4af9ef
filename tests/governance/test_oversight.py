"""Whoever watches over the policy sees what is not met, by clause, and is handed the year once it is over."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from portal.domain.permissions import Role
from portal.governance.oversight.jobs import send_yearly
from portal.store.audit import AuditEntry
from portal.store.database import Database
from portal.work.models import Message
from tests.client import PageClient
from tests.conftest import Clock
from tests.desk import MONDAY, a_desk

NEW_YEAR = datetime(2027, 1, 4, 8, 5, tzinfo=UTC)


@pytest.mark.clause("WHG-6.1a")
def test_the_director_sees_what_is_not_met_here_alone_and_gets_the_year_when_it_is_over(
    app: Flask, database: Database, clock: Clock
) -> None:
    whg, star = a_desk(app, database, clock, "whg"), a_desk(app, database, clock, "star")
    for each in range(30):
        whg.place.report(MONDAY - timedelta(minutes=each))
    director = whg.somebody(Role.BOARD, name="Dee Director", post="Director of Housing")
    for role in (Role.MANAGER, Role.BOARD):
        whg.somebody(role)
    client = PageClient(app)
    client.sign_in(director)
    assert "No quarter of it is over" in client.get(f"{whg.url}/oversight").text
    clock.at = MONDAY.replace(month=4, day=2)
    client = PageClient(app)
    client.sign_in(director)
    page = client.get(f"{whg.url}/oversight")
    assert "watched over by the Director of Housing (whg 6.1)" in page.text
    unmet = page.text.partition("Clauses that are not met now")[2].partition("Clocks started")[0]
    assert "Review of the policy: Domestic Abuse Customer Policy, since 31 May 2025." in unmet
    assert "whg 6.1 On who approves the policy the text says" in unmet
    asked = page.text.partition("Clocks started by")[2]
    assert "January to March 2026 Too few to say Too few to say Still open, where nobody states a time: 30" in asked
    assert "River Canary" not in page.html
    client.get(f"{star.url}/oversight", status=404)
    for _ in range(2):
        send_yearly(whg.place.work, NEW_YEAR)
        send_yearly(star.place.work, NEW_YEAR)
    sent = [(each.account_id, each.link) for each in whg.place.messages() if "oversight" in each.link]
    assert sent == [(director.account_id, f"{whg.url}/oversight?year=2026")]
    with whg.place.work() as session:
        read = select(AuditEntry.actor).where(AuditEntry.detail == "oversight 2026")
        assert session.scalars(read).all() == ["Dee Director"] * 2
    clock.at = NEW_YEAR
    late = PageClient(app)
    late.sign_in(director)
    page = late.get(sent[0][1])
    assert "October to December 2026" in page.text
    with star.place.work() as session:
        assert not [each for each in session.scalars(select(Message.link)) if "oversight" in each]

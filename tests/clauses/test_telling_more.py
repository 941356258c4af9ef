"""Nobody has to say it all again, and no case is left behind when an officer leaves or a time is missed."""

import re
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select, update

from portal.cases import service as cases
from portal.cases.models import Case
from portal.deadlines.jobs import send_reminders
from portal.domain.intake import Answers, OtherPerson, Wish
from portal.domain.lifecycle import Source
from portal.domain.permissions import Role
from portal.messaging.words import Kind
from portal.people.models import Account, Membership
from portal.referrals.matters import matters_of
from portal.referrals.models import Report
from portal.store.database import Database
from tests.client import PageClient
from tests.conftest import Clock
from tests.desk import MONDAY, Desk, a_desk
from tests.places import LONG_AGO, a_place
from tests.referrals.conftest import REACHED, Scoped, Visitor

SignedIn = Callable[..., PageClient]
CODE = re.compile(r"\b\d{4} \d{4} \d{4} \d{4}\b")
HOUR = timedelta(hours=1)


def newest(scoped: Scoped, slug: str) -> Report:
    with scoped(slug) as session:
        return session.scalars(select(Report).order_by(Report.id.desc()).limit(1)).one()


@pytest.mark.clause("STAR-3.3a")
def test_what_was_skipped_is_added_by_the_number_and_the_wishes_stand_first(
    app: Flask, scoped: Scoped, signed_in: SignedIn
) -> None:
    her = Visitor(app, "star")
    her.tell(**REACHED)
    code = CODE.search(her.send().text)
    assert code
    first = newest(scoped, "star").id
    her.submit({"action": "done"})
    her.tell(
        **{"How to reach you": {"ways": ["themselves"]}, "In your words": {"happening": "There is more."}},
        **{
            "About you": {"earlier": code[0]},
            "What you would like": {"wishes": ["stay"], "wish_words": "Not the police."},
        },
    )
    her.send()
    second = newest(scoped, "star").id
    officer = signed_in(star=[Role.OFFICER])
    found = officer.get(f"/desk/star/reports/{second}").text.partition("Perhaps told before")[2]
    assert "Another report, new" in found
    assert "the number that we gave them" in found
    officer.get(f"/desk/star/reports/{first}")
    officer.submit({}, form="/open")
    with scoped("star") as session:
        case_id = session.scalar(select(Report.case_id).where(Report.id == first))
    page = officer.get(f"/desk/star/reports/{second}")
    assert "the number that we gave them" in page.text
    officer.submit({"case_id": str(case_id)}, form="/join")
    told = officer.get(f"/desk/star/cases/{case_id}").text
    assert told.index("Stay in their home") < told.index("There is more.")
    assert told.index("Not the police.") < told.index("There is more.")


def test_the_number_that_somebody_reads_out_leads_to_what_they_said(
    app: Flask, database: Database, clock: Clock, scoped: Scoped, signed_in: SignedIn
) -> None:
    her = Visitor(app, "star")
    her.tell(**REACHED, **{"About you": {"call_me": "Peregrine"}})
    code = CODE.search(her.send().text)
    assert code
    officer = signed_in(star=[Role.OFFICER])
    assert "/desk/star/reports/number" in officer.get("/desk/star/reports").links
    for written in (code[0], code[0].replace(" ", "")):
        officer.get("/desk/star/reports/number")
        assert "Peregrine" in officer.submit({"number": written}).text
        assert officer.url.endswith(str(newest(scoped, "star").id))
    for wrong in ("0000 0000 0000 0000", "", "she lost it"):
        officer.get("/desk/star/reports/number")
        officer.submit({"number": wrong}, status=422)
    elsewhere = signed_in(dales=[Role.OFFICER])
    elsewhere.get("/desk/dales/reports/number")
    assert "No report here has this number." in elsewhere.submit({"number": code[0]}, status=422).text


def test_a_colleagues_number_leads_nowhere_for_those_who_may_not_read_it(
    app: Flask, signed_in: SignedIn
) -> None:
    her = Visitor(app, "nph")
    her.tell(**REACHED, **{"About you": {"works_here": ["yes"]}})
    code = CODE.search(her.send().text)
    assert code
    for role, status in ((Role.OFFICER, 422), (Role.MANAGER, 200)):
        client = signed_in(nph=[role])
        client.get("/desk/nph/reports/number")
        client.submit({"number": code[0]}, status=status)


def test_nothing_said_before_is_changed_by_what_is_said_later() -> None:
    first = Answers(Source.SELF, name="Alex", wishes=(Wish.HEARD,), other_person=OtherPerson(name="B"))
    later = Answers(Source.SELF, name="Lex", age=40, wishes=(Wish.MOVE,), needs="step-free", home_unsafe=True)
    both = first.completed_by(later)
    assert (both.name, both.wishes, both.other_person.name) == ("Alex", (Wish.HEARD,), "B")
    assert (both.age, both.needs, both.home_unsafe) == (40, "step-free", False)
    assert Answers.from_dict(both.to_dict()) == both


def test_what_somebody_else_says_fills_nothing_in(app: Flask, database: Database, clock: Clock) -> None:
    desk = a_desk(app, database, clock, "star")
    case_id, report = desk.case(), desk.report(source=Source.SOMEONE_ELSE, wishes=(Wish.MOVE,))
    client = desk.client(Role.OFFICER)
    client.get(f"{desk.url}/reports/{report}")
    client.post(f"{desk.url}/reports/{report}/join", {"case_id": str(case_id)})
    assert "Not asked yet." in client.get(desk.case_url(case_id)).text


def leave(desk: Desk, account_id: UUID, how: str) -> None:
    """Somebody leaves: the part at this landlord ends, or the whole account is switched off."""
    if how == "part ends":
        with desk.place.work() as session:
            session.execute(
                update(Membership).where(Membership.account_id == account_id).values(ends_at=MONDAY - HOUR)
            )
    else:
        with desk.database.platform.begin() as connection:
            connection.execute(update(Account).where(Account.id == account_id).values(active=False))


@pytest.mark.clause("STAR-3.13b")
@pytest.mark.parametrize("how", ["part ends", "account ends"])
def test_the_cases_of_somebody_who_has_left_stand_with_those_that_nobody_has(
    app: Flask, database: Database, clock: Clock, how: str
) -> None:
    desk = a_desk(app, database, clock, "star")
    leaver, colleague = desk.somebody(Role.OFFICER, name="Hollis Example"), desk.somebody(Role.OFFICER)
    client = desk.client(who=colleague)
    kept = [desk.case(name=f"Person {n}") for n in range(3)]
    for case_id in kept:
        client.get(f"{desk.case_url(case_id)}/assign")
        client.submit({"account_id": str(leaver.account_id)})
    assert "Nobody has these" not in client.get("/desk/").text
    leave(desk, leaver.account_id, how)
    orphans = client.get("/desk/").text.partition("Nobody has these 3")[2]
    assert all(f"Person {n}" in orphans for n in range(3))
    client.get(f"{desk.case_url(kept[0])}/assign")
    client.submit({"account_id": str(colleague.account_id)})
    assert "Nobody has these 2" in client.get("/desk/").text


@pytest.mark.clause("STAR-9-3")
def test_a_missed_aim_goes_to_a_senior_who_has_not_the_case_and_decides_what_officers_may_not(
    app: Flask, database: Database, clock: Clock
) -> None:
    place = a_place(database, "star")
    holder, other, manager = place.staff(Role.SENIOR), place.staff(Role.SENIOR), place.staff(Role.MANAGER)
    case_id = place.case(place.report())
    with place.work() as session:
        cases.assign(session, case_id, holder, "Robin", place.actor(holder), LONG_AGO, "")
    go = partial(send_reminders, matters=matters_of)
    due = LONG_AGO + timedelta(days=1)
    for moment in (due - 2 * HOUR, due, due + HOUR / 2):
        go(place.work, moment)
    overdue = {each.account_id for each in place.messages() if each.kind == Kind.OVERDUE}
    assert overdue == {other}, "whoever has the case is not the one who watches over it"
    assert manager not in overdue
    desk = a_desk(app, database, clock, "star")
    report = desk.report()
    officer, senior = desk.client(Role.OFFICER), desk.client(Role.SENIOR)
    officer.get(f"{desk.url}/team", status=403)
    assert "The team’s work" in senior.get(f"{desk.url}/team").text
    officer.get(f"{desk.url}/reports/{report}")
    officer.post(f"{desk.url}/reports/{report}/set-aside", {"reason": "I think so."}, status=404)
    senior.get(f"{desk.url}/reports/{report}")
    senior.submit({"reason": "Looked into with the caretaker."}, form="/set-aside")
    with desk.place.work() as session:
        assert session.scalar(select(Report.state).where(Report.id == report)) == "set_aside"


def test_a_case_that_somebody_still_has_stays_with_them(app: Flask, database: Database, clock: Clock) -> None:
    desk = a_desk(app, database, clock, "star")
    officer = desk.somebody(Role.OFFICER)
    case_id = desk.case()
    with desk.place.work() as session:
        cases.assign(session, case_id, officer.account_id, "Robin", desk.place.actor(None), MONDAY, "")
        assert session.scalar(select(Case.assigned_to).where(Case.id == case_id)) == officer.account_id
    assert "Nobody has these" not in desk.client(Role.SENIOR).get("/desk/").text

"""Her plan and with whom we may speak: a part ticked or declined, and a consent taken back, with the number."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from portal.cases import service as cases
from portal.cases.advice.service import Advised, advise
from portal.cases.consents import service as consents
from portal.cases.consents.models import ConsentGiven
from portal.cases.models import Case
from portal.cases.plans import acting
from portal.cases.plans.acting import Wanted
from portal.cases.plans.models import PlanAction
from portal.cases.plans.parts import Owner
from portal.cases.signposts.service import Given
from portal.cases.tasks.models import Task
from portal.deadlines.models import Deadline
from portal.domain.advice import Result, Topic
from portal.domain.permissions import Role
from portal.domain.sharing import GivenHow, Part, Recipient, RecipientKind
from portal.referrals.coming_back import answering
from portal.store.audit import Actor, AuditEntry
from portal.store.outbox import OutboxEvent
from tests.coming_back.test_coming_back import NOON, case_of, opened, place, told
from tests.desk import Desk
from tests.referrals.conftest import Visitor

__all__ = ["place"]

HERS, OURS, NEW = "Copy the papers.", "Change the lock.", "Ask the school."
REFUGE = "Larkspur House"


class Planned:
    """A case with a plan and a consent, and a number that an officer gave for it."""

    def __init__(self, place: Desk, *, shows_plan: bool = True) -> None:
        self.place = place
        told(place)
        self.case_id = case_of(place)
        officer = place.somebody(Role.OFFICER).account_id
        who = Actor(officer, "Robin Example")
        with place.place.work() as session:
            self.hers = acting.add(session, self.case_id, Wanted(HERS, Owner.SURVIVOR), who, NOON)
            self.ours = acting.add(session, self.case_id, Wanted(OURS, Owner.LANDLORD), who, NOON)
            case = session.get_one(Case, (place.place.id, self.case_id))
            plan = session.scalars(select(PlanAction.plan_id)).first()
            acting.open_proposed(session, case, plan, who, NOON)
            self.new = acting.add(session, self.case_id, Wanted(NEW, Owner.SURVIVOR), who, NOON)
            agreed = consents.NewConsent(
                Recipient(RecipientKind.SUPPORT, REFUGE),
                frozenset({next(iter(Part))}),
                "To find a room.",
                next(iter(GivenHow)),
                NOON - timedelta(days=1),
                NOON + timedelta(days=90),
            )
            self.consent = consents.give(session, self.case_id, agreed, who, NOON)
            self.number = answering.give_number(
                session, self.case_id, "She said the code word.", who, NOON, shows_plan=shows_plan
            )

    def come(self) -> Visitor:
        return opened(self.place, self.number)

    def states(self) -> dict[UUID, str]:
        with self.place.place.work() as session:
            return dict(session.execute(select(PlanAction.id, PlanAction.state)).all())

    def looked_at_by(self) -> list[datetime]:
        """When the tasks that came of her words are due."""
        with self.place.place.work() as session:
            due = select(Deadline.due_at).join(Task, Task.deadline_id == Deadline.id).where(Task.kind == "their-word")
            return list(session.scalars(due.order_by(Deadline.due_at)))

    def withdrawn(self) -> bool:
        with self.place.place.work() as session:
            return session.scalars(select(ConsentGiven.withdrawn_at)).one() is not None


def say(her: Visitor, path: str, status: int = 303, **said: str) -> None:
    """Press a button as the page would, also one that it does not show."""
    token = her.page.forms[0]["fields"]["csrf_token"]
    answer = her.http.post(f"/{her.slug}/number/{path}", data={"csrf_token": token} | said)
    assert answer.status_code == status, answer.text


def test_she_ticks_what_she_has_done_and_an_officer_reads_it(place: Desk) -> None:
    plan = Planned(place)
    her = plan.come()
    assert HERS in her.page.text
    assert OURS not in her.page.text, "what is ours is not for her to tick"
    say(her, "plan", which=str(plan.hers), do="done")
    assert plan.states()[plan.hers] == "done"
    her.get(f"/{her.slug}/number/open")
    assert HERS not in her.page.text
    assert f"Done: {HERS}" in place.client(Role.OFFICER).get(f"{place.case_url(plan.case_id)}/messages").text


def test_what_she_does_not_want_is_declined_at_once_and_looked_at_within_hours(place: Desk) -> None:
    plan = Planned(place)
    her = plan.come()
    say(her, "plan", which=str(plan.new), do="no")
    say(her, "plan", which=str(plan.hers), do="no")
    states = plan.states()
    assert (states[plan.new], states[plan.hers]) == ("declined", "not_needed")
    assert plan.looked_at_by() == [NOON + timedelta(hours=4)] * 2, "somebody else could have said it"


def test_nothing_that_is_not_hers_to_say_can_be_said(place: Desk) -> None:
    plan = Planned(place)
    her = plan.come()
    before = plan.states()
    say(her, "plan", 404, which=str(plan.ours), do="done")
    say(her, "plan", 404, which=str(plan.ours), do="no")
    say(her, "plan", 404, which=str(plan.new), do="done")
    say(her, "plan", 404, which=str(plan.case_id), do="no")
    say(her, "plan", 404, which="1", do="no")
    say(her, "plan", 404, which=str(plan.hers))
    assert plan.states() == before
    say(her, "plan", which=str(plan.hers), do="done")
    say(her, "plan", 404, which=str(plan.hers), do="no")
    assert plan.states()[plan.hers] == "done", "sent once more, it changes nothing"


def test_plan_and_consents_stand_only_behind_a_number_for_which_she_asked_it(place: Desk) -> None:
    plan = Planned(place, shows_plan=False)
    her = plan.come()
    for never in (HERS, NEW, REFUGE):
        assert never not in her.page.html
    before = plan.states()
    say(her, "plan", 404, which=str(plan.hers), do="done")
    say(her, "agreed", 404, which=str(plan.consent))
    assert plan.states() == before
    assert not plan.withdrawn()


def test_a_consent_taken_back_counts_at_once_and_is_looked_at_within_hours(place: Desk) -> None:
    plan = Planned(place)
    her = plan.come()
    assert REFUGE in her.page.text
    say(her, "agreed", which=str(plan.consent))
    assert plan.withdrawn()
    assert plan.looked_at_by() == [NOON + timedelta(hours=4)]
    with place.place.work() as session:
        assert session.scalars(select(OutboxEvent.kind).where(OutboxEvent.kind == "ConsentWithdrawn")).one()
    her.get(f"/{her.slug}/number/open")
    assert REFUGE not in her.page.text
    say(her, "agreed", 404, which=str(plan.consent))


def test_she_can_say_speak_with_nobody_without_anybody_being_named(place: Desk) -> None:
    """Whoever holds the number learns not even whether there was anybody."""
    plan = Planned(place, shows_plan=False)
    her = plan.come()
    her.follow("Reach me less")
    assert REFUGE not in her.page.html
    her.answer(stop=["nobody"])
    assert REFUGE not in her.page.html
    assert plan.withdrawn()
    assert plan.looked_at_by() == [NOON + timedelta(hours=4)]
    with place.place.work() as session:
        case = session.get_one(Case, (place.place.id, plan.case_id))
        assert cases.safe_contact(session, case), "how she is reached stays as it was"


def test_nobody_at_another_landlord_and_nobody_with_another_number_reaches_it(place: Desk) -> None:
    plan = Planned(place)
    _, other = told(place)
    stranger = opened(place, other)
    say(stranger, "plan", 404, which=str(plan.hers), do="done")
    say(stranger, "agreed", 404, which=str(plan.consent))
    assert not plan.withdrawn()


def test_a_button_pressed_from_another_site_does_nothing(place: Desk) -> None:
    plan = Planned(place)
    her = plan.come()
    for path, said in (("plan", {"which": str(plan.hers), "do": "no"}), ("agreed", {"which": str(plan.consent)})):
        assert her.http.post(f"/{her.slug}/number/{path}", data=said).status_code == 400
    assert not plan.withdrawn()


@pytest.mark.clause("HAV-3.4b")
def test_she_reads_the_choices_that_were_explained_and_released_and_nothing_else_of_any_advice(place: Desk) -> None:
    planned, other = Planned(place), Planned(place, shows_plan=False)
    who = Actor(place.somebody(Role.OFFICER).account_id, "Robin Example")
    with place.place.work() as session:
        for case_id in (planned.case_id, other.case_id):
            shown = Advised(Topic.CHOICES, Given.SPOKEN, Result.ADVISED, "All four of them.", for_them="Stay, or move.")
            advise(session, case_id, shown, who, NOON)
            advise(session, case_id, Advised(Topic.LEGAL, Given.SPOKEN, Result.ADVISED, "An order."), who, NOON)
    page = planned.come().page
    assert "Stay, or move." in page.text
    assert not [each for each in ("All four", "An order") if each in page.html]
    assert "Stay, or move." not in other.come().page.text, "not without the plan behind the number"
    case = place.client(Role.OFFICER).get(f"{place.case_url(planned.case_id)}/advice")
    assert "Their choices: what can be done, and what each would mean" in case.text
    assert "They can read of it with their number: Stay, or move." in case.text


def test_she_sees_by_post_and_day_who_has_read_it_and_nobodys_name(place: Desk) -> None:
    """Whoever else may have the number learns no name of an officer, and nothing of what was told without her."""
    planned = Planned(place)
    officer = place.client(Role.OFFICER)
    officer.get(place.case_url(planned.case_id))
    her = planned.come()
    her.follow("Who has read it")
    assert her.heading == "Who has read it"
    assert "Monday 2 February 2026" in her.page.text
    assert "read the record" in her.page.text
    assert "Officer" in her.page.text
    assert "Robin Example" not in her.page.html
    assert "With nobody." in her.page.text
    with place.place.work() as session:
        of_case = AuditEntry.subject_id == planned.case_id
        shown = select(AuditEntry.actor).where(AuditEntry.fact == "readers.shown", of_case)
        assert session.scalars(shown).all() == ["they themselves, with their number"]


def test_who_has_read_it_does_not_stand_behind_a_number_that_proves_little(place: Desk) -> None:
    planned = Planned(place, shows_plan=False)
    her = planned.come()
    assert "Who has read it" not in her.page.text
    her.get(f"/{her.slug}/number/seen", status=404)
    _, other = told(place)
    opened(place, other).get(f"/{place.place.slug}/number/seen", status=404)

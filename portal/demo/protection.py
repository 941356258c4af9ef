"""Stories in which children, orders and safeguarding have a part."""

from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import select

from portal.cases.household import service as household
from portal.cases.household.service import Claim
from portal.cases.models import Person
from portal.cases.orders import service as orders
from portal.cases.orders.service import Breach, Order
from portal.cases.people_told import everybody
from portal.cases.safeguarding import service as safeguarding
from portal.cases.safeguarding.service import Answer, Feared, Sent
from portal.demo import telling
from portal.demo.desk import Desk
from portal.demo.households import Household
from portal.demo.steps import Story, met, opened, own_words, told_days_ago, worked
from portal.domain.calendar import in_london
from portal.domain.court_orders import Arrest, Served, Term
from portal.domain.policy.scope import Subtype
from portal.domain.safeguarding import OTHER_LAW, Group, Harm, Outcome, Told, grounds
from portal.domain.standing import Source, Standing
from portal.store.audit import Actor

TERMS = "Must not threaten {her}, contact {her} in any way, or come within 100 metres of the home."
CHILDREN = (
    {"name": "Ola", "age": 9, "gender": "female", "relationship": "daughter", "lives_there": "yes"},
    {"name": "Bo", "age": 4, "gender": "male", "relationship": "son", "lives_there": "yes"},
)


def a_family(desk: Desk) -> Story:
    """Children who hear it, referred and taken on; an order that holds for months."""
    home = desk.homes.household(woman=True, tie="parted")
    yield told_days_ago(desk, 18, 60)
    case_id, officer = yield from worked(desk, home, own_words(desk, home))
    yield desk.soon(60, 300)
    child = _children(desk, case_id, officer)
    yield desk.soon(5, 40)
    concern = _concern(desk, case_id, officer, Group.CHILD, Harm.EMOTIONAL, child)
    yield desk.soon(20, 90)
    referral = _refer(desk, case_id, concern)
    yield desk.soon(600, 1500)
    _order(desk, case_id, home, officer, ends_in=150)
    said = "A worker was named. She visits on Tuesdays at the school."
    answer = Answer(Outcome.ACCEPTED, "CS-20417", said)
    safeguarding.answered(desk.session, case_id, referral, answer, officer, desk.now)


def an_order_is_broken(desk: Desk) -> Story:
    """An order that ends within the month, and was broken twice."""
    home = desk.homes.household(woman=True, tie="parted")
    yield told_days_ago(desk, 25, 50)
    case_id, officer = yield from worked(desk, home, own_words(desk, home))
    yield desk.soon(300, 900)
    order = _order(desk, case_id, home, officer, ends_in=20)
    claim = Claim(Standing.ORDER, Source.COURT, _day(desk), "A copy of the order is kept with the case")
    household.stand(desk.session, case_id, _part(desk, case_id, "other_person"), claim, officer, desk.now)
    for words, police in (
        (home.say("Sat in a car across the road for an hour. {She} kept the time."), "yes"),
        ("Sent four messages from a number that she did not know.", "no"),
    ):
        yield desk.soon(400, 2500)
        breach = Breach(_day(desk), words, police, "survivor", "Log 311" if police == "yes" else "")
        orders.breach(desk.session, case_id, order, breach, officer, desk.now)


def known_from_another_case(desk: Desk) -> Story:
    """The same person does harm in two homes; officers who may open both cases see it."""
    first, second = desk.homes.household(woman=True), desk.homes.household(woman=True)
    yield told_days_ago(desk, 20, 60)
    one, officer = yield from opened(desk, first, own_words(desk, first))
    two, other_officer = yield from opened(desk, second, own_words(desk, second))
    yield desk.soon(60, 600)
    known = {"name": first.other.name, "born": "1989-05-14"}
    for case_id, who in ((one, officer), (two, other_officer)):
        person = _part(desk, case_id, "other_person")
        details = next(
            details for found, _part, details in everybody(desk.session, case_id) if found == person
        )
        household.change(desk.session, case_id, person, 1, details | known, who, desk.now)


def learnt_later(desk: Desk) -> Story:
    """What it really was came out in the second talk: the family must not be spoken with."""
    home = desk.homes.household(woman=True, tie="elders", age=19)
    yield told_days_ago(desk, 4, 30)
    case_id, officer = yield from opened(desk, home, own_words(desk, home))
    yield from met(desk, case_id, home, officer)
    yield desk.soon(200, 900)
    words = home.say("{She} is to be married in the summer and has not been asked. The ticket is bought.")
    household.record_kinds(desk.session, case_id, [Subtype.FORCED_MARRIAGE], words, officer, desk.now)


def a_concern_waits(desk: Desk) -> Story:
    """A mother who cannot look after herself: noted this morning, and nobody has acted yet."""
    home = desk.homes.household(tie="grown_child")
    yield told_days_ago(desk, 3, 20)
    case_id, officer = yield from opened(
        desk, home, telling.own_report(home, desk.version.policy, desk.chance)
    )
    yield max(desk.now, desk.today - timedelta(hours=desk.chance.randint(2, 9)))
    _concern(desk, case_id, officer, Group.ADULT, Harm.NEGLECT, _part(desk, case_id, "survivor"))


def _children(desk: Desk, case_id: UUID, officer: Actor) -> UUID:
    extra = {
        "effects": ["hears", "feels"],
        "school": "Beechdale Primary; the head teacher knows, nobody else",
        "support": "A children’s worker of the support service, Tuesdays",
    }
    ids = [
        household.add(desk.session, case_id, "child", each | extra, officer, desk.now) for each in CHILDREN
    ]
    return ids[0]


def _concern(desk: Desk, case_id: UUID, officer: Actor, group: Group, harm: Harm, person: UUID) -> UUID:
    words = {
        Group.CHILD: "Says that she listens at the door at night so that she can fetch help.",
        Group.ADULT: "Has had no hot meal since Friday; the medicine was taken away.",
    }[group]
    feared = Feared(group, (harm,), words, person)
    return safeguarding.note(desk.session, case_id, feared, officer, desk.now)


def _refer(desk: Desk, case_id: UUID, concern: UUID) -> UUID:
    ground = next((each.id for each in grounds(desk.version.policy)), OTHER_LAW)
    sent = Sent(
        agency="Children’s services, front door",
        ground=ground,
        told=Told.TOLD,
        made_at=desk.now,
        content="Names, address, what the child said, that the school knows. Nothing about the move.",
        lawful_basis="Safeguarding of children, Data Protection Act 2018, Schedule 1",
    )
    return safeguarding.refer(
        desk.session, case_id, concern, sent, desk.team.senior, desk.now, may_decide=True
    )


def _order(desk: Desk, case_id: UUID, home: Household, officer: Actor, *, ends_in: int) -> UUID:
    made = _day(desk) - timedelta(days=3)
    term = Term(made, in_london(desk.today).date() + timedelta(days=ends_in), None, Served.YES)
    order = Order(
        "non-molestation",
        term,
        Arrest.ATTACHED,
        court="Family Court",
        reference=f"F{desk.chance.randint(10000, 99999)}",
        terms=home.say(TERMS),
        protects=home.name,
        bound=home.other.name,
    )
    return orders.record(desk.session, case_id, order, officer, desk.now)


def _part(desk: Desk, case_id: UUID, part: str) -> UUID:
    wanted = select(Person.id).where(Person.case_id == case_id, Person.part == part).order_by(Person.id)
    found = desk.session.scalars(wanted).first()
    return found or household.add(desk.session, case_id, part, {}, desk.team.senior, desk.now)


def _day(desk: Desk) -> date:
    return in_london(desk.now).date()

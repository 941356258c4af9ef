"""Stories in which a home is made safer: measures, a door that was broken, and a job that is out."""

from datetime import timedelta

from portal.demo.desk import Desk
from portal.demo.households import Household
from portal.demo.steps import Story, own_words, told_days_ago, worked
from portal.domain.calendar import in_london
from portal.domain.securing import Charge, Decision, Payer, RightToOccupy, Source, proposed_payer
from portal.homes.securing import damage, work_orders
from portal.homes.securing import service as securing
from portal.homes.securing.damage import Damage, Settled
from portal.homes.securing.service import Asked, Decided
from portal.homes.securing.work_orders import About, Job

AGREED = Decision(
    agreed=True,
    reason="The back door was tried twice at night.",
    reasonable=True,
    necessary=True,
    lead="The repairs manager",
    partner="The fire service",
    needs="None, they said",
    right=RightToOccupy.NOBODY,
    permitted_by="The tenant, alone on the agreement",
)
WANTED = "The back door and the kitchen window beside it."


def made_safer(desk: Desk) -> Story:
    """A lock that is agreed to and out with a contractor, a door that was mended, and a request that waits."""
    home = desk.homes.household(woman=True, tie="parted")
    yield told_days_ago(desk, 16, 24)
    case_id, officer = yield from worked(desk, home, own_words(desk, home))
    yield desk.soon(60, 300)
    broken = Damage(
        in_london(desk.now).date(), unsafe=True, words="The front door was kicked in; it does not shut."
    )
    broken_id = damage.record(desk.session, case_id, broken, officer, desk.now)
    mended = _job(desk, home, "Mend the front door and its frame; fit a new lock.", "emergency")
    mending = work_orders.order(desk.session, case_id, About(damage_id=broken_id), mended, officer, desk.now)
    yield desk.soon(120, 400)
    work_orders.end(
        desk.session,
        case_id,
        mending,
        done=True,
        at=desk.now,
        words="Done. They have both keys.",
        actor=officer,
        now=desk.now,
    )
    payer = proposed_payer(desk.version.policy)
    charge = Charge(payer, safe=True if payer is Payer.PERPETRATOR else None)
    damage.settle(
        desk.session,
        case_id,
        broken_id,
        2,
        Settled(charge, 31_500, "known", "Log 311"),
        officer,
        desk.now,
        is_manager=False,
    )
    yield max(desk.now, desk.today - timedelta(hours=desk.chance.randint(4, 8)))
    ours = [each for each in desk.version.policy.securing.measures if each.given_by is None]
    agreed = securing.ask(
        desk.session, case_id, Asked(ours[0].id, Source.SURVIVOR, WANTED), officer, desk.now
    )
    decided = Decided(AGREED, cost=12_000)
    securing.decide(desk.session, case_id, agreed, 1, decided, officer, desk.now, is_manager=False)
    job = _job(desk, home, "Fit two new locks to the back door.", "urgent")
    work_orders.order(desk.session, case_id, About(measure_id=agreed), job, officer, desk.now)
    waits = Asked(ours[-1].id, Source.POLICE, "The yard is dark at night; anybody can stand behind the bins.")
    securing.ask(desk.session, case_id, waits, officer, desk.now)


def _job(desk: Desk, home: Household, what: str, urgency: str) -> Job:
    begins = desk.soon(1500, 2500)
    return Job(
        what,
        home.address,
        "Knock twice and wait.",
        "Agreed by a safe way, the day before.",
        "Example Joinery",
        urgency,
        begins,
        begins + timedelta(hours=2),
    )

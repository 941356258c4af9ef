"""Stories of the person who harms and the tenancy: a step that waits for a manager, a notice that came."""

from datetime import timedelta

from portal.demo.desk import Desk
from portal.demo.steps import Story, own_words, told_days_ago, worked
from portal.domain.calendar import in_london
from portal.domain.flags import About, Mark, Wording
from portal.domain.policy.perpetrators import Evidence
from portal.domain.rehousing.offers import Tenure
from portal.domain.tenancy.gate import Gate, Step
from portal.domain.tenancy.holding import Agreement, Held, Holding, Tie
from portal.domain.tenancy.register import Found, Place, Reply, Verdict
from portal.homes.flags import service as flags
from portal.homes.tenancy import register, service, steps
from portal.homes.tenancy.register import Opened
from portal.homes.tenancy.service import Arrived
from portal.homes.tenancy.steps import Asked

JOINT = Holding(Held.JOINT, Tenure.ASSURED, Agreement.OWN, Tie.PARTNERS, left=True, not_returning=None, caused=True)


def joint_tenants(desk: Desk) -> Story:
    """Joint tenants, one of whom gave notice; an injunction that a manager has to decide on; the register."""
    home = desk.homes.household(woman=True, tie="parted")
    yield told_days_ago(desk, 9, 30)
    case_id, officer = yield from worked(desk, home, own_words(desk, home))
    yield desk.soon(60, 300)
    service.hold(desk.session, case_id, 0, JOINT, "The agreement of 2019, signed by both.", officer, desk.now)
    yield desk.soon(200, 900)
    gate = Gate(
        safe=True,
        safety=home.say("{She} stays with a sister; nobody there is known to the other person."),
        wishes=home.say("{She} wants to go home without fear."),
        agrees=True,
        needs="The present home, with new locks.",
    )
    words = "Came to the door three nights in a row; a neighbour wrote it down."
    steps.ask(desk.session, case_id, Asked(Step.INJUNCTION, "", gate, words), officer, desk.now)
    yield max(desk.now, desk.today - timedelta(hours=desk.chance.randint(3, 20)))
    day = in_london(desk.now).date()
    came = Arrived("other", day, day + timedelta(days=28), "Four weeks, signed by one of the two.")
    service.quit_arrived(desk.session, case_id, came, officer, desk.now)
    mark = Mark(
        About.ADDRESS,
        Wording.TWO,
        home.address,
        "The other person comes by without warning.",
        "Log 311 of the police, and a neighbour’s note.",
        "The repairs planner; not the two tenants.",
        day + timedelta(days=90),
    )
    flags.put(desk.session, case_id, mark, officer, desk.now)
    opened = Opened(Place.APPLYING, "A-1007", "Known from this case; an order of the court is on record.")
    check = register.start(desk.session, case_id, opened, officer, desk.now)
    found = Found(
        Verdict.NOTHING,
        (Evidence.ORDER,),
        "A copy of the order is kept with the case",
        "The order ends before a home would be offered; looked at again if it is renewed.",
        Reply.NONE,
        None,
    )
    register.decide(desk.session, case_id, check, 1, found, officer, desk.now, is_manager=False)

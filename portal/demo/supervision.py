"""What seniors and managers of the demonstration see to: closings, holds on records, reviews of casework."""

from portal.cases.closing.service import Closing, Residual, ToldHow, close
from portal.cases.retention.service import HoldKind, hold
from portal.cases.reviews.service import draw
from portal.demo.desk import Desk
from portal.demo.grave import answered
from portal.demo.moments import HOUR
from portal.demo.steps import Story, own_words, told_days_ago, worked
from portal.demo.steps import closed as closed_case
from portal.domain.lifecycle import CloseReason

DRAWN = 3


def closing_waits(desk: Desk) -> Story:
    """High risk is left, so a second person has to agree before the case is closed."""
    home = desk.homes.household()
    yield told_days_ago(desk, 20, 60)
    case_id, officer = yield from worked(desk, home, own_words(desk, home))
    yield desk.today - 5 * HOUR
    ending = Closing(
        CloseReason.DECLINED,
        home.say("{She} wants no more help for now, and knows how to come back."),
        Residual.HIGH,
        home.say("{She} has a sister in the next street; the locks are new."),
        ToldHow.SPOKEN,
    )
    answered(desk, case_id, officer)
    close(desk.session, case_id, ending, officer, desk.now)


def held(desk: Desk) -> Story:
    """Closed, and a court may still ask for the record."""
    case_id, _officer = yield from closed_case(desk, desk.homes.household())
    yield desk.soon(300, 3000)
    why = "The solicitor wrote that the hearing is in the spring."
    hold(desk.session, case_id, HoldKind.COURT, why, desk.team.manager, desk.now)


def drawn_for_review(desk: Desk) -> Story:
    """The senior drew a sample this week; nobody has looked at it yet."""
    yield told_days_ago(desk, 1, 3)
    draw(desk.session, DRAWN, desk.team.senior, desk.now)

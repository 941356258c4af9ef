"""Stories in which somebody is met, at an office and at a place of their own, or asks for something in another form."""

from datetime import datetime
from uuid import UUID

from portal.cases.advice.service import Advised, advise
from portal.cases.elsewhere import service as elsewhere
from portal.cases.meetings import service as meetings
from portal.cases.meetings.service import Booking, Moment
from portal.cases.needs import service as needs
from portal.cases.signposts.service import Given
from portal.cases.support.service import Offer, offer
from portal.demo import safe_ways, telling
from portal.demo.desk import Desk
from portal.demo.moments import DAY, HOUR, in_office
from portal.demo.steps import Story, told_days_ago, worked
from portal.domain.advice import Result, Topic
from portal.domain.contact import guard_meeting
from portal.domain.duties import PaperForm, Wanted
from portal.domain.meetings import Agreed, Place, Purpose, State, Venue
from portal.domain.support import Answer, Body
from portal.duties.service import ask_for_form
from portal.store.audit import PUBLIC, Actor

LIBRARY = "The reading room of the library, by the side door"


def is_met(desk: Desk) -> Story:
    """Met once at an office, and soon again at a place that they chose; what they need came out in the talk."""
    home = desk.homes.household(woman=True)
    yield told_days_ago(desk, 24, 40)
    safe = safe_ways.any_time(home, desk.chance)
    told = telling.own_report(home, desk.version.policy, desk.chance, safe)
    case_id, officer = yield from worked(desk, home, told)
    yield desk.soon(60, 300)
    first = _safe(desk, case_id, desk.now + DAY)
    if first is None or first > desk.today - DAY:
        return
    place = Place(Venue.OFFICE, Agreed.THEMSELVES, office="main")
    meeting = _book(desk, case_id, place, first, officer, "They come by bus, and leave first.")
    yield first + HOUR
    said = "They came. A quiet talk; they want to think about it."
    meetings.end(desk.session, case_id, meeting, 1, State.HELD, said, officer, desk.now)
    words = "They would rather have somebody beside them."
    needs.record(desk.session, case_id, ["supporter", "bsl"], ["no_recourse"], words, officer, desk.now)
    _advised(desk, case_id, officer)
    yield min(desk.soon(300, 900), desk.today - HOUR)
    then = _safe(desk, case_id, desk.today + DAY)
    if then:
        _book(desk, case_id, Place(Venue.AGREED_PLACE, Agreed.THEMSELVES, where=LIBRARY), then, officer, "")


def asks_for_another_form(desk: Desk) -> Story:
    """Somebody asks for the policy in another language, and a few days later somebody else for it in Braille."""
    for form, language, days in ((PaperForm.LANGUAGE, "Polish", 6), (PaperForm.BRAILLE, "", 1)):
        home = desk.homes.household()
        yield desk.today - days * DAY
        ask_for_form(desk.session, Wanted(form, language, home.name, home.address), PUBLIC, desk.now)


def _book(desk: Desk, case_id: UUID, place: Place, at: datetime, officer: Actor, note: str) -> UUID:
    booking = Booking(Purpose.TALK, place, Moment(at), officer.account_id, note)
    return meetings.book(desk.session, case_id, booking, officer, desk.now)


def _safe(desk: Desk, case_id: UUID, earliest: datetime) -> datetime | None:
    """The first office hour from then on at which they can be met."""
    safe, at = desk.safe_contact(case_id), in_office(earliest, desk.version.calendar)
    for _ in range(200):
        if guard_meeting(safe, at, at_home=False).allowed:
            return at
        at = in_office(at + HOUR, desk.version.calendar)
    return None


def _advised(desk: Desk, case_id: UUID, officer: Actor) -> None:
    """Advice on the home and on what there is to choose from, and a service that is asked to help."""
    choices = "Stay with new locks, or ask for a move; what each takes, and how long."
    theirs, home = "To stay, or to move. We go through both.", "Locks, lights, the letter box."
    for what in (
        Advised(Topic.CHOICES, Given.SPOKEN, Result.ADVISED, choices, for_them=theirs),
        Advised(Topic.HARDENING, Given.PAPER, Result.SUPPORTED, home, "The locksmith’s leaflet"),
    ):
        advise(desk.session, case_id, what, officer, desk.now)
    asked = Offer(Body.SPECIALIST, "Larkspur House", Answer.AGREED, "words", "", "A first name, and how to reach them.")
    offer(desk.session, case_id, asked, officer, desk.now)
    if desk.version.policy.record.other_system.value:
        elsewhere.keep(desk.session, case_id, "DEMO-20417", officer, desk.now)

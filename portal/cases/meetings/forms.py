"""What is filled in to book a meeting, to move it, and about what came of it."""

from collections.abc import Iterable
from uuid import UUID

from wtforms import DateField, RadioField, SelectField, StringField, TimeField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import AnyOf, InputRequired, Length, Optional

from portal.cases.forms import MomentForm, RevisedForm, text
from portal.cases.meetings.service import Booking, Moment
from portal.cases.meetings.words import AGREED, PURPOSES, STATES, VENUES
from portal.domain.calendar import at_wall_clock
from portal.domain.intake import YesNo
from portal.domain.meetings import CAME_OF_IT, Agreed, Place, Purpose, State, Venue
from portal.landlords.stored_face import Open
from portal.people.queries import Colleague
from portal.web.forms import Form, options, stripped

OFFICER = "The officer of the case"
ALONE = "Nobody"
SAFE = {"yes": "Yes", "no": "No", "unknown": "Not asked, or not sure"}
WHY = "Reason for meeting outside the hours that they said are safe"


class BookForm(Form):
    """A meeting: what for, where, agreed by whom, when, and with whom."""

    purpose = RadioField(
        "What for", choices=options(PURPOSES), validate_choice=False,
        validators=[AnyOf(PURPOSES, "Choose what it is for.")],
    )  # fmt: skip
    venue = RadioField(
        "Where", choices=options(VENUES), validate_choice=False, validators=[AnyOf(VENUES, "Choose where.")]
    )
    office = RadioField("Which office", [Optional()], choices=[], validate_choice=False)
    where = StringField(
        "Which other place",
        [Optional(), Length(max=300, message="That is too long for a line.")],
        filters=[stripped],
        description="A library, a children’s centre, a room of a support service.",
    )
    safe_for_them = RadioField(
        "Is it safe to come to their home?", [Optional()], choices=options(SAFE), validate_choice=False
    )
    safe_for_staff = RadioField(
        "Is it safe for whoever goes there?", [Optional()], choices=options(SAFE), validate_choice=False
    )
    agreed = RadioField(
        "Is the place agreed?", choices=options(AGREED), validate_choice=False,
        validators=[AnyOf(AGREED, "Choose who agreed to it.")],
    )  # fmt: skip
    day = DateField("Day", [InputRequired("Enter the day.")])
    time = TimeField("Time", [InputRequired("Enter the time, like 14:30.")])
    officer = SelectField("Who meets them", [Optional()], choices=options({"": OFFICER}))
    second = SelectField(
        "Which colleague goes along",
        [Optional()],
        choices=options({"": ALONE}),
        description="Needed where an assessment found a risk to staff.",
    )
    why_alone = text("Why one person is enough all the same", hint="Only where nobody can go along.", rows=2)
    note = text("For their safety (you can skip this)", hint="How they get there and away, who may come along.", rows=2)
    why = text(WHY, rows=2)

    def offer(self, offices: Iterable[Open], who: Iterable[Colleague]) -> None:
        """Every office that is open to customers, and the colleagues who can meet them."""
        self.office.choices = [SelectChoice(each.id, each.name, {"hint": _about(each)}) for each in offices]
        able = {str(each.account_id): each.name for each in who}
        self.officer.choices = options({"": OFFICER} | able)
        self.second.choices = options({"": ALONE} | able)

    def booking(self, *, may_override: bool) -> Booking:
        """The meeting as the service takes it."""
        place = Place(
            Venue(self.venue.data),
            Agreed(self.agreed.data),
            self.office.data or "",
            self.where.data or "",
            _yes_no(self.safe_for_them.data),
            _yes_no(self.safe_for_staff.data),
        )
        return Booking(
            Purpose(self.purpose.data),
            place,
            Moment(at_wall_clock(self.day.data, self.time.data), self.why.data or "", may_override),
            UUID(self.officer.data) if self.officer.data else None,
            self.note.data or "",
            UUID(self.second.data) if self.second.data else None,
            self.why_alone.data or "",
        )


class MoveForm(MomentForm):
    """Another time for a meeting."""

    why = text(WHY, rows=2)

    def to(self, *, may_override: bool) -> Moment:
        """The time as the service takes it."""
        return Moment(self.moment(), self.why.data or "", may_override)


class OutcomeForm(RevisedForm):
    """What came of a meeting."""

    came = RadioField(
        "What came of it", choices=options({each: STATES[each] for each in CAME_OF_IT}), validate_choice=False,
        validators=[AnyOf(CAME_OF_IT, "Choose what came of it.")],
    )  # fmt: skip
    words = text("In short (you can skip this)", hint="What was said belongs into the contact that you record.", rows=2)

    @property
    def state(self) -> State:
        """What was chosen."""
        return State(self.came.data)


def _about(office: Open) -> str:
    return ". ".join(filter(None, (office.address, office.hours)))


def _yes_no(value: str | None) -> YesNo:
    return YesNo(value) if value in set(YesNo) else YesNo.UNKNOWN

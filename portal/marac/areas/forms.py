"""What a coordinator fills in about an area."""

from datetime import datetime

from wtforms import DateField, IntegerField, SelectField, SelectMultipleField, StringField, TimeField
from wtforms.validators import AnyOf, DataRequired, InputRequired, Length, NumberRange
from wtforms.widgets import HiddenInput

from portal.domain.calendar import at_wall_clock
from portal.domain.marac import Lines
from portal.marac.areas.queries import AreaRow
from portal.marac.areas.service import MOST_DAYS, Terms
from portal.partners.agencies.queries import AgencyRow
from portal.web.forms import Form, options, stripped

TOO_LONG = Length(max=300, message="That is too long.")


class AreaForm(Form):
    """How it works."""

    rhythm = StringField("How often it meets", [DataRequired("Say how often it meets."), TOO_LONG], filters=[stripped])
    deadline_days = IntegerField(
        "Referrals close so many days before", [InputRequired("Enter a number of days."),
        NumberRange(0, MOST_DAYS, f"Enter a number from 0 to {MOST_DAYS}.")],
    )  # fmt: skip
    secure_address = StringField(
        "Secure address", [DataRequired("Say where papers go safely."), TOO_LONG], filters=[stripped],
        description="Every landlord on the portal reads it.",
    )  # fmt: skip
    contact = StringField("Whom to ring", [DataRequired("Say whom to ring."), TOO_LONG], filters=[stripped])
    revision = IntegerField("", [InputRequired()], widget=HiddenInput())

    def terms(self) -> Terms:
        """As the service takes it."""
        return Terms(self.rhythm.data, self.deadline_days.data, self.secure_address.data, self.contact.data)


class LinesForm(Form):
    """Its own numbers."""

    since = DateField("Since", [InputRequired("Enter the first day.")])
    threshold = IntegerField(
        "Answers of yes", [InputRequired("Enter a number."), NumberRange(1, 30, "Enter a number from 1 to 30.")]
    )
    incidents = IntegerField(
        "Incidents in 12 months", [InputRequired("Enter a number."), NumberRange(1, 30, "Enter a number from 1 to 30.")]
    )

    def lines(self) -> Lines:
        """As the service takes it."""
        return Lines(self.since.data, self.threshold.data, self.incidents.data)


class MeetingForm(Form):
    """When it meets, and until when it takes referrals."""

    day = DateField("Day", [InputRequired("Enter the day.")])
    time = TimeField("Time", [InputRequired("Enter the time, like 14:30.")])
    closes = DateField("Last day for referrals", [InputRequired("Enter the last day for referrals.")])
    closes_time = TimeField("Until", [InputRequired("Enter the time, like 17:00.")])

    def at(self) -> datetime:
        """When it begins."""
        return at_wall_clock(self.day.data, self.time.data)

    def closes_at(self) -> datetime:
        """Until when referrals are taken."""
        return at_wall_clock(self.closes.data, self.closes_time.data)


class SeatForm(Form):
    """Which agency sits there."""

    agency = SelectField("Which agency", validate_choice=False)

    def offer(self, found: list[AgencyRow], area: AreaRow) -> None:
        """Those of the portal's list that do not sit there yet: bodies only, so that no person can be invited."""
        sitting = {each.agency_id for each in area.seats} | {area.agency_id}
        names = {str(each.id): each.name for each in found if each.active and each.id not in sitting}
        self.agency.choices = options({"": "Choose"} | names)
        self.agency.validators = [AnyOf(names, "Choose an agency.")]


class AttendedForm(Form):
    """Which of them came."""

    came = SelectMultipleField("Who came")

    def offer(self, area: AreaRow) -> None:
        """Those that sit there."""
        self.came.choices = options({str(each.agency_id): each.agency for each in area.seats})

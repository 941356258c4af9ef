"""What an officer fills in to share a case with an agency in the portal."""

from datetime import date, datetime, timedelta

from wtforms import DateField, IntegerField, SelectMultipleField
from wtforms.validators import InputRequired
from wtforms.widgets import HiddenInput

from portal.cases.disclosures.words import PARTS
from portal.domain.calendar import at_wall_clock
from portal.domain.sharing import Part
from portal.partners.grants.service import Wanted
from portal.web.forms import Form, options

MIDNIGHT = datetime.min.time()
DAY = timedelta(days=1)


class PartsForm(Form):
    """Which parts, and until when."""

    parts = SelectMultipleField("What they can read", [InputRequired("Choose at least one part.")])
    until = DateField("Until the end of", [InputRequired("Enter the last day.")])

    def offer(self, parts: tuple[Part, ...]) -> None:
        """The parts that can be chosen."""
        self.parts.choices = options({part: PARTS[part] for part in parts})

    def chosen(self) -> frozenset[Part]:
        """The parts that were chosen."""
        return frozenset(map(Part, self.parts.data))

    def ends(self) -> datetime:
        """The moment with which that day ends, by London clocks."""
        return at_wall_clock(self.until.data + DAY, MIDNIGHT)


class GrantForm(PartsForm):
    """A case is offered."""

    since = DateField("From", [InputRequired("Enter the first day.")])

    def wanted(self, today: date, now: datetime) -> Wanted:
        """As the service takes it; what begins today begins now."""
        begins = now if self.since.data <= today else at_wall_clock(self.since.data, MIDNIGHT)
        return Wanted(self.chosen(), begins, self.ends())


class ChangeForm(PartsForm):
    """It is narrowed, or lasts longer."""

    revision = IntegerField("", [InputRequired()], widget=HiddenInput())


class RevokeForm(Form):
    """It ends now."""

    revision = IntegerField("", [InputRequired()], widget=HiddenInput())

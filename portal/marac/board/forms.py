"""What a coordinator fills in about one case."""

from wtforms import IntegerField, SelectField
from wtforms.validators import AnyOf, InputRequired
from wtforms.widgets import HiddenInput

from portal.cases.forms import text
from portal.domain.wording import say_moment
from portal.marac.areas.queries import AreaRow, MeetingRow
from portal.web.forms import Form, options


class StepForm(Form):
    """A step with a case, as it was seen."""

    revision = IntegerField("", [InputRequired()], widget=HiddenInput())


class ListForm(StepForm):
    """For which meeting."""

    meeting = SelectField("For which meeting", validate_choice=False)

    def offer(self, meetings: list[MeetingRow]) -> None:
        """Those to come."""
        names = {str(each.id): say_moment(each.at) for each in meetings}
        self.meeting.choices = options({"": "Choose the meeting"} | names)
        self.meeting.validators = [AnyOf(names, "Choose a meeting to come.")]


class ReturnForm(StepForm):
    """Why it is given back."""

    reason = text("Why it is given back", needed="Say why.", rows=2)


class MoveForm(StepForm):
    """Where it belongs."""

    area = SelectField("To which area", validate_choice=False)
    reason = text("Why it belongs there", needed="Say why.", rows=2)

    def offer(self, areas: list[AreaRow], here: AreaRow) -> None:
        """The other areas."""
        names = {str(each.id): each.name for each in areas if each.active and each.id != here.id}
        self.area.choices = options({"": "Choose the area"} | names)
        self.area.validators = [AnyOf(names, "Choose another area.")]

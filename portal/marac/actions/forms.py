"""What is filled in about an action."""

from uuid import UUID

from wtforms import BooleanField, DateField, RadioField, SelectField
from wtforms.validators import AnyOf, InputRequired

from portal.cases.forms import text
from portal.domain.marac import Ended, Shown
from portal.marac.actions.service import Agreed, Came
from portal.marac.actions.words import ENDINGS
from portal.marac.areas.queries import AreaRow
from portal.marac.papers.forms import SHOWN
from portal.web.forms import Form, options

LANDLORD = "landlord"


class ActionForm(Form):
    """Who does what by when."""

    whose = SelectField("Who does it", validate_choice=False)
    words = text("What", needed="Say what is to be done.", rows=2)
    due_on = DateField("By the end of", [InputRequired("Enter the day.")])
    shown = BooleanField("The landlord sees that it was agreed")

    def offer(self, area: AreaRow, landlord: str) -> None:
        """The landlord whose case it is, who sits there, and the coordinator."""
        names = {LANDLORD: landlord} | {str(each.agency_id): each.agency for each in area.seats}
        names |= {str(area.agency_id): area.agency}
        self.whose.choices = options({"": "Choose"} | names)
        self.whose.validators = [AnyOf(names, "Choose who does it.")]

    def agreed(self) -> Agreed:
        """As the service takes it."""
        ours = self.whose.data == LANDLORD
        return Agreed(None if ours else UUID(self.whose.data), self.words.data, self.due_on.data, self.shown.data)


class EndActionForm(Form):
    """What came of it."""

    ended = RadioField("What came of it", choices=options(ENDINGS), validate_choice=False,
                       validators=[AnyOf([each.value for each in ENDINGS], "Choose what came of it.")])  # fmt: skip
    words = text("What shows that it is done, or why not", rows=3)

    def came(self) -> Came:
        """As the service takes it, from the landlord: all who sit there read it."""
        return Came(Ended(self.ended.data), self.words.data or "", Shown.ALL)


class EndTheirActionForm(EndActionForm):
    """The same at an agency, which says who reads its words."""

    shown = RadioField(
        "Who reads what you write", validate_choice=False,
        choices=options({each: SHOWN[each] for each in (Shown.COORDINATOR, Shown.ALL)}),
        validators=[AnyOf([Shown.COORDINATOR.value, Shown.ALL.value], "Choose who reads it.")],
    )  # fmt: skip

    def came(self) -> Came:
        """As the service takes it."""
        return Came(Ended(self.ended.data), self.words.data or "", Shown(self.shown.data))

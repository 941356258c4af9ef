"""The research sheet of one body."""

from wtforms import BooleanField, IntegerField, RadioField
from wtforms.validators import AnyOf, InputRequired
from wtforms.widgets import HiddenInput

from portal.cases.forms import text
from portal.domain.marac import Shown
from portal.web.forms import Form, options

SHOWN = {
    Shown.OWN: "Nobody else yet",
    Shown.COORDINATOR: "The coordinator",
    Shown.ALL: "The coordinator, all who sit there, and the landlord",
}


class ResearchForm(Form):
    """What this body knows, as little as the meeting needs."""

    words = text(
        "What we know that the meeting needs", needed="Write what the meeting needs, or that nothing is known.", rows=8,
        hint="Facts with their dates. What others told in confidence, and what does not bear on safety, stays out.",
    )  # fmt: skip
    shown = RadioField("Who reads it", choices=options(SHOWN), validate_choice=False,
                       validators=[AnyOf([each.value for each in SHOWN], "Choose who reads it.")])  # fmt: skip
    least = BooleanField(
        "It is the least that is needed, and in proportion", [InputRequired("Look once more, then tick this.")]
    )
    revision = IntegerField("", [InputRequired()], widget=HiddenInput())

    def who(self) -> Shown:
        """As the service takes it."""
        return Shown(self.shown.data)

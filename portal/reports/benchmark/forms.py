"""Taking part in the comparison, and leaving it."""

from wtforms import BooleanField
from wtforms.validators import DataRequired

from portal.web.forms import Form


class JoinForm(Form):
    """It is decided here, by this landlord alone."""

    agreed = BooleanField(
        "Whoever answers for our figures here has agreed that we take part",
        [DataRequired("Tick this once whoever answers for the figures has agreed.")],
    )


class LeaveForm(Form):
    """Nothing is asked."""

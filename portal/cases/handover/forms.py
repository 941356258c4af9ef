"""Whose work is handed over, and to whom."""

from wtforms import SelectField, SelectMultipleField
from wtforms.validators import InputRequired

from portal.cases.forms import text
from portal.web.forms import Form


class HandoverForm(Form):
    """One person gives, one or several take in turn."""

    giver = SelectField("Whose work", [InputRequired("Choose whose work is handed over.")])
    takers = SelectMultipleField("Who takes it", [InputRequired("Choose who takes it.")])
    why = text("Why", needed="Write why.", hint="It stands on the timeline of every case.", rows=2)

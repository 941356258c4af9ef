"""What is filled in about keeping a record."""

from wtforms import DateField
from wtforms.validators import InputRequired

from portal.cases.closing.forms import choose
from portal.cases.forms import text
from portal.cases.retention.service import HoldKind
from portal.cases.words import HOLDS
from portal.web.forms import Form


class HoldForm(Form):
    """Who needs the record."""

    kind = choose("Who needs it", {HoldKind(code): says for code, says in HOLDS.items()}, "Choose who needs it.")
    words = text("Why, and until what happens", needed="Write why it is held.", rows=2)


class LiftForm(Form):
    """Why a hold ends."""

    words = text("Why the hold ends", needed="Write why the hold ends.", rows=2)


class KeepForm(Form):
    """Another end of keeping for this one record."""

    day = DateField("Keep it until", [InputRequired("Enter the day.")])
    reason = text("Why", needed="Write why.", rows=2)

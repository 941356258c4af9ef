"""What is filled in about minutes and attendance."""

from wtforms import BooleanField, RadioField, StringField
from wtforms.validators import AnyOf, Length, Optional

from portal.cases.forms import text
from portal.web.forms import Form, options, stripped


class MinutesForm(Form):
    """What was said of one case."""

    words = text("What was said of this case", needed="Write the minutes.", rows=10,
                 hint="Facts, risks and what was agreed. Minutes stand apart from every other record.")  # fmt: skip
    circulated = BooleanField("Those who sit there, and those at the landlord who are cleared for it, can read them")


class AttendanceForm(Form):
    """Whether this landlord was there."""

    came = RadioField(
        "Was somebody of us there", choices=options({"yes": "Yes", "no": "No"}), validate_choice=False,
        validators=[AnyOf(["yes", "no"], "Choose one.")],
    )  # fmt: skip
    who = StringField(
        "Who, and in which post", [Optional(), Length(max=200, message="That is too long.")], filters=[stripped]
    )
    reason = text("If nobody went, why", rows=2)

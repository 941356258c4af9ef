"""What is filled in when an agency is asked, and when it answers."""

from wtforms import DateField, RadioField
from wtforms.validators import AnyOf, InputRequired

from portal.cases.forms import text
from portal.cases.tasks.forms import ENDINGS
from portal.web.forms import Form, options


class AskForm(Form):
    """What and by when."""

    words = text("What they are asked to do", needed="Say what they are asked to do.", rows=2)
    due_on = DateField("By the end of", [InputRequired("Enter the day.")])


class CameForm(Form):
    """What came of it."""

    ending = RadioField("What came of it", choices=options(ENDINGS), validate_choice=False,
                        validators=[AnyOf([each.value for each in ENDINGS], "Choose what came of it.")])  # fmt: skip
    words = text("How, or why not", hint="The landlord reads it.", rows=2)

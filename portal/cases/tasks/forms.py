"""What is filled in about a task: what and by when, and how it ended."""

from wtforms import DateField, HiddenField, RadioField
from wtforms.validators import AnyOf, Optional

from portal.cases.forms import text
from portal.cases.tasks.service import Ending
from portal.web.forms import Form, options

ENDINGS = {
    Ending.DONE: "Done",
    Ending.UNABLE: "Tried, and could not be done",
    Ending.NOT_NEEDED: "Not needed any more",
}


class TaskForm(Form):
    """A task of one's own wording."""

    words = text("What is to be done", needed="Say what is to be done.", rows=2)
    day = DateField("By the end of (you can skip this)", [Optional()])


class EndTaskForm(Form):
    """How a task ended."""

    task_id = HiddenField()
    ending = RadioField(
        "What came of it",
        choices=options(ENDINGS),
        validate_choice=False,
        validators=[AnyOf([each.value for each in ENDINGS], "Choose what came of it.")],
    )
    words = text("How, or why not", hint="You can skip this where it is done.", rows=2)

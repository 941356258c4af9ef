"""What is filled in about a task: what and by when, and how it ended."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from wtforms import DateField, HiddenField, RadioField, SelectField
from wtforms.validators import AnyOf, Optional

from portal.cases.forms import text
from portal.cases.tasks.service import Ending
from portal.people.queries import Colleague
from portal.web.forms import Form, options

OFFICER = "The officer of the case"

ENDINGS = {
    Ending.DONE: "Done",
    Ending.UNABLE: "Tried, and could not be done",
    Ending.NOT_NEEDED: "Not needed any more",
}


class OwnedForm(Form):
    """A form that says who does it; nobody in particular is the officer of the case."""

    owner = SelectField("Who does it", [Optional()], choices=options({"": OFFICER}))

    def offer(self, who: Iterable[Colleague]) -> None:
        """The colleagues who can be given it."""
        self.owner.choices = options({"": OFFICER} | {str(each.account_id): each.name for each in who})

    @property
    def account_id(self) -> UUID | None:
        """The colleague who was chosen."""
        return UUID(self.owner.data) if self.owner.data else None


class TaskForm(OwnedForm):
    """A task of one's own wording."""

    words = text("What is to be done", needed="Say what is to be done.", rows=2)
    day = DateField("By the end of (you can skip this)", [Optional()])


class ChangeTaskForm(OwnedForm):
    """Who does it from now on, and by when."""

    day = DateField("By the end of", [Optional()])
    why = text("Why the date moves", rows=2)


class EndTaskForm(Form):
    """How a task ended."""

    task_id = HiddenField()
    ending = RadioField(
        "What came of it",
        choices=options(ENDINGS),
        validate_choice=False,
        validators=[AnyOf([each.value for each in ENDINGS], "Choose what came of it.")],
    )
    words = text("What shows that it is done, or why not", hint="You can skip this where it is done.", rows=2)

    def validate(self, extra_validators: Any = None) -> bool:  # noqa: ANN401 - as WTForms has it
        """Not done is never left without a reason."""
        fine: bool = super().validate(extra_validators)
        if fine and self.ending.data != Ending.DONE and not self.words.data:
            self.refuse("words", "Write why.")
            return False
        return fine

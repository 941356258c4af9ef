"""What is filled in about who may know of a case: whom, and why."""

from uuid import UUID

from wtforms import BooleanField, HiddenField, SelectField, SelectMultipleField, StringField
from wtforms.validators import DataRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget

from portal.cases.forms import text
from portal.web.forms import Form, stripped

BLANK = {"": "Choose a colleague"}


def account_of(sent: str) -> UUID:
    """The account with this id; what is no id at all is nobody's."""
    try:
        return UUID(sent)
    except ValueError:
        return UUID(int=0)


class RestrictForm(Form):
    """Whom to name at once, and why."""

    accounts = SelectMultipleField(
        "Who else may open it",
        description="You and the officer who has the case always may.",
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
        validate_choice=False,
    )
    words = text("Why it is restricted", needed="Say why it is restricted.", rows=2)

    def chosen(self) -> list[UUID]:
        """The accounts that were ticked."""
        return [account_of(each) for each in self.accounts.data or ()]


class WhyForm(Form):
    """Something that needs nothing but its reason."""

    words = text("Why", needed="Say why.", rows=2)


class ColleagueForm(Form):
    """A colleague, and the reason."""

    account_id = SelectField("Colleague", [DataRequired("Choose a colleague.")], validate_choice=False)
    words = text("Why", needed="Say why.", rows=2)

    def chosen(self) -> UUID:
        """The account that was chosen."""
        return account_of(self.account_id.data)


class FromSomebodyForm(Form):
    """From whom somebody is barred: nobody in particular, or somebody and so every case of theirs."""

    person = SelectField("Which cases", validate_choice=False)

    def of(self) -> UUID | None:
        """The person from whom they are barred."""
        return account_of(self.person.data) if self.person.data else None


class BarForm(ColleagueForm, FromSomebodyForm):
    """A colleague who must not know, of what, and why."""


class RelatedForm(FromSomebodyForm):
    """Somebody says that they are related to the case themselves."""

    sure = BooleanField("I must not know of this case", [DataRequired("Tick the box if it is so.")])
    words = text("Why", needed="Say why. Managers on the case read it.", rows=2)


class EmergencyForm(Form):
    """The exact reference of a restricted case, and why it cannot wait."""

    reference = StringField(
        "Reference of the case", [DataRequired("Enter the reference."), Length(max=40)], filters=[stripped]
    )
    words = text("What cannot wait", needed="Say what cannot wait.", rows=3)
    answered = HiddenField()

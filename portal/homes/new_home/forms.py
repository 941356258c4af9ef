"""What is filled in about a new address. What is kept already is never filled in again."""

from uuid import UUID

from wtforms import DateField, SelectField, SelectMultipleField
from wtforms.validators import DataRequired, Optional, ValidationError

from portal.cases.forms import RevisedForm, text
from portal.homes.new_home.service import Address
from portal.homes.new_home.words import GIVES_AWAY
from portal.web.forms import Form, options


class KeepForm(RevisedForm):
    """The address, and from when on it may be known."""

    lines = text("The new address", needed="Write the new address.", rows=3)
    known_from = DateField(
        "It may be known from",
        [Optional()],
        description="Only as they say. Leave it empty, and only those who are named can open it.",
    )
    words = text("What they said about that", rows=2)

    def validate_known_from(self, field: DateField) -> None:
        """Nobody but they can say so."""
        if field.data and not self.words.data:
            raise ValidationError("Write below what they said: only they can let it be known.")

    def address(self) -> Address:
        """As the service takes it."""
        return Address(self.lines.data, self.known_from.data, self.words.data or "")


class GoneThroughForm(Form):
    """What else gives the address away, as far as it was gone through."""

    ticked = SelectMultipleField("Gone through with them", choices=options(GIVES_AWAY), validate_choice=False)

    def chosen(self) -> frozenset[str]:
        """What was ticked, of what stands there."""
        return frozenset(self.ticked.data or ()) & GIVES_AWAY.keys()


class NameForm(Form):
    """A colleague who may open it, and why."""

    account_id = SelectField("Colleague", [DataRequired("Choose a colleague.")], validate_choice=False)
    words = text("Why they need it", needed="Write why they need it.", rows=2)

    def chosen(self) -> UUID:
        """The account that was chosen; what is no id at all is nobody's."""
        try:
            return UUID(self.account_id.data)
        except ValueError:
            return UUID(int=0)

"""What is asked for a token."""

from wtforms import RadioField, SelectMultipleField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import AnyOf, InputRequired, Length, ValidationError

from portal.domain.systems import LASTS, SCOPES, ApiScope
from portal.systems.tokens.service import Wanted
from portal.web.forms import Form, options, stripped

DAYS = {each: f"{each} days" for each in LASTS}


class TokenForm(Form):
    """A token."""

    system = StringField(
        "What the system is called",
        [InputRequired("Write what the system is called."), Length(max=60, message="Use 60 letters at most.")],
        filters=[stripped],
        description="It stands in the audit and in the story of a case: “Repairs”, for example.",
    )
    scopes = SelectMultipleField("What it may do", validate_choice=False)
    lasts = RadioField(
        "How long", choices=options(DAYS), validate_choice=False, default="90",
        validators=[AnyOf(list(LASTS), "Choose how long.")],
        description="Then it opens nothing any more, and a new one is made.",
    )  # fmt: skip

    def offer(self, scopes: tuple[ApiScope, ...]) -> None:
        """What can be chosen, each with what it means."""
        self.scopes.choices = [
            SelectChoice(each.value, SCOPES[each].name, render_kw={"hint": SCOPES[each].says}) for each in scopes
        ]

    def validate_scopes(self, field: SelectMultipleField) -> None:
        """One at least, and none that is not offered."""
        if not field.data or not set(field.data) <= {each.value for each in field.choices}:
            raise ValidationError("Choose what it may do.")

    def wanted(self) -> Wanted:
        """The token."""
        return Wanted(self.system.data, tuple(ApiScope(each) for each in self.scopes.data), self.lasts.data)

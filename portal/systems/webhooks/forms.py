"""What is asked for a place to which notices go."""

from wtforms import SelectMultipleField, StringField
from wtforms.validators import InputRequired, Length, ValidationError

from portal.domain.webhooks import KINDS, WebhookKind, unfit
from portal.systems.webhooks.service import Wanted
from portal.web.forms import Form, options, stripped
from portal.web.here import portal


class WebhookForm(Form):
    """A place."""

    system = StringField(
        "What the system is called",
        [InputRequired("Write what the system is called."), Length(max=60, message="Use 60 letters at most.")],
        filters=[stripped],
    )
    address = StringField(
        "Its address for notices", [InputRequired("Write the whole address.")], filters=[stripped],
        description="Such as https://repairs.example.org/notices. No name of a person belongs in it.",
    )  # fmt: skip
    kinds = SelectMultipleField("What it is told of", choices=options(KINDS), validate_choice=False)

    def validate_address(self, field: StringField) -> None:
        """Out in the internet, and over a line that nobody reads along."""
        wrong = unfit(field.data or "", anywhere=portal().settings.portal_webhooks_anywhere)
        if wrong:
            raise ValidationError(wrong)

    def validate_kinds(self, field: SelectMultipleField) -> None:
        """One at least."""
        if not field.data or not set(field.data) <= {each.value for each in KINDS}:
            raise ValidationError("Choose what it is told of.")

    def wanted(self) -> Wanted:
        """The place."""
        return Wanted(self.system.data, self.address.data, tuple(WebhookKind(each) for each in self.kinds.data))

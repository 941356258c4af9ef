"""What is filled in about whose case it is."""

from typing import Any
from uuid import UUID

from wtforms import BooleanField, DateField, SelectField, StringField
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from portal.cases.forms import text
from portal.domain.anonymity import OF_HER
from portal.web.forms import Form, stripped


def _line(label: str, hint: str = "") -> StringField:
    return StringField(label, [Length(max=300)], description=hint, filters=[stripped])


class NameOutForm(Form):
    """The name goes out of the case."""

    sure = BooleanField("Take the name out of this case", [DataRequired("Tick the box if it is to go.")])
    words = text("Why (you can skip this; write no name)", rows=2)


class NameInForm(Form):
    """The name goes into the case again."""

    words = text("Why", needed="Say why the case may carry the name again.", rows=2)


class ClearForm(Form):
    """A colleague who needs to know, until when and why."""

    account_id = SelectField("Colleague", [DataRequired("Choose a colleague.")], validate_choice=False)
    last_day = DateField(
        "Last day",
        [InputRequired("Enter the last day.")],
        description="At most 90 days from today. Then it ends by itself.",
    )
    words = text("Why they need to know", needed="Say why they need to know.", rows=2)

    def chosen(self) -> UUID:
        """The account that was chosen; what is no id at all is nobody's."""
        try:
            return UUID(self.account_id.data)
        except ValueError:
            return UUID(int=0)


class TakeBackForm(Form):
    """A clearance ends before its time."""

    words = text("Why", needed="Say why.", rows=2)


class IdentityForm(Form):
    """Who she is."""

    name = _line("Name")
    aliases = text("Also called", hint="One a line.", rows=2)
    born = DateField("Date of birth", [Optional()])
    address = text("Address", rows=3)
    phone = _line("Telephone")
    email = _line("Email")

    def changed(self, known: dict[str, Any]) -> dict[str, Any]:
        """What is new in it; what is left as it was is not told again."""
        found = {}
        for name in OF_HER:
            if name not in self:
                continue
            value = self[name].data
            said = value.isoformat() if name == "born" and value else value or ""
            if said != known.get(name, ""):
                found[name] = said
        return found

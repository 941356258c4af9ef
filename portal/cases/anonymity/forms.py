"""What is filled in about whose case it is."""

from typing import Any

from wtforms import BooleanField, DateField, StringField
from wtforms.validators import DataRequired, Length, Optional

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

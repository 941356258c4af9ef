"""What is filled in when somebody made sure of a service."""

import re
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from wtforms import DateField, RadioField, SelectField, StringField
from wtforms.validators import AnyOf, InputRequired, Length, Optional, ValidationError

from portal.directory.service import Found
from portal.landlords.checked import How
from portal.web.forms import Form, options, stripped

HOW = {
    How.RANG: "I rang it and spoke with them",
    How.LOOKED_UP: "I looked it up on their own page or paper",
}
FEWEST = 3  # digits of the shortest number that can be rung: 999
LONGEST = 60


class CheckForm(Form):
    """When and how, what is right now, and who looks after it."""

    on = DateField("When did you check it?", [InputRequired("Write the day, such as 26/11/2026.")])
    how = RadioField("How?", choices=options(HOW), validators=[AnyOf([*HOW], "Choose how.")], validate_choice=False)
    number = StringField(
        "The number that is right",
        [Optional(), Length(max=LONGEST, message="That is too long for a number.")],
        filters=[stripped],
        description="The public sees it as you write it. Empty if they have none.",
        render_kw={"kind": "tel"},
    )
    hours = StringField(
        "When can it be rung?",
        [Optional(), Length(max=200, message="Write this in fewer than 200 letters.")],
        filters=[stripped],
    )
    owner = SelectField("Who looks after this entry?", choices=[], validators=[InputRequired("Choose somebody.")])

    def offer(self, keepers: Mapping[UUID, str], line: Mapping[str, Any], me: UUID, owner: UUID | None) -> None:
        """Who can look after it; and before anything is typed, what the list says now."""
        self.owner.choices = options({str(each): name for each, name in keepers.items()})
        if not self.is_submitted():
            self.number.data, self.hours.data = line["number"], line["hours"]
            self.owner.data = str(owner if owner in keepers else me)

    def validate_number(self, field: StringField) -> None:
        """A number that a telephone can ring."""
        if len(re.sub(r"\D", "", field.data)) < FEWEST or re.search(r"[^\d\s()+-]", field.data):
            raise ValidationError("Write the number in digits, like 01234 567890.")

    def found(self) -> Found:
        """What was found."""
        return Found(
            self.on.data, How(self.how.data), self.number.data or "", self.hours.data or "", UUID(self.owner.data)
        )

"""What is filled in to ask a colleague to one item of a panel, and whether they came."""

from datetime import timedelta
from uuid import UUID

from wtforms import DateField, RadioField, SelectField, StringField, TimeField
from wtforms.validators import AnyOf, DataRequired, InputRequired, Length

from portal.cases.forms import text
from portal.domain.calendar import at_wall_clock
from portal.homes.panels.service import Asked
from portal.people.queries import Colleague
from portal.web.forms import Form, options, stripped

LASTS = {"15": "15 minutes", "30": "30 minutes", "60": "An hour", "120": "Two hours"}


class InviteForm(Form):
    """Whom, when, where, and what they find."""

    who = SelectField("Who reported", validate_choice=False)
    day = DateField("Day", [InputRequired("Enter the day.")])
    time = TimeField("Time", [InputRequired("Enter the time, like 14:30.")])
    lasts = RadioField(
        "How long this item takes at most", choices=options(LASTS), validate_choice=False, default="30",
        validators=[AnyOf(LASTS, "Choose how long.")], description="When it is over, they find nothing any more.",
    )  # fmt: skip
    where = StringField(
        "Where", [DataRequired("Write where the panel sits."), Length(max=300, message="That is too long.")],
        filters=[stripped], description="A room, or how to dial in. They read it at once, as they do the day and time.",
    )  # fmt: skip
    item = text(
        "What they find about this item",
        needed="Write what they find.",
        hint="What they reported, and what the panel wants to ask them. No address, no telephone number, and nothing "
        "of the case that they do not know already.",
        rows=4,
    )

    def offer(self, found: list[Colleague]) -> None:
        """Everybody who works here and may know of the case."""
        names = {str(each.account_id): f"{each.name}, {each.role_names}" for each in found}
        self.who.choices = options({"": "Choose a colleague"} | names)
        self.who.validators = [AnyOf(names, "Choose a colleague.")]

    def asked(self) -> Asked:
        """As the service takes it."""
        begins = at_wall_clock(self.day.data, self.time.data)
        ends = begins + timedelta(minutes=int(self.lasts.data))
        return Asked(UUID(self.who.data), begins, ends, self.where.data, self.item.data)


class CameForm(Form):
    """Whether they came."""

    came = RadioField("", choices=options({"yes": "They came", "no": "They did not come"}))

    def said(self) -> bool | None:
        """None where nothing was said."""
        return {"yes": True, "no": False}.get(self.came.data) if self.validate() else None

"""What is filled in about a forum or contact."""

from uuid import UUID

from wtforms import DateField, IntegerField, RadioField, SelectField, StringField
from wtforms.validators import AnyOf, DataRequired, InputRequired, Length, NumberRange, Optional
from wtforms.widgets import HiddenInput

from portal.cases.forms import text
from portal.domain.forums import What, With
from portal.partners.forums.queries import ForumRow
from portal.partners.forums.service import Held, Setting
from portal.partners.forums.words import WHATS, WITHS
from portal.people.queries import Colleague
from portal.web.forms import Form, options, stripped

TOO_LONG = Length(max=300, message="That is too long.")
NOBODY = "Nobody’s case belongs here: no name of anybody who was helped, and nothing of what happened to them."


class ForumForm(Form):
    """What it is, with whom, how often, and who goes."""

    kind = RadioField(
        "What it is", choices=options(WHATS), validate_choice=False, validators=[AnyOf(WHATS, "Choose what it is.")]
    )
    partner = RadioField(
        "With whom", choices=options(WITHS), validate_choice=False, validators=[AnyOf(WITHS, "Choose with whom.")]
    )
    name = StringField("Its name", [DataRequired("Write its name."), TOO_LONG], filters=[stripped])
    people = StringField(
        "Who there can be reached, and how", [Optional(), TOO_LONG], filters=[stripped],
        description="A post and a work number. You can skip this.",
    )  # fmt: skip
    goes = StringField(
        "Who goes from here", [DataRequired("Write which post goes."), TOO_LONG], filters=[stripped],
        description="The post, such as the housing manager.",
    )  # fmt: skip
    every_months = IntegerField(
        "Every how many months", [Optional(), NumberRange(1, 60, "Write a number of months from 1 to 60.")],
        description="Your own rhythm: no policy states one. Without it nobody can be reminded.",
    )  # fmt: skip
    next_on = DateField("The next day, where it is known", [Optional()])
    owner = SelectField("Who here sees to it", [InputRequired("Choose a colleague.")], validate_choice=False)
    revision = IntegerField("", [Optional()], widget=HiddenInput())

    def offer(self, keepers: list[Colleague], owner_id: UUID) -> None:
        """Who can be chosen; whoever has it now, or fills this in, stands chosen."""
        names = {str(each.account_id): each.name for each in keepers}
        self.owner.choices = options({"": "Choose"} | names)
        self.owner.validators = [AnyOf(names, "Choose a colleague.")]
        if self.owner.data is None and str(owner_id) in names:
            self.owner.data = str(owner_id)

    def setting(self) -> Setting:
        """As the service takes it."""
        return Setting(
            What(self.kind.data),
            With(self.partner.data),
            self.name.data,
            self.people.data or "",
            self.goes.data,
            self.every_months.data,
            self.next_on.data,
            UUID(self.owner.data),
        )


class TookPartForm(Form):
    """One time that somebody took part."""

    held_on = DateField("Day", [InputRequired("Enter the day.")])
    role = StringField(
        "Who took part", [DataRequired("Write which post took part."), TOO_LONG], filters=[stripped],
        description="The post, not the name.",
    )  # fmt: skip
    took = text("What was taken from it", needed="Write what was taken from it, or agreed.", hint=NOBODY, rows=3)
    next_on = DateField("The next day, where it is known", [Optional()])
    revision = IntegerField("", [InputRequired()], widget=HiddenInput())

    def held(self) -> Held:
        """As the service takes it."""
        return Held(self.held_on.data, self.role.data, self.took.data, self.next_on.data)


class EndForm(Form):
    """It goes on no more."""

    revision = IntegerField("", [InputRequired()], widget=HiddenInput())


def filled(row: ForumRow) -> ForumForm:
    """The form with what stands."""
    return ForumForm(
        kind=row.kind.value,
        partner=row.partner.value,
        name=row.name,
        people=row.people,
        goes=row.goes,
        every_months=row.every_months,
        next_on=row.next_on,
        owner=str(row.owner_id),
        revision=row.revision,
    )

"""What whoever runs the portal fills in."""

from collections.abc import Mapping
from uuid import UUID

from wtforms import IntegerField, RadioField, SelectField, StringField
from wtforms.validators import AnyOf, DataRequired, InputRequired, Length, NumberRange, Regexp

from portal.domain.contact.bland import not_bland
from portal.landlords.profile import LandlordKind
from portal.operators.service import Wanted
from portal.operators.support import LONGEST_HOURS
from portal.web.forms import Form, options, stripped

KINDS = {
    LandlordKind.HOUSING_ASSOCIATION: "Housing association",
    LandlordKind.ALMO: "Arm’s length management organisation",
    LandlordKind.COUNCIL: "Council",
}
SHORT = 120
ADDRESS = Regexp(r"^[a-z0-9]+(-[a-z0-9]+)*$", message="Use small letters, digits and single hyphens only.")
EMAIL = Regexp(r"^[^@\s]+@[^@\s]+\.[^@\s.]+$", message="Write an address like ann@example.org.")


def _line(says: str, hint: str, needed: str, *more: object, kind: str = "text") -> StringField:
    most = Length(max=SHORT, message=f"Write this in fewer than {SHORT} letters.")
    checks = [DataRequired(needed), most, *more]
    return StringField(says, checks, filters=[stripped], description=hint, render_kw={"kind": kind})


class MakeForm(Form):
    """A new landlord."""

    name = _line("Name", "As its tenants know it.", "Write the name.")
    short_name = _line("Short name", "For lists.", "Write a short name.")
    slug = _line(
        "Address", "What stands in the address of its pages, such as meadow. It is never changed.",
        "Write the address.", ADDRESS,
    )  # fmt: skip
    kind = RadioField(
        "What is it?", choices=options(KINDS), default=LandlordKind.HOUSING_ASSOCIATION.value,
        validators=[AnyOf([*KINDS], "Choose what it is.")], validate_choice=False,
    )  # fmt: skip
    like = SelectField(
        "What does its policy begin with?", choices=[],
        description="A copy brings the policy of another landlord, with its clauses and without its approval, its "
        "people, its looks and its cases.",
    )  # fmt: skip
    first_name = _line("Who sets it up?", "Their name.", "Write their name.")
    first_email = _line("Their email address", "", "Write their address.", EMAIL, kind="email")

    def offer(self, known: Mapping[UUID, str]) -> "MakeForm":
        """What can be copied."""
        copies = {str(each): f"A copy of {name}" for each, name in known.items()}
        self.like.choices = options({"": "A blank policy: nothing is stated yet"} | copies)
        return self

    def validate_name(self, field: StringField) -> None:
        """It stands in titles."""
        if not_bland(field.data):
            raise ValueError("It stands in titles: choose a name that does not show what this is about.")

    def wanted(self) -> Wanted:
        """As the service takes it."""
        return Wanted(
            self.slug.data, self.name.data, self.short_name.data, LandlordKind(self.kind.data),
            UUID(self.like.data) if self.like.data else None, self.first_name.data, self.first_email.data,
        )  # fmt: skip


class WhyForm(Form):
    """Why a landlord is suspended or works again."""

    why = _line("Why?", "The landlord reads it in its audit. Name nobody.", "Write why.")


class AskForm(Form):
    """What support needs to be let in for."""

    reason = _line("What for?", "The landlord reads it before it answers. Name nobody.", "Write what for.")
    hours = IntegerField(
        "For how many hours?", [InputRequired("Write a number of hours."),
                                NumberRange(1, LONGEST_HOURS, f"From 1 to {LONGEST_HOURS}.")], default=2,
        render_kw={"kind": "number"},
    )  # fmt: skip

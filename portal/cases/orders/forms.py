"""What is filled in about an order and about a breach of one."""

from datetime import date
from typing import Any

from wtforms import DateField, RadioField, SelectField, StringField
from wtforms.validators import AnyOf, InputRequired, Length, Optional, ValidationError

from portal.cases.forms import RevisedForm, text
from portal.cases.incidents.told import TOLD_BY
from portal.cases.orders.queries import OrderRow
from portal.cases.orders.service import Breach, Change, Order
from portal.cases.orders.words import ARRESTS, CHANGES, POLICE, SERVED
from portal.domain.calendar import in_london
from portal.domain.court_orders import Arrest, OrderCatalogue, Served, Term
from portal.landlords.orders import catalogue
from portal.web.forms import Form, options, stripped
from portal.web.here import now

WORDS = ("court", "reference", "terms", "protects", "bound")


def titles(known: OrderCatalogue) -> dict[str, str]:
    """Every kind as a choice, with the law that it rests on."""
    return {each.id: f"{each.title} ({each.law})" for each in known.kinds}


def line(label: str, hint: str = "") -> StringField:
    """A line of words."""
    too_long = Length(max=300, message="That is too long for a line.")
    return StringField(label, [Optional(), too_long], filters=[stripped], description=hint)


def today() -> date:
    """This day in London."""
    return in_london(now()).date()


class OrderForm(RevisedForm):
    """An order as it stands."""

    kind = SelectField(
        "Kind", choices=options({"": "Choose the kind", **titles(catalogue())}), validate_choice=False,
        validators=[AnyOf([each.id for each in catalogue().kinds], "Choose the kind.")],
    )  # fmt: skip
    court = line("Court, or police force")
    reference = line("Its number")
    made_on = DateField("Made on", [InputRequired("Enter the day on which it was made.")])
    ends_on = DateField(
        "Last day", [Optional()], description="Leave it empty where it holds until further order."
    )
    bound = line("Whom it binds")
    protects = line("Whom it protects", "Children by name, where it names them.")
    terms = text("What it says", hint="What must not be done, and where.", rows=4)
    arrest = RadioField(
        "Power of arrest", choices=options(ARRESTS), validate_choice=False,
        validators=[AnyOf(ARRESTS, "Choose what the order says.")],
    )  # fmt: skip
    served = RadioField(
        "Has it been served?", choices=options(SERVED), validate_choice=False,
        validators=[AnyOf(SERVED, "Choose whether it has been served.")],
    )  # fmt: skip

    def validate_made_on(self, field: DateField) -> None:
        """An order that is not made yet protects nobody."""
        if field.data and field.data > today():
            raise ValidationError("This day has not come yet: write the order down when it is made.")

    def validate_ends_on(self, field: DateField) -> None:
        """It cannot end before it was made."""
        if field.data and self.made_on.data and field.data < self.made_on.data:
            raise ValidationError("It cannot end before it was made.")

    def order(self, ended_on: date | None = None) -> Order:
        """The order as the service takes it."""
        term = Term(self.made_on.data, self.ends_on.data, ended_on, Served(self.served.data))
        return Order(
            self.kind.data, term, Arrest(self.arrest.data), **{name: self[name].data or "" for name in WORDS}
        )


class ChangeOrderForm(OrderForm):
    """An order as it is now, and what changed it."""

    change = RadioField(
        "What changed", choices=options(CHANGES), validate_choice=False,
        validators=[AnyOf(CHANGES, "Choose what changed.")],
    )  # fmt: skip
    ended_on = DateField("Ended early on", [Optional()])
    why = text("How it is known", needed="Write how it is known.", rows=2)

    def validate_change(self, field: RadioField) -> None:
        """An order that ended early did so on a day."""
        if field.data == "ended" and self.ended_on.data is None:
            raise ValidationError("Enter the day on which it ended early.")

    def validate_ended_on(self, field: DateField) -> None:
        """Nothing has ended tomorrow."""
        if field.data and field.data > today():
            raise ValidationError("This day has not come yet.")

    def what(self) -> Change:
        """What changed it."""
        return Change(self.change.data, self.why.data)

    @classmethod
    def filled(cls, row: OrderRow) -> dict[str, Any]:
        """The order as it stands, for the form."""
        return row.words | {
            "kind": row.code,
            "made_on": row.term.made_on,
            "ends_on": row.term.ends_on,
            "ended_on": row.term.ended_on,
            "served": row.term.served.value,
            "arrest": row.arrest,
            "revision": row.revision,
        }


class BreachForm(Form):
    """Something that was done against an order."""

    day = DateField("Day, as far as it is known", [InputRequired("Enter the day, as near as it is known.")])
    words = text("What happened", needed="Write what happened.", rows=4)
    police = RadioField(
        "Do the police know?", choices=options(POLICE), validate_choice=False,
        validators=[AnyOf(POLICE, "Choose whether the police know.")],
    )  # fmt: skip
    reference = line("Their reference")
    told_by = RadioField(
        "Who told us", choices=options(TOLD_BY), validate_choice=False,
        validators=[AnyOf(TOLD_BY, "Choose who told us.")],
    )  # fmt: skip

    def validate_day(self, field: DateField) -> None:
        """Nothing is broken tomorrow."""
        if field.data and field.data > today():
            raise ValidationError("This day has not come yet.")

    def breach(self) -> Breach:
        """The breach as the service takes it."""
        return Breach(
            self.day.data, self.words.data, self.police.data, self.told_by.data, self.reference.data or ""
        )

"""How many cases are drawn, and what a review found."""

from wtforms import DateField, FormField, IntegerField, RadioField, StringField
from wtforms import Form as Part
from wtforms.validators import AnyOf, InputRequired, Length, NumberRange, Optional

from portal.cases.forms import text
from portal.domain.casework_review import ITEMS, Item, Mark
from portal.web.forms import Form, options, stripped

MARKS = {
    Mark.MET: "Met",
    Mark.PARTLY: "Partly",
    Mark.NOT_MET: "Not met",
    Mark.NOT_ASKED: "Does not apply",
}
MOST_DRAWN = 20


class DrawForm(Form):
    """How large a sample."""

    count = IntegerField(
        "How many cases",
        [
            InputRequired("Enter how many."),
            NumberRange(1, MOST_DRAWN, f"Enter a number from 1 to {MOST_DRAWN}."),
        ],
    )


class ItemPart(Part):  # type: ignore[misc]
    """One item of the checklist."""

    mark = RadioField(
        "",
        choices=options(MARKS),
        validate_choice=False,
        validators=[AnyOf([each.value for each in MARKS], "Choose how far it is met.")],
    )
    about = StringField("What was seen (you can skip this)", [Optional(), Length(max=2000)], filters=[stripped])


class ReviewForm(Form):
    """The checklist, in words, and what is to be done."""

    words = text("In all", needed="Write what was found in all.", rows=3)
    actions = text("What is to be done", hint="It becomes a task of the officer. You can skip this.", rows=2)
    day = DateField("By the end of (you can skip this)", [Optional()])

    def marks(self) -> dict[Item, Mark]:
        """Each item's mark."""
        return {item: Mark(self[item.value].form.mark.data) for item in Item}

    def about(self) -> dict[Item, str]:
        """What was seen about each item."""
        return {item: self[item.value].form.about.data or "" for item in Item}


for _item in Item:
    setattr(ReviewForm, _item.value, FormField(ItemPart, ITEMS[_item]))

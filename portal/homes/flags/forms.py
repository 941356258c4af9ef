"""What is filled in about a mark, and before a visit."""

from typing import Any

from wtforms import DateField, RadioField, SelectField, StringField
from wtforms.validators import AnyOf, DataRequired, Length, Optional

from portal.cases.forms import RevisedForm, text
from portal.domain.flags import About, Mark, Wording
from portal.homes.flags.queries import FlagRow
from portal.homes.flags.words import ABOUT, ALONE, WORDINGS
from portal.web.forms import Form, options, stripped


class MarkForm(RevisedForm):
    """A mark on a person or an address."""

    about = RadioField(
        "On whom or what", choices=options(ABOUT), validate_choice=False,
        validators=[AnyOf(ABOUT, "Choose on whom or what it stands.")],
    )  # fmt: skip
    wording = SelectField(
        "What it says", choices=options({"": "Choose the words", **WORDINGS}), validate_choice=False,
        validators=[AnyOf(WORDINGS, "Choose the words.")],
        description="Everybody sees these words and nothing else.",
    )  # fmt: skip
    where = StringField(
        "At which address it is found", [Optional(), Length(max=300, message="That is too long.")], filters=[stripped],
        description="With its postcode: whoever asks before a visit finds the words by it. Never the address of "
        "somebody who has fled.",
    )  # fmt: skip
    reason = text("Why", hint="Only on this page.", rows=2)
    evidence = text("What shows it", rows=2)
    told = text("Who was told of it, or why they were not", rows=2)
    review_on = DateField("Looked at again on", [Optional()])

    def mark(self) -> Mark:
        """As the rules read it."""
        words = {name: self[name].data or "" for name in ("where", "reason", "evidence", "told")}
        return Mark(
            About(self.about.data), Wording(self.wording.data), review_on=self.review_on.data, **words
        )

    @classmethod
    def filled(cls, row: FlagRow) -> dict[str, Any]:
        """As it stands."""
        return {name: row.said[name] for name in ("where", "reason", "evidence", "told")} | {
            "about": row.about.value,
            "wording": row.wording.value,
            "review_on": row.review_on,
            "revision": row.revision,
        }


class EndForm(RevisedForm):
    """The end of a mark."""

    words = text("Why it ends, and who was told", needed="Write why it ends, and who was told.", rows=2)


class VisitForm(Form):
    """Where somebody is going; sent by POST, so that no address stands in an address line."""

    address = StringField(
        "Address of the visit",
        [DataRequired("Write the address."), Length(max=300, message="That is too long.")],
        filters=[stripped],
        description="With its postcode, so that it is found however the rest is written.",
    )
    alone = RadioField(
        "Who goes?", choices=options(ALONE), validate_choice=False,
        validators=[AnyOf(ALONE, "Choose who goes.")],
    )  # fmt: skip

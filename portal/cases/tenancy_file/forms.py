"""What is filled in about a request to see the tenancy file."""

from wtforms import BooleanField, DateField, RadioField, SelectField, SelectMultipleField, StringField
from wtforms.validators import AnyOf, DataRequired, InputRequired, Length, Optional, ValidationError

from portal.cases.forms import RevisedForm, text
from portal.cases.tenancy_file.service import Asked
from portal.cases.tenancy_file.words import ACTS_AS, ASKERS
from portal.domain.calendar import in_london
from portal.domain.tenancy_file import ActsAs, Asker
from portal.web.forms import Form, options, stripped
from portal.web.here import now

LINE = [Length(max=300, message="That is too long for a line.")]


class AskedForm(Form):
    """A request as it came in."""

    asker = RadioField(
        "Who asks?", choices=options(ASKERS), validate_choice=False, validators=[AnyOf(ASKERS, "Choose who asks.")]
    )
    name = StringField("Their name", [DataRequired("Enter who asks."), *LINE], filters=[stripped])
    acts_for = StringField(
        "For whom do they act?", LINE, filters=[stripped], description="Only where somebody acts for the joint tenant."
    )
    acts_as = SelectField(
        "What are they?", [Optional()], choices=options({"": "Choose, where somebody acts", **ACTS_AS}),
        validate_choice=False,
    )  # fmt: skip
    authority_seen = BooleanField("We have seen that they may act for the joint tenant")
    asked_on = DateField("Asked on", [InputRequired("Enter the day.")])

    def validate_asked_on(self, field: DateField) -> None:
        """Nobody has asked tomorrow."""
        if field.data and field.data > in_london(now()).date():
            raise ValidationError("This day has not come yet.")

    def refused(self) -> bool:
        """Say what is missing where somebody acts for another."""
        if self.asker.data == Asker.ACTING:
            if not self.acts_for.data:
                self.refuse("acts_for", "Enter for whom they act.")
            if self.acts_as.data not in set(ActsAs):
                self.refuse("acts_as", "Choose what they are.")
        return bool(self.wrong())

    def asked(self) -> Asked:
        """The request."""
        acting = self.asker.data == Asker.ACTING
        return Asked(
            Asker(self.asker.data),
            self.name.data,
            self.acts_for.data or "" if acting else "",
            self.asked_on.data,
            ActsAs(self.acts_as.data) if acting else None,
            acting and self.authority_seen.data,
        )


class FileForm(RevisedForm):
    """The words of the file."""

    text = text(
        "What the tenancy file says",
        needed="Copy the words of the file in.",
        hint="Line by line, as it stands there. Copy nothing of this case in.",
        rows=10,
    )


class OutForm(RevisedForm):
    """Which lines are taken out as well."""

    taken = SelectMultipleField("Take out", coerce=int, validate_choice=False)


class SignForm(RevisedForm):
    """A second person signs."""

    sure = BooleanField(
        "I have read it as the joint tenant would, and nothing in it tells of this case",
        [DataRequired("Read it, then tick the box.")],
    )

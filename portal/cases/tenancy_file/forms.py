"""What is filled in about a request to see the tenancy file, and about each of its papers."""

from typing import Any

from wtforms import BooleanField, DateField, RadioField, SelectField, SelectMultipleField, StringField
from wtforms.validators import AnyOf, DataRequired, InputRequired, Length, Optional, ValidationError

from portal.cases.forms import RevisedForm, text
from portal.cases.tenancy_file.papers import Decided, Gathered
from portal.cases.tenancy_file.queries import PaperRow
from portal.cases.tenancy_file.service import Asked
from portal.cases.tenancy_file.words import ACTS_AS, ASKERS, CHOICES, KINDS, OTHERS, RELATIONS, WHOSE, YES_NO
from portal.domain.calendar import in_london
from portal.domain.tenancy_file import ActsAs, Asker, Giving, Kind, OtherSays, Relation, Test, Whose
from portal.web.forms import Form, options, stripped
from portal.web.here import now

LINE = [Length(max=300, message="That is too long for a line.")]


class AskedForm(Form):
    """A request as it came in."""

    asker = RadioField(
        "Who asks?", choices=options(ASKERS), validate_choice=False, validators=[AnyOf(ASKERS, "Choose who asks.")]
    )
    name = StringField("Their name", [DataRequired("Enter who asks."), *LINE], filters=[stripped])
    relation = RadioField(
        "What is the person whose file it is, to the home?", choices=options(RELATIONS), validate_choice=False,
        default=Relation.JOINT_TENANT.value, validators=[AnyOf(RELATIONS, "Choose what they are to the home.")],
    )  # fmt: skip
    acts_for = StringField(
        "For whom do they act?", LINE, filters=[stripped], description="Only where somebody acts for another."
    )
    acts_as = SelectField(
        "What are they?", [Optional()], choices=options({"": "Choose, where somebody acts", **ACTS_AS}),
        validate_choice=False,
    )  # fmt: skip
    authority_seen = BooleanField("We have seen that they may act for that person")
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
            Relation(self.relation.data),
        )


class GatherForm(Form):
    """A paper, as it stands where it was found."""

    kind = SelectField(
        "Where it comes from", choices=options({"": "Choose", **KINDS}), validate_choice=False,
        validators=[AnyOf(KINDS, "Choose where it comes from.")],
    )  # fmt: skip
    title = StringField(
        "What it is", LINE, filters=[stripped], description="For us alone, such as “Notes of 2026”. It is never given."
    )
    text = text(
        "Its words",
        needed="Copy its words in.",
        hint="Line by line, as it stands there. Copy nothing of this case in.",
        rows=10,
    )

    def gathered(self) -> Gathered:
        """As the service takes it."""
        return Gathered(Kind(self.kind.data), self.title.data or "", self.text.data)


class PaperForm(RevisedForm):
    """What becomes of one paper, and the answers that it follows from."""

    taken = SelectMultipleField("Take out", coerce=int, validate_choice=False)
    whose = RadioField("Whom is it about?", [Optional()], choices=options(WHOSE), validate_choice=False)
    other = RadioField(
        "Where it is about somebody else: what do they say?", [Optional()], choices=options(OTHERS),
        validate_choice=False, description="Nobody is asked where that could tell them of this case.",
    )  # fmt: skip
    reasonable = RadioField(
        "Is it reasonable to give it without their word?", [Optional()], choices=options(YES_NO), validate_choice=False
    )
    tells = RadioField(
        "Could it, as it stands, tell of this case, of who has spoken with us, or of where somebody is?", [Optional()],
        choices=options(YES_NO), validate_choice=False, description="Think of somebody who knows them well.",
    )  # fmt: skip
    giving = RadioField(
        "What becomes of it", choices=options(CHOICES), validate_choice=False,
        validators=[AnyOf(CHOICES, "Choose what becomes of it.")],
    )  # fmt: skip
    reason = text("Why", hint="Kept here. Whoever reviews it later has to understand it.", rows=2)

    def decided(self) -> Decided:
        """As the service takes it."""
        truth = {"yes": True, "no": False}
        test = Test(
            Whose(self.whose.data) if self.whose.data in set(Whose) else None,
            OtherSays(self.other.data) if self.other.data in set(OtherSays) else None,
            truth.get(self.reasonable.data),
            truth.get(self.tells.data),
            self.reason.data or "",
        )
        return Decided(Giving(self.giving.data), self.taken.data or (), test)

    @classmethod
    def filled(cls, row: PaperRow) -> dict[str, Any]:
        """As it stands."""
        said = {True: "yes", False: "no", None: None}
        return row.test | {
            "reasonable": said[row.test.get("reasonable")],
            "tells": said[row.test.get("tells")],
            "giving": row.giving.value if row.giving else None,
            "taken": [each.number for each in row.lines if each.taken],
            "revision": row.revision,
        }


class DropForm(RevisedForm):
    """A paper that was gathered by mistake."""


class FirstForm(RevisedForm):
    """The first signature."""

    sure = BooleanField(
        "Every paper that I could find is here, and each is decided on",
        [DataRequired("Look whether all are here, then tick the box.")],
    )


class SignForm(RevisedForm):
    """The second signature."""

    sure = BooleanField(
        "I have read it as they would, and nothing in it tells of this case",
        [DataRequired("Read it, then tick the box.")],
    )

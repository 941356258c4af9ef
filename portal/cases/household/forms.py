"""What is filled in about the people of a case; each part has its own questions, and none has to be answered."""

from typing import Any

from wtforms import DateField, IntegerField, RadioField, SelectField, SelectMultipleField, StringField
from wtforms.validators import AnyOf, Length, NumberRange, Optional, ValidationError

from portal.cases.forms import RevisedForm, text
from portal.cases.household.service import Claim
from portal.cases.household.words import ADDABLE, EFFECTS, GENDERS, SOURCES, STANDINGS, SUBTYPES
from portal.domain.calendar import in_london
from portal.domain.policy.scope import Subtype
from portal.domain.standing import Source, Standing
from portal.web.forms import Form, options, stripped
from portal.web.here import now

OLDEST = 120
MAYBE = {"yes": "Yes", "no": "No", "unknown": "Not known"}
ASKED: dict[str, tuple[str, ...]] = {
    "survivor": ("name", "aliases", "born", "age", "gender", "pronouns", "address", "language", "needs", "words"),
    "other_person": (
        "name", "aliases", "tie", "born", "age", "gender", "lives_there", "where", "joint_tenant", "phone",
        "staff_risk", "words", "gone",
    ),
    "child": (
        "name", "aliases", "born", "age", "gender", "pronouns", "relationship", "lives_there", "where", "effects",
        "school", "worker", "support", "needs", "words", "gone",
    ),
    "household_member": (
        "name", "aliases", "born", "age", "gender", "relationship", "needs", "support", "phone", "staff_risk", "words",
        "gone",
    ),
    "family": ("name", "aliases", "relationship", "where", "phone", "words", "gone"),
    "professional": ("name", "role", "organisation", "phone", "email", "words", "gone"),
    "teller": ("name", "role", "organisation", "phone", "email", "words"),
    "household": ("name", "children"),
}  # fmt: skip
"""Which questions each part has, in the order in which they stand."""
SAVED_AS = {"tie": "relationship"}


def line(label: str, hint: str = "") -> StringField:
    """A line of words."""
    too_long = Length(max=300, message="That is too long for a line: use the notes.")
    return StringField(label, [Optional(), too_long], filters=[stripped], description=hint)


class PersonForm(RevisedForm):
    """What is known about somebody."""

    name = line("Name")
    aliases = text(
        "Also called", hint="Former names too, one a line. The case is found by each of them.", rows=2
    )
    tie = SelectField("What they are to the person", validators=[Optional()], validate_choice=False)
    relationship = line("What they are to the person", "For example: daughter, grandson, lodger.")
    born = DateField("Date of birth", [Optional()])
    age = IntegerField(
        "Age, where the date is not known",
        [Optional(), NumberRange(0, OLDEST, "Enter an age from 0 to 120.")],
    )
    gender = SelectField("Gender", [Optional()], choices=options(GENDERS))
    pronouns = line("Pronouns")
    address = text(
        "Address", hint="Where they have moved to stands under New address, and never here.", rows=3
    )
    lives_there = RadioField("Do they live there?", [Optional()], choices=options(MAYBE))
    where = line("If not there, where?", "As much as is known. Never the address of somebody who fled.")
    joint_tenant = RadioField("Are they a joint tenant?", [Optional()], choices=options(MAYBE))
    children = text("Children", rows=2)
    effects = SelectMultipleField(
        "What the abuse does to them",
        [Optional()],
        choices=options(EFFECTS),
        description="A child who sees, hears or feels it is a victim too (Domestic Abuse Act 2021, section 3).",
    )
    school = line("School or nursery", "And who there may be spoken with.")
    worker = line(
        "Their own worker", "Social worker, health visitor, children’s worker of a support service."
    )
    support = text("Support of their own", hint="What they need, and who gives it.", rows=2)
    language = line("Language")
    needs = text("Needs", rows=2)
    role = line("Role")
    organisation = line("Organisation")
    phone = line("Telephone")
    email = line("Email")
    staff_risk = text("Risk to staff", hint="What a colleague must know before a visit.", rows=2)
    words = text("Notes", rows=3)
    gone = line("Not part of this any more, because", "Leave it empty while they are.")

    def validate_born(self, field: DateField) -> None:
        """Nobody is born tomorrow; an unborn child stands in the notes."""
        if field.data and field.data > in_london(now()).date():
            raise ValidationError("This day has not come yet. Write about an unborn child in the notes.")

    @classmethod
    def filled(cls, details: dict[str, Any], revision: int) -> dict[str, Any]:
        """What is known, as the form's own values; `born` is read from text by the page."""
        return details | {"tie": details.get("relationship") or "", "revision": revision}

    def details(self, part: str, former: dict[str, Any]) -> dict[str, Any]:
        """What was filled in; a question that this part does not have stays as it was."""
        found = dict(former)
        for name in ASKED[part]:
            value = self[name].data
            key = SAVED_AS.get(name, name)
            if value in (None, "", []):
                found.pop(key, None)
            else:
                found[key] = value.isoformat() if name == "born" else value
        return found


class StandingForm(Form):
    """How far it goes with the person who does harm."""

    standing = RadioField(
        "What is known", choices=options(STANDINGS), validate_choice=False,
        validators=[AnyOf(STANDINGS, "Choose what is known.")],
    )  # fmt: skip
    source = RadioField(
        "On whose word", choices=options(SOURCES), validate_choice=False,
        validators=[AnyOf(SOURCES, "Choose on whose word it rests.")],
    )  # fmt: skip
    on = DateField("Day of it", [Optional()])
    evidence = text("What shows it", hint="A reference, and where the paper is kept.", rows=2)
    words = text("Notes", rows=2)

    def claim(self) -> Claim:
        """The same as the service takes it."""
        return Claim(
            Standing(self.standing.data),
            Source(self.source.data),
            self.on.data,
            self.evidence.data or "",
            self.words.data or "",
        )


class KindsForm(Form):
    """Which kinds of abuse are known of by now."""

    subtypes = SelectMultipleField("Known of by now", [Optional()], choices=options(SUBTYPES))
    words = text("How it is known", needed="Write how it is known.", rows=3)

    def chosen(self) -> tuple[Subtype, ...]:
        """The kinds."""
        return tuple(Subtype(each) for each in self.subtypes.data or ())


class SameForm(Form):
    """Whether two people are one."""

    answer = StringField(validators=[AnyOf(("yes", "no"), "Say whether they are one person.")])


PARTS_TO_ADD = tuple(ADDABLE)

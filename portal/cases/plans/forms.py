"""What is filled in about a plan: its parts, how it was agreed, its actions, a review, a copy."""

from typing import Any

from wtforms import BooleanField, DateField, IntegerField, RadioField, SelectField, SelectMultipleField
from wtforms.validators import AnyOf, InputRequired, NumberRange, Optional

from portal.cases.forms import MomentForm, RevisedForm, text
from portal.cases.incidents.forms import line
from portal.cases.plans.parts import DIRECTIONS, GIVEN_BY, HOWS, OWNERS, PARTS, How, Owner
from portal.cases.plans.service import Agreement
from portal.cases.tasks.forms import ENDINGS
from portal.domain.plans import Content, Part, PlanKind, Rhythm, Unit
from portal.web.forms import Form, options

UNITS = {Unit.DAYS: "days", Unit.WEEKS: "weeks", Unit.MONTHS: "months"}
LONGEST = 60
TEXT, DECLINED = "part_", "no_"


class PlanForm(RevisedForm):
    """The draft of a plan; `plan_form` gives it its parts."""

    not_to_send = BooleanField("Never print or send this plan: it stays here")

    def content(self) -> Content:
        """What was written, part by part."""
        names = [each.name.removeprefix(TEXT) for each in self if each.name.startswith(TEXT)]
        parts = {name: Part(self[TEXT + name].data or "", self[DECLINED + name].data) for name in names}
        return Content(parts, tuple(self.directions.data or ()) if "directions" in self else ())


def plan_form(kind: PlanKind) -> type[PlanForm]:
    """The form for one kind of plan: a box and a tick for each of its parts."""
    fields: dict[str, Any] = {}
    if kind is PlanKind.ACTION:
        fields["directions"] = SelectMultipleField(
            "Which ways they want to go, in any number", [Optional()], choices=options(DIRECTIONS)
        )
    for name, (label, hint) in PARTS[kind].items():
        fields[TEXT + name] = text(label, hint=hint, rows=3)
        fields[DECLINED + name] = BooleanField("They do not want this part")
    return type(f"{kind.value.capitalize()}PlanForm", (PlanForm,), fields)


def filled(content: Content, **beside: object) -> dict[str, Any]:
    """The form as it shows what was written."""
    shown: dict[str, Any] = {"directions": list(content.directions)} | beside
    for name, part in content.parts.items():
        shown |= {TEXT + name: part.text, DECLINED + name: part.declined}
    return shown


class RhythmForm(MomentForm):
    """How often a plan is looked at again."""

    every = IntegerField(
        "Look at it again every", [Optional(), NumberRange(1, LONGEST, "Enter a number from 1 to 60.")]
    )
    unit = SelectField("Days, weeks or months", choices=options(UNITS), default=Unit.WEEKS.value)
    rhythm_agreed = BooleanField("They said themselves how often")

    def rhythm(self) -> Rhythm | None:
        """The rhythm, where one was given."""
        if self.every.data is None:
            return None
        return Rhythm(self.every.data, Unit(self.unit.data), self.rhythm_agreed.data)


class AgreeForm(RhythmForm):
    """That they agreed, how, and how often it is looked at again."""

    agreed = BooleanField(
        "They know what the plan says, and agree to it",
        [InputRequired("Only what they agree to counts as agreed. Until then it stays a draft.")],
    )
    how = RadioField(
        "How", choices=options(HOWS), validators=[AnyOf(list(HOWS), "Choose how.")], validate_choice=False
    )
    through = line("Who spoke for them, where somebody did")
    said = text("What they said about it", rows=2)

    def agreement(self) -> Agreement:
        """The agreement as the service takes it."""
        return Agreement(
            self.moment(), How(self.how.data), self.through.data or "", self.said.data or "", self.rhythm()
        )


class ReviewForm(RevisedForm):
    """That it was looked at with them, and nothing is to change."""

    words = text("How things stand, and what they said", needed="Write how things stand.", rows=3)


class ActionForm(Form):
    """An action for the plan."""

    what = text("What is to be done", needed="Write what is to be done.", rows=2)
    owner = RadioField(
        "Who does it",
        choices=options(OWNERS),
        validators=[AnyOf(list(OWNERS), "Choose who does it.")],
        validate_choice=False,
    )
    colleague = SelectField(
        "Where we do it: which of us", [Optional()], choices=options({"": "The officer of the case"})
    )
    agency = line("Where another service does it: its name")
    day = DateField("By the end of (you can skip this)", [Optional()])

    def validate(self, extra_validators: Any = None) -> bool:  # noqa: ANN401 - as WTForms has it
        """Somebody answers for an action: a service is named."""
        fine: bool = super().validate(extra_validators)
        if self.owner.data == Owner.AGENCY and not self.agency.data:
            self.refuse("agency", "Name the service that does it.")
            return False
        return fine


class DeclineForm(Form):
    """That they do not want an action."""

    words = text("What they said about it", rows=2)


class EndActionForm(Form):
    """What came of an action."""

    ending = RadioField(
        "What came of it",
        choices=options(ENDINGS),
        validators=[AnyOf([each.value for each in ENDINGS], "Choose what came of it.")],
        validate_choice=False,
    )
    words = text("What shows that it is done, or why not", needed="Write what shows it, or why not.", rows=2)


class GiveForm(Form):
    """How a copy was given."""

    by = RadioField(
        "How",
        choices=options({str(code): says for code, says in GIVEN_BY.items()}),
        validators=[AnyOf([str(each) for each in GIVEN_BY], "Choose how.")],
        validate_choice=False,
    )

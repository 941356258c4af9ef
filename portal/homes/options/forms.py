"""What is filled in on the options board."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from wtforms import DateField, IntegerField, RadioField, SelectField, StringField, TimeField
from wtforms.validators import AnyOf, InputRequired, Length, NumberRange, Optional, ValidationError

from portal.cases.forms import RevisedForm, text
from portal.domain.calendar import at_wall_clock
from portal.domain.policy import Policy
from portal.domain.policy.moving import OptionKind
from portal.domain.rehousing.facts import DutyStage, Facts, HomeSafety, Wish
from portal.homes.options.queries import Known
from portal.homes.options.service import Done, Sitting
from portal.homes.options.words import (
    HINTS,
    HOMES,
    OF_A_BODY,
    OPTIONS,
    QUESTIONS,
    REASONS_TO_STAY,
    STAGES,
    STEPS,
    WISHES,
)
from portal.web.forms import Form, options, stripped

SAID = {"yes": "Yes", "no": "No", "unknown": "Not asked yet"}
TRUTHS = {"yes": True, "no": False}


def line(label: str, hint: str = "", needed: str = "") -> StringField:
    """A line of words."""
    too_long = Length(max=300, message="That is too long for a line.")
    first = InputRequired(needed) if needed else Optional()
    return StringField(label, [first, too_long], filters=[stripped], description=hint)


def either(name: str) -> RadioField:
    """Yes, no, or not asked yet."""
    return RadioField(
        QUESTIONS[name], [AnyOf(SAID, "Choose an answer.")], choices=options(SAID), validate_choice=False,
        default="unknown", description=HINTS.get(name, ""),
    )  # fmt: skip


class AnswersForm(RevisedForm):
    """Everything that the options look at. What nobody has asked yet stays so."""

    home = RadioField(
        "How safe is the home for them now?", [Optional()], choices=options(HOMES), validate_choice=False
    )
    wish = RadioField("What do they want?", [Optional()], choices=options(WISHES), validate_choice=False)
    words = text("What matters to them", hint=REASONS_TO_STAY, rows=2)
    asks_for_security = either("asks_for_security")
    staying_answered = either("staying_answered")
    move_lessens_risk = either("move_lessens_risk")
    evidence = either("evidence")
    safe_in_area = either("safe_in_area")
    own_homes_serve = either("own_homes_serve")
    agrees_to_council = either("agrees_to_council")
    agrees_to_temporary = either("agrees_to_temporary")
    council_accepted_duty = either("council_accepted_duty")
    permanent_home = either("permanent_home")
    moves_before = IntegerField(
        "Earlier moves within our area for the same reason",
        [Optional(), NumberRange(0, 50, "Write a number.")],
    )
    arrears = IntegerField(
        "Rent owed, in whole pounds", [Optional(), NumberRange(0, 100_000, "Write whole pounds.")],
        description="Written down for afterwards. It opens and closes nothing.",
    )  # fmt: skip

    def facts(self) -> Facts:
        """As the rules take them; the risk is read from the case."""
        answered: dict[str, Any] = {name: TRUTHS.get(self[name].data) for name in QUESTIONS}
        return Facts(
            home=HomeSafety(self.home.data) if self.home.data in set(HomeSafety) else None,
            wish=Wish(self.wish.data) if self.wish.data in set(Wish) else None,
            moves_before=self.moves_before.data or 0,
            arrears=None if self.arrears.data is None else Decimal(self.arrears.data),
            **answered,
        )

    @classmethod
    def filled(cls, known: Known) -> dict[str, Any]:
        """What was answered last."""
        facts = known.facts
        said = {True: "yes", False: "no", None: "unknown"}
        return {name: said[getattr(facts, name)] for name in QUESTIONS} | {
            "home": facts.home,
            "wish": facts.wish,
            "words": known.words,
            "moves_before": facts.moves_before,
            "arrears": None if facts.arrears is None else int(facts.arrears),
            "revision": known.number,
        }


class StepForm(Form):
    """What was said or done about an option."""

    option = SelectField(
        "Which option", choices=options({"": "Choose the option", **OPTIONS}), validate_choice=False,
        validators=[AnyOf(OPTIONS, "Choose the option.")],
    )  # fmt: skip
    step = RadioField(
        "What was said or done", choices=options(STEPS), validate_choice=False,
        validators=[AnyOf(STEPS, "Choose what was said or done.")],
    )  # fmt: skip
    body = line(
        "Which other body",
        "The council that they chose, a refuge’s helpline, the police. Never a refuge’s address.",
    )
    agreement = SelectField("Under which agreement with it", validate_choice=False)
    reference = line("Its reference", "A Jigsaw reference, for instance.")
    stage = SelectField(
        "Where a council is asked: how far is it?", choices=options({"": "Not said", **STAGES}),
        validators=[AnyOf(["", *STAGES], "Choose how far it is.")], validate_choice=False,
        description="That the full duty is accepted, or is not owed, is kept among the answers too.",
    )  # fmt: skip
    day = DateField("Day", [InputRequired("Enter the day.")])
    time = TimeField("Time", [InputRequired("Enter the time, like 14:30.")])
    words = text("What was said", hint="Why, where it is not approved.", rows=3)

    def validate_step(self, field: RadioField) -> None:
        """Whoever was asked has a name."""
        if field.data in OF_A_BODY and not self.body.data:
            raise ValidationError("Write below which body it was.")

    def cite(self, agreements: Sequence[str]) -> None:
        """Offer the agreements that stand, each in words."""
        self.agreement.choices = options({"": "None of these"} | {each: each for each in agreements})
        self.agreement.validators = [AnyOf(["", *agreements], "Choose an agreement that stands.")]

    def name(self, policy: Policy) -> None:
        """Call each option as this landlord does."""
        titles = {each.id: each.title for each in policy.moving.options if each.title}
        self.option.choices = options({"": "Choose the option", **(OPTIONS | titles)})

    def done(self) -> Done:
        """As the service takes it."""
        return Done(
            OptionKind(self.option.data),
            self.step.data,
            at_wall_clock(self.day.data, self.time.data),
            self.body.data or "",
            self.reference.data or "",
            self.words.data or "",
            self.agreement.data or "",
            DutyStage(self.stage.data) if self.stage.data else None,
        )


class SittingForm(Form):
    """A panel's recommendation."""

    day = DateField("Day", [InputRequired("Enter the day.")])
    time = TimeField("Time", [InputRequired("Enter the time, like 14:30.")])
    managers = line("Managers who sat, by post", "One after the other, with commas.")
    specialists = line("Specialist officers who sat, by post", "One after the other, with commas.")
    papers = text("What they had before them", needed="Write what they had before them.", rows=2)
    against = line("Who voted against it, by post", "Whoever sat and is named in neither of these lines voted for it.")
    abstained = line("Who did not vote, by post")
    recommends = SelectField(
        "What they recommend", choices=options({"": "Choose the option", **OPTIONS}), validate_choice=False,
        validators=[AnyOf(OPTIONS, "Choose what they recommend.")],
    )  # fmt: skip
    safe_in_area = RadioField(
        QUESTIONS["safe_in_area"], choices=options({"yes": "Yes", "no": "No: they would be at risk anywhere in it"}),
        validate_choice=False, validators=[AnyOf(TRUTHS, "Choose what the panel found.")],
    )  # fmt: skip
    reasons = text("Why", needed="Write why.", rows=3)
    told = line("How they were told", needed="Write how they were told, or when they will be.")

    def sitting(self) -> Sitting:
        """As the service takes it."""
        return Sitting(
            self.moment(),
            _listed(self.managers.data),
            _listed(self.specialists.data),
            self.papers.data,
            OptionKind(self.recommends.data),
            TRUTHS[self.safe_in_area.data],
            self.reasons.data,
            self.told.data,
            _listed(self.against.data),
            _listed(self.abstained.data),
        )

    def moment(self) -> datetime:
        """When they sat."""
        return at_wall_clock(self.day.data, self.time.data)


def _listed(said: str | None) -> tuple[str, ...]:
    return tuple(part.strip() for part in (said or "").split(",") if part.strip())

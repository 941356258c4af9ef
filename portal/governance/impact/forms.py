"""What is filled in of an assessment: what it is about, sources, rows, questions, actions, signatures."""

from typing import Any
from uuid import UUID

from wtforms import (
    BooleanField,
    DateField,
    HiddenField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import AnyOf, DataRequired, InputRequired, Length, Optional

from portal.domain.impact.content import Answer, Source, Subject
from portal.domain.impact.form import (
    AFFECTED,
    CERTAINTIES,
    FEEDS,
    PROMPTS,
    SIDES,
    SOURCE_KINDS,
    STATUSES,
)
from portal.domain.impact.signing import Part
from portal.domain.policy.assessment import Impact
from portal.governance.drafts.forms import RevisionForm
from portal.governance.impact.acting import Wanted
from portal.governance.impact.signing import Said
from portal.web.forms import Form, options, stripped

LONG, SHORT = 4000, 200
TOO_LONG = "That is too long."
IMPACTS = {
    Impact.POSITIVE: "Positive: it helps somebody",
    Impact.NEGATIVE: "Negative: it harms or hinders somebody",
    Impact.NEUTRAL: "Neutral: neither",
}
DIFFERENTLY = {"yes": "Yes: some more than others", "same": "No: it is the same for all"}
ALONE = "Neutral stands alone: choose it, or positive and negative."


def _text(label: str, rows: int = 2, about: str = "") -> TextAreaField:
    return TextAreaField(
        label,
        [Optional(), Length(max=LONG, message=TOO_LONG)],
        filters=[stripped],
        description=about,
        render_kw={"rows": rows},
    )


def _line(label: str, about: str = "") -> StringField:
    return StringField(
        label, [Optional(), Length(max=SHORT, message=TOO_LONG)], filters=[stripped], description=about
    )


def _day(label: str, about: str = "") -> DateField:
    return DateField(label, [Optional()], description=about)


class LeadForm(Form):
    """Who leads an assessment."""

    lead = SelectField("Who leads it?", validate_choice=False)

    def names(self, staff: dict[str, str]) -> None:
        """Who can be chosen."""
        self.lead.choices = options({"": "Choose somebody"} | staff)
        self.lead.validators = [AnyOf(list(staff), "Choose who leads it.")]

    @property
    def chosen(self) -> UUID:
        """Whoever was chosen."""
        return UUID(self.lead.data)


class BeginForm(LeadForm):
    """Who leads a new assessment, and what it begins with."""

    earlier = BooleanField("Begin with what it claims, row by row, to be gone through")


class SubjectForm(LeadForm, RevisionForm):
    """What is assessed."""

    status = RadioField("The policy is", choices=options(STATUSES), validate_choice=False,
        validators=[AnyOf(list(STATUSES), "Choose one of the three.")])  # fmt: skip
    service = StringField(
        "Which service owns it?",
        [DataRequired("Write which service owns it."), Length(max=SHORT, message=TOO_LONG)],
        filters=[stripped],
    )
    affected = SelectMultipleField("Who is affected?", choices=options(AFFECTED), validate_choice=False)
    summary = _text("What is assessed, and why?", 4)
    contact = _line("Who can be asked?", "A post and a number or address at work.")
    proposed_on = _day("When was it proposed?")
    decision_on = _day(
        "When is it decided?", "An assessment is begun before that day, so that it can inform it."
    )
    implemented_on = _day(
        "From which day is it in force?", "Its impact is looked at again a year after that day."
    )

    def subject(self) -> Subject:
        """What was written."""
        known = tuple(each for each in AFFECTED if each in (self.affected.data or ()))
        return Subject(
            self.status.data,
            self.service.data,
            known,
            self.summary.data or "",
            self.contact.data or "",
            self.proposed_on.data,
            self.decision_on.data,
            self.implemented_on.data,
        )


class SourceForm(RevisionForm):
    """Where something is known from."""

    key = HiddenField()
    kind = RadioField("What kind of data is it?", choices=options(SOURCE_KINDS), validate_choice=False,
        validators=[AnyOf(list(SOURCE_KINDS), "Choose a kind.")])  # fmt: skip
    title = StringField(
        "What is it called?",
        [DataRequired("Write what it is called, such as the name of a system or a survey."),
         Length(max=SHORT, message=TOO_LONG)],
        filters=[stripped],
    )  # fmt: skip
    side = RadioField("Whose is it?", choices=options(SIDES), validate_choice=False, validators=[Optional()])
    engagement = _text(
        "Which engagement was done for it?", 2, "With whom, when and how. “None” is an answer."
    )
    extracted_on = _day("On which day was it drawn?")
    drawn_by = _line("Who drew it?", "A post is enough.")
    says = _text("What does it show?", 3, "Numbers and what people tell. Of nobody who could be recognised.")
    feed = SelectField("Figures that the portal puts behind it", choices=options(FEEDS), validate_choice=False,
        validators=[AnyOf(list(FEEDS), "Choose one.")])  # fmt: skip

    def source(self) -> Source:
        """What was written."""
        return Source(
            self.key.data or "",
            self.kind.data,
            self.title.data,
            self.side.data if self.side.data in set(SIDES) else "",
            self.engagement.data or "",
            self.extracted_on.data,
            self.drawn_by.data or "",
            self.says.data or "",
            self.feed.data,
        )


class RowForm(RevisionForm):
    """One row: which way it goes, for whom, how we know, what could go wrong."""

    impacts = SelectMultipleField("Its impact is", choices=options(IMPACTS), validate_choice=False)
    groups = _text("Which groups are affected?")
    differently = RadioField(
        "Are groups affected differently?",
        choices=options(DIFFERENTLY),
        validate_choice=False,
        validators=[Optional()],
    )
    why_same = _text("If it is the same for all: why?")
    nature = _text("What is the impact?", 3)
    outcome_now = _text("What comes of it already?")
    outcome_may = _text("What may come of it?")
    sources = SelectMultipleField("Which sources show it?", validate_choice=False)
    shows = _text(
        "What in them shows it?", 2, "What is not shown by data is no evidence: rely on no stereotype."
    )
    certainty = RadioField(
        "How certain is it?", choices=options(CERTAINTIES), validate_choice=False, validators=[Optional()]
    )
    risk = _text("What is the risk?")
    mitigation = _text("What is done against it?")
    plan = _line("Which other plan holds that, if it is not an action of this one?")
    objective = _line("Which aim of the equality strategy does it serve?")

    def sources_known(self, known: dict[str, str]) -> None:
        """Which sources can be linked."""
        self.sources.choices = options(known)

    def validate(self, extra_validators: object = None) -> bool:
        """Neutral stands alone."""
        fine: bool = super().validate(extra_validators)
        if Impact.NEUTRAL.value in (self.impacts.data or ()) and len(self.impacts.data) > 1:
            self.refuse("impacts", ALONE)
            return False
        return fine

    def answer(self) -> Answer:
        """What was written."""
        known = {str(value) for value, *_ in self.sources.iter_choices()}
        return Answer(
            tuple(each for each in Impact if each in (self.impacts.data or ())),
            self.groups.data or "",
            self.differently.data if self.differently.data in DIFFERENTLY else "",
            self.why_same.data or "",
            self.nature.data or "",
            self.risk.data or "",
            self.mitigation.data or "",
            self.plan.data or "",
            self.outcome_now.data or "",
            self.outcome_may.data or "",
            self.certainty.data if self.certainty.data in set(CERTAINTIES) else "",
            tuple(each for each in self.sources.data or () if each in known),
            self.shows.data or "",
            self.objective.data or "",
        )


class QuestionsForm(RevisionForm):
    """The questions that are answered in words; its fields are made from the form's own list."""

    @classmethod
    def asking(cls, part: str) -> type["QuestionsForm"]:
        """A form with the questions of one section."""
        fields: dict[str, Any] = {each.key: _text(each.asks, 3) for each in PROMPTS if each.part == part}
        return type("QuestionsOfAPart", (cls,), fields)

    def replies(self) -> dict[str, str]:
        """What was answered."""
        return {each.key: self[each.key].data or "" for each in PROMPTS if each.key in self}


class ActionForm(Form):
    """What is to be done."""

    row = SelectField("What does it answer?", validate_choice=False)
    says = TextAreaField(
        "What is to be done?",
        [DataRequired("Write what is to be done."), Length(max=LONG, message=TOO_LONG)],
        filters=[stripped],
        render_kw={"rows": 2},
    )
    owner = SelectField("Who does it?", validate_choice=False)
    due_on = DateField("Until when?", [InputRequired("Write a day, such as 2027-01-31.")])
    framework = _line("In which other plan does it stand, if it does?")
    comment = _text("Anything to keep with it")

    def choices(self, rows: dict[str, str], staff: dict[str, str]) -> None:
        """What it can answer, and whom it can be given to."""
        self.row.choices = options({"": "Choose a row"} | rows)
        self.row.validators = [AnyOf(list(rows), "Choose what it answers.")]
        self.owner.choices = options({"": "Choose somebody"} | staff)
        self.owner.validators = [AnyOf(list(staff), "Choose who does it.")]

    def wanted(self) -> Wanted:
        """The action."""
        return Wanted(
            self.row.data,
            self.says.data,
            UUID(self.owner.data),
            self.due_on.data,
            self.framework.data or "",
            self.comment.data or "",
        )


class DoneForm(Form):
    """An action is done."""

    comment = TextAreaField(
        "What was done?",
        [DataRequired("Write what was done."), Length(max=LONG, message=TOO_LONG)],
        filters=[stripped],
        render_kw={"rows": 3},
    )


class HelpedForm(ActionForm):
    """Did it help? If not, what is done instead."""

    helped = RadioField("Did it help?", choices=options({"yes": "Yes", "no": "No: it is done another way"}),
        validate_choice=False, validators=[AnyOf(["yes", "no"], "Say whether it helped.")])  # fmt: skip
    found = TextAreaField(
        "What shows it?",
        [DataRequired("Write what shows it."), Length(max=LONG, message=TOO_LONG)],
        filters=[stripped],
        render_kw={"rows": 2},
    )

    def validate(self, extra_validators: object = None) -> bool:
        """What is done instead is asked for only where it did not help."""
        if self.helped.data == "no":
            return bool(super().validate(extra_validators))
        for field in (self.row, self.says, self.owner, self.due_on):
            field.validators = [Optional()]
        return bool(super().validate(extra_validators))


class SignForm(RevisionForm):
    """A signature."""

    comment = _text("Comment", 2)
    reason = _text("What is not answered, and why is it signed all the same?", 2)
    next_review = _day("When is it looked at next?", "Later than today.")

    def said(self, part: Part) -> Said:
        """What is said with it."""
        return Said(part, self.comment.data or "", self.reason.data or "", self.next_review.data)


class BackForm(RevisionForm):
    """Why it goes back."""

    reason = TextAreaField(
        "Why does it go back?",
        [DataRequired("Write why it goes back."), Length(max=LONG, message=TOO_LONG)],
        filters=[stripped],
        render_kw={"rows": 2},
    )

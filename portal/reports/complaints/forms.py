"""What is filled in about a complaint: the link to a case, and each of its steps."""

from datetime import datetime
from typing import Any
from uuid import UUID

from wtforms import (
    BooleanField,
    DateField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    TimeField,
)
from wtforms.validators import AnyOf, DataRequired, InputRequired, NumberRange, Optional, ValidationError

from portal.cases.forms import MomentForm, RevisedForm, text
from portal.domain.complaints import Complains, Outcome, Shown
from portal.domain.findings import Found
from portal.reports.complaints.service import Asked, Learned, Linked
from portal.reports.complaints.words import COMPLAINS, OUTCOMES, PARTS
from portal.reports.findings.service import Recommended
from portal.web.forms import options
from portal.web.here import now

NOBODY = "Write of nobody: no name, no address. It is read where no case is."


class LinkForm(MomentForm):
    """A complaint that is linked to a case."""

    by = RadioField(
        "Who complains", choices=options(COMPLAINS), validate_choice=False,
        validators=[AnyOf(COMPLAINS, "Choose who complains.")],
    )  # fmt: skip
    says = text(
        "What the complaint says", needed="Write what the complaint says.",
        hint="In their words where you can. Whoever handles it reads this: leave out what the answer does not need.",
    )  # fmt: skip
    answer_to = text(
        "How an answer reaches them", needed="Write how an answer reaches them.",
        hint="For the person whose case it is, only a way that is safe; or through you.", rows=2,
    )  # fmt: skip
    parts = SelectMultipleField(
        "What of the case may be read for it (you can skip this)", [Optional()], choices=options(PARTS),
        validate_choice=False, description="Moments and clauses only. Nothing that anybody said is among them.",
    )  # fmt: skip
    handler = SelectField("Who handles it", validate_choice=False)

    def handlers(self, able: dict[str, str]) -> None:
        """Who can be chosen."""
        self.handler.choices = options({"": "Choose"} | able)
        self.handler.validators = [AnyOf(list(able), "Choose who handles it.")]

    def validate_time(self, _field: TimeField) -> None:
        """It has reached us already."""
        if self.day.data and self.time.data and self.moment() > now():
            raise ValidationError("That is still to come.")

    def linked(self) -> Linked:
        """The complaint."""
        chosen = frozenset(Shown(each) for each in self.parts.data or () if each in set(Shown))
        return Linked(
            Complains(self.by.data), self.moment(), self.says.data, self.answer_to.data, chosen, UUID(self.handler.data)
        )


class AcknowledgeForm(RevisedForm):
    """Whoever complains was told that we have it."""

    words = text(
        "What we told them", needed="Write what we told them.",
        hint="What we understand it to be about, what they want, and by when they hear from us.",
    )  # fmt: skip


class LongerForm(RevisedForm):
    """The answer is put off."""

    days = IntegerField(
        "By how many working days",
        [InputRequired("Enter how many."), NumberRange(1, 60, "Enter a number from 1 to 60.")],
    )
    words = text("Why, as we told them", needed="Write why.")
    told = BooleanField(
        "They were told why, until when, and how to reach the Ombudsman",
        [DataRequired("Tell them first: nothing is put off without their knowing.")],
    )


class AnswerForm(RevisedForm):
    """Our answer."""

    outcome = RadioField(
        "What the answer says", choices=options(OUTCOMES), validate_choice=False,
        validators=[AnyOf(OUTCOMES, "Choose what the answer says.")],
    )  # fmt: skip
    words = text("The answer, and what is put right", needed="Write the answer.", rows=6)

    def chosen(self) -> Outcome:
        """What it says."""
        return Outcome(self.outcome.data)


class AgainForm(MomentForm):
    """They ask for stage two."""

    words = text("What they are not content with", needed="Write what they are not content with.")
    handler = SelectField("Who looks at it now", validate_choice=False)

    handlers = LinkForm.handlers
    validate_time = LinkForm.validate_time

    def asked(self) -> Asked:
        """What they ask."""
        return Asked(self.moment(), self.words.data, UUID(self.handler.data))


class CloseForm(RevisedForm):
    """What was learned; what is to change becomes a recommendation."""

    words = text("What was learned", needed="Write what was learned, or that nothing was, and why.", hint=NOBODY)
    change = text(
        "What is to change (you can skip this)", hint="It becomes a recommendation with an owner and a day.", rows=2
    )
    owner = SelectField("Who sees to it", validate_choice=False)
    due = DateField("By", [Optional()])

    def names(self, staff: dict[str, str]) -> None:
        """Whom it can be given to."""
        self.owner.choices = options({"": "Choose"} | staff)
        self._staff = staff

    def validate(self, extra_validators: Any = None) -> bool:  # noqa: ANN401 - WTForms' own signature
        """A change needs an owner and a day; without one neither is asked for."""
        fits = bool(super().validate(extra_validators))
        if self.change.data and self.owner.data not in self._staff:
            self.refuse("owner", "Choose who sees to it.")
        if self.change.data and self.due.data is None and not self.due.errors:
            self.refuse("due", "Enter a day.")
        return fits and not self.wrong()

    def learned(self) -> Learned:
        """What was learned, and what is to change."""
        words, change = self.words.data, self.change.data
        if not change:
            return Learned(words)
        return Learned(words, Recommended(Found.COMPLAINT, words, change, UUID(self.owner.data), self.due.data))


def this_moment(form: MomentForm, local: datetime) -> None:
    """Begin with now."""
    form.day.data, form.time.data = local.date(), local.time().replace(second=0, microsecond=0)



"""What is asked when a case is closed, and what a second person says to it."""

from collections.abc import Mapping

from wtforms import BooleanField, DateField, RadioField
from wtforms.validators import AnyOf, Optional

from portal.cases.closing.service import Closing, Decision, Residual, ToldHow
from portal.cases.forms import RevisedForm, text
from portal.cases.words import CLOSE_REASONS
from portal.domain.lifecycle import CloseReason
from portal.web.forms import Code, Form, options

RESIDUALS = {
    Residual.HIGH: "High",
    Residual.MEDIUM: "Medium",
    Residual.STANDARD: "Standard",
    Residual.UNKNOWN: "Not known",
}
TOLD = {
    ToldHow.SPOKEN: "Yes, we spoke",
    ToldHow.WRITTEN: "Yes, in writing, in a way that is safe",
    ToldHow.BY_ADVOCATE: "Yes, through somebody who supports them",
    ToldHow.NOT_TOLD: "No",
}
DECISIONS = {Decision.AGREED: "Agree: close the case", Decision.REFUSED: "Do not agree: the case goes on"}


def choose(label: str, table: Mapping[Code, str], needed: str) -> RadioField:
    """One of a table of answers."""
    known = AnyOf([str(each) for each in table], needed)
    return RadioField(label, choices=options(table), validate_choice=False, validators=[known])


class CloseForm(RevisedForm):
    """Why a case is closed, and how it stands."""

    reason = choose("Why", {CloseReason(code): says for code, says in CLOSE_REASONS.items()}, "Choose a reason.")
    words = text("How things stand for them now", needed="Write how things stand for them now.")
    residual = choose("The risk that is left", RESIDUALS, "Choose the risk that is left.")
    mitigation = text("What keeps that risk down", hint="You can skip this where no risk is left.", rows=2)
    told = choose("Do they know that the case is closed?", TOLD, "Choose whether they were told.")
    why_not_told = text("If not, why not", rows=2)
    after_care = DateField("Get in touch again, if they agreed to it (you can skip this)", [Optional()])
    may_ask = BooleanField("They agree to be asked later how it was, in a way that is safe")
    despite = text("Why it is closed all the same", rows=2)

    def refused(self, *, concerned: bool) -> bool:
        """Say what is missing that only some closings need."""
        if self.told.data == ToldHow.NOT_TOLD and not self.why_not_told.data:
            self.refuse("why_not_told", "Write why they were not told.")
        if concerned and not self.despite.data:
            self.refuse("despite", "Write why it is closed all the same.")
        return bool(self.wrong())

    def closing(self) -> Closing:
        """What was answered."""
        return Closing(
            CloseReason(self.reason.data),
            self.words.data,
            Residual(self.residual.data),
            self.mitigation.data or "",
            ToldHow(self.told.data),
            self.why_not_told.data or "",
            self.after_care.data,
            self.despite.data or "",
            self.may_ask.data,
        )


class DecideForm(Form):
    """What a second person decides."""

    decision = choose("Your decision", DECISIONS, "Choose what you decide.")
    words = text("Why", needed="Write why.", rows=2)

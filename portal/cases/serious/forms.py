"""What is filled in about a serious matter: what it is, why it is not reported, and what a second person says."""

from uuid import UUID

from wtforms import RadioField, SelectField
from wtforms.validators import AnyOf, InputRequired, Optional

from portal.cases.forms import RevisedForm, text
from portal.cases.serious.service import No
from portal.cases.serious.words import MATTERS
from portal.domain.serious import Matter
from portal.web.forms import Form, options

VERDICTS = {"yes": "I agree: it is not reported", "no": "I do not agree: it waits for its answer again"}


class NoteForm(Form):
    """What is serious, and what is known of it."""

    matter = RadioField("What is it?", validators=[InputRequired("Choose what it is.")])
    words = text("What is known", needed="Write what is known, and from whom.")

    def fit(self, spoken_of: tuple[Matter, ...]) -> None:
        """Offer what the policy speaks of."""
        self.matter.choices = options({each: MATTERS[each] for each in spoken_of})


class NoForm(RevisedForm):
    """Why it is not reported, and what is done instead."""

    why = text(
        "Why it is not reported", needed="Write why it is not reported.", rows=3,
        hint="What they want, what a report would do to their safety, whether the police know already.",
    )  # fmt: skip
    instead = text("What is done instead", needed="Write what is done instead to lessen the risk.", rows=3)
    second_person = SelectField("Who looks at it", [Optional()])

    def no(self) -> No:
        """As the service takes it."""
        chosen = self.second_person.data
        return No(self.why.data, self.instead.data, UUID(chosen) if chosen else None)


class LookForm(RevisedForm):
    """What the second person says."""

    agrees = RadioField(
        "What you say", choices=options(VERDICTS), validate_choice=False,
        validators=[AnyOf(VERDICTS, "Choose what you say.")],
    )  # fmt: skip
    words = text("Why", needed="Write why: it stands beside the decision.", rows=3)


class ReportedForm(RevisedForm):
    """Which of the things that went to the police was the report."""

    left = RadioField("Which of these reported it?", validators=[InputRequired("Choose what reported it.")])

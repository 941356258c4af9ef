"""How many cases, when again; what is recommended; and what shows that it is done."""

from uuid import UUID

from wtforms import DateField, IntegerField, RadioField, SelectField, TextAreaField
from wtforms.validators import AnyOf, DataRequired, InputRequired, Length, NumberRange

from portal.domain.findings import FEWEST_DRAWN, FOUND, MOST_DRAWN, Found
from portal.reports.findings.service import Recommended
from portal.web.forms import Form, options, stripped

LONG = 4000
TOO_LONG = "That is too long."
NOBODY = "Write of nobody: no name, no address."


class DrawForm(Form):
    """How large a sample, and when the next one is due."""

    count = IntegerField(
        "How many closed cases",
        [
            InputRequired("Enter how many."),
            NumberRange(FEWEST_DRAWN, MOST_DRAWN, f"Enter a number from {FEWEST_DRAWN} to {MOST_DRAWN}."),
        ],
    )
    again = DateField("The next audit is due on", [InputRequired("Enter a day.")])


class RecommendForm(Form):
    """A finding, and what is to change."""

    source = RadioField(
        "Where it was found", choices=options(FOUND), validators=[InputRequired("Choose where.")]
    )
    finding = TextAreaField(
        "What was found",
        [DataRequired("Write what was found."), Length(max=LONG, message=TOO_LONG)],
        filters=[stripped],
        description=NOBODY,
        render_kw={"rows": 3},
    )
    change = TextAreaField(
        "What is to change",
        [DataRequired("Write what is to change."), Length(max=LONG, message=TOO_LONG)],
        filters=[stripped],
        render_kw={"rows": 3},
    )
    owner = SelectField("Who sees to it", validate_choice=False)
    due = DateField("By", [InputRequired("Enter a day.")])

    def names(self, staff: dict[str, str]) -> None:
        """Whom it can be given to."""
        self.owner.choices = options(staff)
        self.owner.validators = [AnyOf(list(staff), "Choose somebody.")]

    def recommended(self) -> Recommended:
        """What is recommended."""
        source = Found(self.source.data)
        return Recommended(source, self.finding.data, self.change.data, UUID(self.owner.data), self.due.data)


class EvidenceForm(Form):
    """What shows that it is done."""

    evidence = TextAreaField(
        "What shows that it is done",
        [DataRequired("Write what shows that it is done."), Length(max=LONG, message=TOO_LONG)],
        filters=[stripped],
        description=NOBODY,
        render_kw={"rows": 3},
    )


class SeenForm(Form):
    """Nothing but that somebody has gone through it."""

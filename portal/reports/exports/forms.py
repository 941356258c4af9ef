"""What is asked for in a file, for whom, and why."""

from wtforms import RadioField, SelectField
from wtforms.validators import AnyOf

from portal.cases.forms import text
from portal.domain.exports import Form as As
from portal.domain.exports import What
from portal.reports.exports.queries import ALL
from portal.reports.exports.service import Asked
from portal.web.forms import Form, options

WHATS = {
    What.FIGURES: "Figures in which nobody can be found, as boards see them",
    What.CASES: "A line for each case that you may open: reference, dates and codes, no name and no word of anybody",
}
FORMS = {As.CSV: "CSV, for any program", As.XLSX: "XLSX, for a spreadsheet"}


class ExportForm(Form):
    """A file."""

    what = RadioField(
        "What it holds", validate_choice=False, validators=[AnyOf(list(What), "Choose what it holds.")]
    )
    period = SelectField("Of which time", validate_choice=False)
    form = RadioField(
        "As what", choices=options(FORMS), validate_choice=False, validators=[AnyOf(list(As), "Choose as what.")]
    )
    recipient = text(
        "For whom", needed="Write for whom it is.", hint="A post or body. It stands on every page.", rows=1
    )
    reason = text("Why", needed="Write why.", hint="It stands on the first page.", rows=2)

    def choose(self, periods: dict[str, str], *, opens_cases: bool) -> None:
        """What can be chosen; only whoever may open cases can have a list of them."""
        self.what.choices = options(WHATS if opens_cases else {What.FIGURES: WHATS[What.FIGURES]})
        self.period.choices = options(periods | ({ALL: "All that there are (cases only)"} if opens_cases else {}))
        self.period.validators = [AnyOf([str(each.value) for each in self.period.choices], "Choose of which time.")]

    def validate(self, extra_validators: object = None) -> bool:
        """Figures are of a quarter."""
        fits = bool(super().validate(extra_validators))
        if self.what.data == What.FIGURES and self.period.data == ALL:
            self.refuse("period", "Choose a quarter: figures are of one.")
        return fits and not self.wrong()

    def asked(self) -> Asked:
        """The file."""
        return Asked(
            What(self.what.data), As(self.form.data), self.period.data, self.recipient.data, self.reason.data
        )

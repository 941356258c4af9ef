"""What a second person fills in."""

from uuid import UUID

from wtforms import HiddenField, RadioField
from wtforms.validators import AnyOf

from portal.cases.approvals.words import VERDICTS
from portal.cases.forms import text
from portal.domain.approvals import Verdict
from portal.web.forms import Form, options


class VerdictForm(Form):
    """Agree, or give it back with the reason."""

    of = HiddenField()
    verdict = RadioField(
        "What you say", choices=options(VERDICTS), validate_choice=False,
        validators=[AnyOf(VERDICTS, "Choose what you say.")],
    )  # fmt: skip
    words = text("Why", hint="Needed where you give it back.", rows=2)

    def refused(self) -> bool:
        """Nobody learns from what is given back without a word."""
        if self.verdict.data == Verdict.RETURNED and not self.words.data:
            self.refuse("words", "Write what has to be done again.")
        return bool(self.wrong())

    def of_id(self) -> UUID:
        """What it is about; what is no id at all is nothing's."""
        try:
            return UUID(self.of.data or "")
        except ValueError:
            return UUID(int=0)

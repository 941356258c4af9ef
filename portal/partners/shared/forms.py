"""What an agency's worker fills in."""

from wtforms import RadioField
from wtforms.validators import AnyOf

from portal.cases.forms import text
from portal.web.forms import Form, options

ANSWERS = {"accept": "We take it", "decline": "We cannot take it"}
WHY = "Say why. The landlord reads it, so that somebody else can be asked."


class AnswerForm(Form):
    """Take it or not."""

    answer = RadioField("Your answer", choices=options(ANSWERS), validate_choice=False,
                        validators=[AnyOf(ANSWERS, "Choose your answer.")])  # fmt: skip
    reason = text("If you cannot take it, why", hint="For example: we support somebody else in this.", rows=2)

    def accepts(self) -> bool:
        """As the service takes it."""
        return bool(self.answer.data == "accept")

    def complete(self) -> bool:
        """Is it right in itself, with a reason where one is asked for?"""
        good = bool(self.validate())
        if good and not self.accepts() and not self.reason.data:
            self.refuse("reason", WHY)
            return False
        return good

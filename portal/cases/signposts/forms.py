"""What is filled in when somebody was told of a service."""

from wtforms import RadioField, SelectField
from wtforms.validators import AnyOf

from portal.cases.forms import text
from portal.cases.signposts.queries import Services
from portal.cases.signposts.service import Answer, Given
from portal.web.forms import Form, options

WAYS = {
    Given.SPOKEN: "Said while talking with them",
    Given.PAPER: "A card or paper that is safe to keep",
    Given.SAFE_MESSAGE: "A message, by a way that they said is safe",
}
ANSWERS = {
    Answer.TAKEN: "They want to use it",
    Answer.LATER: "Perhaps later",
    Answer.DECLINED: "They do not want it",
}


class SignpostForm(Form):
    """Which service, how they were told, and what they said."""

    service = SelectField("Told of", choices=[])
    way = RadioField(
        "How", choices=options(WAYS), validators=[AnyOf([*WAYS], "Choose how they were told.")], validate_choice=False
    )  # fmt: skip
    answer = RadioField(
        "What they said",
        choices=options(ANSWERS),
        validators=[AnyOf([*ANSWERS], "Choose what they said.")],
        validate_choice=False,
    )

    def offer(self, services: Services) -> None:
        """Only what stands in the landlord's list."""
        self.service.choices = options({each["id"]: each["name"] for each in services})


class CaseSignpostForm(SignpostForm):
    """The same in a case, where words can be kept."""

    words = text("Anything to remember about it", rows=2)

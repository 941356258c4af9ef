"""What is filled in about why somebody looks."""

from wtforms import RadioField
from wtforms.validators import AnyOf

from portal.cases.forms import text
from portal.domain.looking import Why
from portal.web.forms import Form, options

WHYS = {
    Why.COVER: "I stand in for the officer",
    Why.THEY_CALLED: "They, or somebody for them, got in touch with me",
    Why.SUPERVISION: "I supervise or review casework",
    Why.OTHER_CASE: "Another case or report led me here",
    Why.OTHER: "Something else",
}


class WhyForm(Form):
    """One tick; words only where no line fits."""

    why = RadioField(
        "Why do you look at this case?",
        choices=options(WHYS),
        validators=[AnyOf([*WHYS], "Choose why you look at it.")],
        validate_choice=False,
    )
    words = text("In your words", hint="Needed for something else. You can skip it otherwise.", rows=2)

    def validate(self, extra_validators: object = None) -> bool:
        """Something else is said in words."""
        fine: bool = super().validate(extra_validators)
        if fine and self.why.data == Why.OTHER and not self.words.data:
            self.refuse("words", "Write why you look at it.")
            return False
        return fine

"""To which version a case is moved, and why."""

from uuid import UUID

from wtforms import HiddenField, RadioField, TextAreaField
from wtforms.validators import AnyOf, DataRequired, InputRequired, Length

from portal.web.forms import Form, options, stripped

LONG = 2000


class MoveForm(Form):
    """The decision. `seen` is the version that the case kept to when the page was opened."""

    seen = HiddenField(validators=[InputRequired()])
    to = RadioField("Which version does it keep to from now on?", validate_choice=False)
    why = TextAreaField(
        "Why?",
        [DataRequired("Write why the case is moved."), Length(max=LONG, message="That is too long.")],
        filters=[stripped],
        description="This stays with the case.",
        render_kw={"rows": 3},
    )

    def versions(self, known: dict[str, str]) -> None:
        """Which versions can be chosen."""
        self.to.choices = options(known)
        self.to.validators = [AnyOf(list(known), "Choose a version.")]

    @property
    def before(self) -> UUID | None:
        """What was seen; nothing where it is no id."""
        try:
            return UUID(self.seen.data or "")
        except ValueError:
            return None

"""What every form about the look has: in which state whoever fills it in has seen it."""

from wtforms import HiddenField
from wtforms.validators import InputRequired

from portal.web.forms import Form

SHORT, SHORTEN = 120, "Shorten it."


class SeenForm(Form):
    """A form about what somebody has seen in one state."""

    revision = HiddenField(validators=[InputRequired()])

    @property
    def seen(self) -> int:
        """Which state was seen; one that never was where nothing sensible came."""
        return int(self.revision.data) if (self.revision.data or "").isdecimal() else -1

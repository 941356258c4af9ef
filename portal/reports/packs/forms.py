"""Which report, and the words beside its figures."""

from wtforms import IntegerField, RadioField, SelectField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length

from portal.reports.packs.contents import Said
from portal.web.forms import Form, stripped

LONG = 6000
NOBODY = (
    "Write of nobody: no name, no address, no story of one case. A board reads it, and it may be published."
)


class AskForm(Form):
    """To whom, and about which quarter."""

    body = RadioField("To whom", validators=[InputRequired("Choose to whom.")])
    quarter = SelectField("About which quarter")


class WordsForm(Form):
    """What stands beside the figures."""

    revision = IntegerField(validators=[InputRequired()])
    summary = TextAreaField(
        "What the figures say",
        [DataRequired("Write what the figures say."), Length(max=LONG, message="That is too long.")],
        filters=[stripped],
        description=NOBODY,
        render_kw={"rows": 6},
    )
    actions = TextAreaField(
        "What is being done about it (you can skip this)",
        [Length(max=LONG, message="That is too long.")],
        filters=[stripped],
        render_kw={"rows": 5},
    )

    def said(self) -> Said:
        """The words."""
        return Said(self.summary.data, self.actions.data or "")


class SendForm(Form):
    """Only which state of the report is sent."""

    revision = IntegerField(validators=[InputRequired()])

"""What is filled in about another register."""

from wtforms import StringField
from wtforms.validators import DataRequired, Length

from portal.web.forms import Form, stripped


class ElsewhereForm(Form):
    """The reference there."""

    reference = StringField(
        "Its reference there",
        [DataRequired("Write the reference."), Length(max=100, message="That is too long for a reference.")],
        filters=[stripped],
    )

"""Which home somebody looks for; sent by POST, so that no address stands in an address line."""

from wtforms import StringField
from wtforms.validators import DataRequired, Length

from portal.web.forms import Form, stripped


class LookForm(Form):
    """An address, or a reference in its place."""

    home = StringField(
        "Address, or reference",
        [DataRequired("Write an address or a reference."), Length(max=300, message="That is too long.")],
        filters=[stripped],
        description="An address with its number and postcode, so that it is found however the rest is written.",
    )

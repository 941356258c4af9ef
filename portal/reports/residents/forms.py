"""A profile as it is pasted in."""

from wtforms import DateField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length

from portal.web.forms import Form, stripped

LONG = 20_000


class ProfileForm(Form):
    """Numbers of residents."""

    as_of = DateField("As of which day", [InputRequired("Enter a day.")])
    source = StringField(
        "From where", [DataRequired("Write from where."), Length(max=200, message="That is too long.")],
        filters=[stripped], description="Such as: housing system, all tenants and occupants.",
    )  # fmt: skip
    numbers = TextAreaField(
        "The numbers",
        [DataRequired("Paste the numbers."), Length(max=LONG, message="That is too long.")],
        filters=[stripped],
        description="One line for each: question, answer, number. For instance: sex, female, 5120",
        render_kw={"rows": 10},
    )

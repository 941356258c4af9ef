"""What staff type to sign in."""

from wtforms import HiddenField, PasswordField, StringField
from wtforms.validators import DataRequired, InputRequired, Length, ValidationError

from portal.web.forms import Form, stripped

LONGEST = 200


class SignInForm(Form):
    """Address and password; `next` is the page that was wanted."""

    email = StringField(
        "Email address",
        [DataRequired("Enter your email address."), Length(max=LONGEST, message="That address is too long.")],
        filters=[stripped],
    )
    password = PasswordField(
        "Password",
        [InputRequired("Enter your password."), Length(max=LONGEST, message="That password is too long.")],
    )
    next = HiddenField()

    def validate_email(self, field: StringField) -> None:
        """An address holds nothing that cannot be seen; the database would refuse a null."""
        if not field.data.isprintable():
            raise ValidationError("Enter your email address.")

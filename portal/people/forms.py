"""What staff type to sign in."""

from wtforms import HiddenField, PasswordField, StringField
from wtforms.validators import DataRequired, InputRequired, Length

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

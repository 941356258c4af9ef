"""What people type to prove who they are, and what a landlord's administrator chooses."""

from wtforms import HiddenField, IntegerField, PasswordField, SelectMultipleField, StringField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional, ValidationError

from portal.people.forms import LONGEST, SHORTEST
from portal.people.proving import rules
from portal.web.forms import Form, stripped

TOO_LONG = Length(max=LONGEST, message="That is too long.")


class ForgottenForm(Form):
    """Where a code is to be sent."""

    email = StringField(
        "Email address",
        [DataRequired("Enter your email address."), TOO_LONG],
        filters=[stripped],
        render_kw={"kind": "email"},
    )

    def validate_email(self, field: StringField) -> None:
        """As at every sign-in."""
        if not field.data.isprintable():
            raise ValidationError("Enter your email address.")


class CodeForm(Form):
    """The figures of an app, or a recovery code; or what a passkey has signed."""

    code = StringField("Code", [Optional(), TOO_LONG], filters=[stripped])
    passkey = HiddenField()


class AppForm(Form):
    """The first figures of a new app."""

    code = StringField(
        "Six figures that the app shows now",
        [DataRequired("Enter the six figures that the app shows."), TOO_LONG],
        filters=[stripped],
        render_kw={"kind": "number"},
    )


class PasskeyForm(Form):
    """What to call a new passkey; the browser adds its answer."""

    called = StringField(
        "What do you call this device?",
        [DataRequired("Give it a name, so that you know it from others."), TOO_LONG],
        filters=[stripped],
        description="Only you see it, such as: my work telephone.",
    )
    answer = HiddenField()


class PasswordForm(Form):
    """A new password, by whoever knows the old one."""

    old = PasswordField("Your password now", [InputRequired("Enter your password."), TOO_LONG])
    new = PasswordField(
        "Your new password",
        [
            InputRequired("Enter a password."),
            Length(min=SHORTEST, message=f"Take {SHORTEST} characters or more; several words are good."),
            TOO_LONG,
        ],
    )


class RuleForm(Form):
    """Which roles need a second factor, and how long a proof is fresh."""

    roles = SelectMultipleField("Who needs a second factor to sign in?", [Optional()])
    minutes = IntegerField(
        "For how many minutes is a proof fresh enough?",
        [
            InputRequired("Write a number of minutes."),
            NumberRange(
                rules.SHORTEST, rules.LONGEST, f"Choose between {rules.SHORTEST} and {rules.LONGEST} minutes."
            ),
        ],
        description="Before a sensitive act, somebody who has not proved for longer who they are is asked again.",
    )
    revision = HiddenField()

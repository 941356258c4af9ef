"""What people type to prove who they are, and what a landlord's administrator chooses."""

from wtforms import HiddenField, IntegerField, PasswordField, SelectMultipleField, StringField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional, ValidationError

from portal.domain.webhooks import unfit
from portal.people.forms import LONGEST, SHORTEST
from portal.people.proving import rules
from portal.settings import Env
from portal.web.forms import Form, stripped
from portal.web.here import portal

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


class OrganisationForm(Form):
    """The sign-in of the landlord's own organisation, as it was registered over there."""

    issuer = StringField(
        "Address of its sign-in",
        [DataRequired("Enter the address."), TOO_LONG],
        filters=[stripped],
        description="Exactly as the organisation gives it, beginning with https://. It is called issuer over there.",
        render_kw={"kind": "url"},
    )
    client_id = StringField(
        "Client ID",
        [DataRequired("Enter the client ID."), TOO_LONG],
        filters=[stripped],
        description="By what the organisation knows the portal.",
    )
    secret = PasswordField(
        "Client secret",
        [InputRequired("Enter the client secret."), TOO_LONG],
        description="It is kept sealed and shown to nobody again.",
    )

    def validate_issuer(self, field: StringField) -> None:
        """A machine inside this network is named by whoever runs the portal."""
        if unfit(field.data, anywhere=portal().settings.env is not Env.PRODUCTION):
            raise ValidationError(
                "Write the whole address, such as https://login.example.org. "
                "One inside this network is set by whoever runs the portal."
            )


class OnlyForm(Form):
    """Who comes in past the organisation in an emergency."""

    spared = SelectMultipleField("Who comes in when the organisation’s sign-in is away?", [Optional()])
    revision = HiddenField()

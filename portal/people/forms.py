"""What staff type to sign in, and what officers state of themselves."""

from wtforms import BooleanField, HiddenField, PasswordField, RadioField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, Optional, ValidationError

from portal.people.profile import Profile
from portal.web.forms import Form, options, stripped

LONGEST = 200


def several(label: str, hint: str) -> TextAreaField:
    """A few short lines."""
    too_long = Length(max=LONGEST, message="That is too long.")
    return TextAreaField(label, [Optional(), too_long], description=hint, render_kw={"rows": 2})


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


class ProfileForm(Form):
    """What an officer states of themselves; every answer can be left out."""

    who = RadioField(
        "I am",
        [Optional()],
        choices=options({"woman": "A woman", "man": "A man", "": "I would rather not say"}),
        default="",
        description="Shown to those who give out cases, where somebody asks for a woman or for a man.",
    )
    cultures = several("Cultural backgrounds that I share", "One on each line.")
    languages = several("Languages that I speak well enough for a talk like this", "One on each line.")
    orientation = BooleanField("I can be given where somebody asks for an officer of the same sexual orientation")

    @staticmethod
    def filled(stated: Profile) -> dict[str, object]:
        """What the form shows of what is stated."""
        return {
            "who": stated.who,
            "cultures": "\n".join(stated.cultures),
            "languages": "\n".join(stated.languages),
            "orientation": stated.orientation,
        }

    def profile(self) -> Profile:
        """The answers as the service takes them."""
        return Profile(
            who=self.who.data or "",
            cultures=_rows(self.cultures),
            languages=_rows(self.languages),
            orientation=self.orientation.data,
        )


def _rows(field: TextAreaField) -> tuple[str, ...]:
    return tuple(dict.fromkeys(row.strip() for row in (field.data or "").splitlines() if row.strip()))

"""What staff type to sign in, and what officers state of themselves."""

from datetime import date

from wtforms import (
    BooleanField,
    DateField,
    HiddenField,
    PasswordField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import AnyOf, DataRequired, InputRequired, Length, Optional, ValidationError

from portal.domain.training import TrainingLevel
from portal.people.profile import Profile
from portal.web.forms import Form, options, stripped

LONGEST = 200
SHORTEST = 12
LEVELS = {
    TrainingLevel.AWARENESS: "Awareness: noticing and passing on",
    TrainingLevel.SPECIALIST: "Specialist: handling disclosures and cases",
    TrainingLevel.ADVOCATE: "Advocate: a qualification of its own",
}


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
    orientation = BooleanField(
        "I can be given where somebody asks for an officer of the same sexual orientation"
    )

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


class PartForm(Form):
    """What somebody is to be for a landlord."""

    roles = SelectMultipleField("What may they do?", [DataRequired("Choose at least one role.")])
    post = StringField(
        "Which post do they hold?",
        [Optional(), Length(max=LONGEST, message="That is too long.")],
        filters=[stripped],
        description="As the policy calls it. Reminders go to whoever holds the post.",
    )
    on_duty = BooleanField("They are on duty: told of each new report")
    until = DateField("Their last day, if it is known", [Optional()])


class ColleagueForm(PartForm):
    """The same, for somebody who works here or is asked in; `revision` is a sign of what the page showed."""

    revision = HiddenField()


class InviteForm(PartForm):
    """The same, for somebody new."""

    email = StringField(
        "Email address at work",
        [DataRequired("Enter an email address."), Length(max=LONGEST, message="That address is too long.")],
        filters=[stripped],
        render_kw={"kind": "email"},
    )
    name = StringField(
        "Name that colleagues see",
        [DataRequired("Enter a name."), Length(max=LONGEST, message="That is too long.")],
        filters=[stripped],
    )

    def validate_email(self, field: StringField) -> None:
        """One address, written as addresses are."""
        if not field.data.isprintable() or field.data.count("@") != 1 or " " in field.data:
            raise ValidationError("Write an email address, such as ann@example.org.")


class FirstPasswordForm(Form):
    """Address, code and a password of one's own."""

    email = StringField("Email address", [DataRequired("Enter your email address.")], filters=[stripped])
    code = StringField("The code that you were given", [DataRequired("Enter the code.")], filters=[stripped])
    password = PasswordField(
        "A password of your own",
        [
            InputRequired("Enter a password."),
            Length(min=SHORTEST, message=f"Take {SHORTEST} characters or more; several words are good."),
            Length(max=LONGEST, message="That password is too long."),
        ],
    )

    def validate_email(self, field: StringField) -> None:
        """As at every sign-in."""
        if not field.data.isprintable():
            raise ValidationError("Enter your email address.")


class CourseForm(Form):
    """A course that a colleague has completed."""

    who = SelectField("Who?", [InputRequired("Choose a colleague.")])
    title = StringField(
        "Which course?",
        [DataRequired("Write the name of the course."), Length(max=LONGEST, message="That is too long.")],
        filters=[stripped],
    )
    provider = StringField(
        "Who gave it?",
        [Optional(), Length(max=LONGEST, message="That is too long.")],
        filters=[stripped],
        description="A body, such as Women’s Aid; where it is a qualification, whoever awarded it.",
    )
    level = RadioField(
        "How deep does it go?",
        choices=options(LEVELS),
        validate_choice=False,
        validators=[AnyOf(LEVELS, "Choose a level.")],
    )
    completed_on = DateField("Completed on", [InputRequired("Write the day, such as 2026-03-31.")])
    valid_until = DateField(
        "Holds until", [Optional()], description="Leave it empty where it holds for good."
    )

    def validate(self, extra_validators: object = None, *, today: date | None = None) -> bool:
        """Completed by today, and over only afterwards."""
        fine: bool = super().validate(extra_validators)
        if fine and today and self.completed_on.data > today:
            self.refuse("completed_on", "This day is still to come.")
            return False
        if fine and self.valid_until.data and self.valid_until.data < self.completed_on.data:
            self.refuse("valid_until", "It ends before it was completed.")
            return False
        return fine

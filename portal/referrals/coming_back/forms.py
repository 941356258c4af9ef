"""What is filled in by whoever came back, and by officers who answer."""

from wtforms import BooleanField, RadioField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, Optional

from portal.domain.contact import Channel
from portal.referrals.coming_back.queries import Writes
from portal.web.forms import Form, options, stripped

LONG = 5000
ABOUT = {
    Writes.WORD: "A message, or an answer",
    Writes.MORE: "Something more about what is happening",
    Writes.OTHER_CONTACT: "A new way or time to reach me",
    Writes.SHARE: "You may speak with somebody for me",
    Writes.READERS: "I want to know who has read what I told you",
}
STOP = {
    Channel.CALL: "Do not ring me",
    Channel.TEXT: "Do not text me",
    Channel.EMAIL: "Do not email me",
    Channel.LETTER: "Do not write letters to me",
    Channel.VISIT: "Do not come to me",
    Channel.SOMEBODY_ELSE: "Do not go through the person I named",
}
NOBODY = {"nobody": "Do not speak with anybody else about me"}
HOW = {"yes": "Yes", "partly": "Partly", "no": "No", "not_said": "I do not want to say"}


def how(label: str) -> RadioField:
    """One question about how it went."""
    return RadioField(label, [Optional()], choices=options(HOW), default="")


class NumberForm(Form):
    """The number, with or without gaps."""

    number = StringField(
        "Your number",
        [DataRequired("Write the number."), Length(max=60, message="That is too long for a number.")],
        filters=[stripped],
        description="Sixteen digits.",
        render_kw={"kind": "tel"},
    )


class SafeForm(Form):
    """Nothing is shown before this."""

    safe = RadioField(
        "Is it safe to show it now?",
        choices=options({"yes": "Yes. Nobody else can see this", "no": "No"}),
        validators=[DataRequired("Choose an answer.")],
    )


class WriteForm(Form):
    """Something to us."""

    about = RadioField("What is it?", choices=options(ABOUT), validators=[DataRequired("Choose what it is.")])
    words = TextAreaField(
        "Your words",
        [DataRequired("Write something."), Length(max=LONG, message="That is too long. Send the first part.")],
        filters=[stripped],
        render_kw={"rows": 6},
    )


class LessForm(Form):
    """Less contact, which counts at once."""

    stop = SelectMultipleField("From now on", [Optional()], choices=options(STOP | NOBODY))
    never = TextAreaField(
        "Anything else we must never use",
        [Optional(), Length(max=LONG, message="That is too long.")],
        filters=[stripped],
        description="One on each line.",
        render_kw={"rows": 3},
    )

    def validate(self, extra_validators: object = None) -> bool:
        """Something has to change."""
        fine: bool = super().validate(extra_validators)
        if fine and not self.stop.data and not self.never.data:
            self.refuse("stop", "Choose what we must not do.")
            return False
        return fine


class HowForm(Form):
    """How it went, for figures."""

    heard = how("Did somebody listen to you?")
    safer = how("Are you safer than before?")
    again = how("Would you come to us again?")


class AnswerForm(Form):
    """An officer's words."""

    words = TextAreaField(
        "Write to them",
        [DataRequired("Write something."), Length(max=LONG, message="That is too long: split it.")],
        filters=[stripped],
        description="Somebody else may have the number. So no names, no numbers, nothing that tells what it is about.",
        render_kw={"rows": 4},
    )


class GiveForm(Form):
    """A new number."""

    known_by = TextAreaField(
        "How do you know that it is them?",
        [DataRequired("Write how you know that it is them."), Length(max=LONG, message="That is too long: split it.")],
        filters=[stripped],
        description="Such as: I rang the number that was kept before, and they said the code word.",
        render_kw={"rows": 2},
    )
    shows_plan = BooleanField("They want to see with it their plan, and with whom we may speak")

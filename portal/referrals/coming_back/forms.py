"""What is filled in by whoever came back, and by officers who answer."""

from wtforms import BooleanField, RadioField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, Optional

from portal.domain.contact import Channel
from portal.domain.languages import N_
from portal.referrals.coming_back.queries import Writes
from portal.web.forms import Form, options, stripped

LONG = 5000
NO_MORE = "no_more"
ABOUT = {
    Writes.WORD: N_("A message, or an answer"),
    Writes.MORE: N_("Something more about what is happening"),
    Writes.OTHER_CONTACT: N_("A new way or time to reach me"),
    Writes.PREFERENCES: N_("What I would like when you meet me, or how you write to me"),
    Writes.SHARE: N_("You may speak with somebody for me"),
    Writes.READERS: N_("I want to know who has read what I told you"),
}
STOP = {
    Channel.CALL: N_("Do not ring me"),
    Channel.TEXT: N_("Do not text me"),
    Channel.EMAIL: N_("Do not email me"),
    Channel.LETTER: N_("Do not write letters to me"),
    Channel.VISIT: N_("Do not come to me"),
    Channel.SOMEBODY_ELSE: N_("Do not go through the person I named"),
}
NOBODY = {"nobody": N_("Do not speak with anybody else about me")}
HOW = {"yes": N_("Yes"), "partly": N_("Partly"), "no": N_("No"), "not_said": N_("I do not want to say")}


def how(label: str) -> RadioField:
    """One question about how it went."""
    return RadioField(label, [Optional()], choices=options(HOW), default="")


class NumberForm(Form):
    """The number, with or without gaps."""

    number = StringField(
        N_("Your number"),
        [DataRequired(N_("Write the number.")), Length(max=60, message=N_("That is too long for a number."))],
        filters=[stripped],
        description=N_("Sixteen digits."),
        render_kw={"kind": "tel"},
    )


class SafeForm(Form):
    """Nothing is shown before this."""

    safe = RadioField(
        N_("Is it safe to show it now?"),
        choices=options({"yes": N_("Yes. Nobody else can see this"), "no": N_("No")}),
        validators=[DataRequired(N_("Choose an answer."))],
    )


class WriteForm(Form):
    """Something to us."""

    about = RadioField(N_("What is it?"), choices=options(ABOUT), validators=[DataRequired(N_("Choose what it is."))])
    words = TextAreaField(
        N_("Your words"),
        [DataRequired(N_("Write something.")), Length(max=LONG, message=N_("That is too long. Send the first part."))],
        filters=[stripped],
        render_kw={"rows": 6},
    )


class LessForm(Form):
    """Less contact, which counts at once."""

    stop = SelectMultipleField(N_("From now on"), [Optional()], choices=options(STOP | NOBODY))
    never = TextAreaField(
        N_("Anything else we must never use"),
        [Optional(), Length(max=LONG, message=N_("That is too long."))],
        filters=[stripped],
        description=N_("One on each line."),
        render_kw={"rows": 3},
    )

    def validate(self, extra_validators: object = None) -> bool:
        """Something has to change."""
        fine: bool = super().validate(extra_validators)
        if fine and not self.stop.data and not self.never.data:
            self.refuse("stop", N_("Choose what we must not do."))
            return False
        return fine


class RemindForm(Form):
    """Reminders: more is asked for here and nothing is sent before an officer has made sure; less counts at once."""

    by = RadioField(
        N_("How shall we remind you?"),
        choices=options(
            {
                Channel.TEXT: N_("By text"),
                Channel.EMAIL: N_("By email"),
                NO_MORE: N_("Do not remind me any more"),
            }
        ),
        validators=[DataRequired(N_("Choose an answer."))],
    )


class HowForm(Form):
    """How it went, for figures."""

    heard = how(N_("Did somebody listen to you?"))
    safer = how(N_("Are you safer than before?"))
    again = how(N_("Would you come to us again?"))


class AnswerForm(Form):
    """An officer's words."""

    words = TextAreaField(
        "Write to them",
        [DataRequired(N_("Write something.")), Length(max=LONG, message="That is too long: split it.")],
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

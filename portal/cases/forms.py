"""What officers fill in on a case: contact, notes, assignment, waiting, closing, the time that the survivor set."""

from datetime import datetime
from uuid import UUID

from wtforms import (
    BooleanField,
    DateField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    TimeField,
)
from wtforms.validators import AnyOf, DataRequired, InputRequired, Length, Optional, ValidationError
from wtforms.widgets import HiddenInput

from portal.cases.assigning import Assignment
from portal.cases.contacts import Attempt, Outcome
from portal.cases.interviews import Interview, PreferenceAnswer, Topic
from portal.cases.reaching import LEADS_TO
from portal.cases.words import (
    ANSWERS,
    CHANNELS,
    DONE_BY,
    OUTCOMES,
    PREFERENCES_ASKED,
    TOPICS,
    WAITING_FOR,
    WHOM,
)
from portal.domain.calendar import at_wall_clock
from portal.domain.clock import StopAct
from portal.domain.contact import Channel, Vouched
from portal.domain.policy import PreferenceKind
from portal.web.forms import Form, options, stripped

LONG = 20_000


def text(label: str, *, needed: str = "", hint: str = "", rows: int = 4) -> TextAreaField:
    """A box for words; `needed` is what to say when it is empty."""
    checks = [DataRequired(needed)] if needed else [Optional()]
    too_long = Length(max=LONG, message="That is too long: split it.")
    return TextAreaField(
        label, [*checks, too_long], filters=[stripped], description=hint, render_kw={"rows": rows}
    )


def line(label: str, hint: str = "") -> StringField:
    """One line of words that may stay empty."""
    return StringField(label, [Length(max=300, message="That is too long.")], filters=[stripped], description=hint)


class RevisedForm(Form):
    """A form on a case that somebody else may be changing at the same time."""

    revision = IntegerField("", [InputRequired()], widget=HiddenInput())


class MomentForm(RevisedForm):
    """A form about something at one moment, by London clocks."""

    day = DateField("Day", [InputRequired("Enter the day.")])
    time = TimeField("Time", [InputRequired("Enter the time, like 14:30.")])

    def moment(self) -> datetime:
        """The instant at which London clocks show this."""
        return at_wall_clock(self.day.data, self.time.data)


class VouchForm(Form):
    """On whose word more becomes possible than before; a change that narrows leaves it empty."""

    word_who = line("Who said so", "They themselves, or the person whom they asked to say so for them.")
    word_day = DateField("Day on which they said it", [Optional()])
    word_time = TimeField("At what time", [Optional()])
    word_how = text("How we knew that it was them", hint="Such as the code word, their voice, face to face.", rows=2)

    def vouched(self) -> Vouched:
        """The word as the service takes it; what is missing it says itself."""
        given = self.word_day.data and self.word_time.data
        moment = at_wall_clock(self.word_day.data, self.word_time.data) if given else None
        return Vouched(self.word_who.data or "", moment, self.word_how.data or "")

    def ask_whose_word(self, opens: tuple[str, ...], missing: dict[str, str]) -> None:
        """Say beside each part what is missing, and at the first what it is needed for."""
        first, why = next(iter(missing)), f" This makes possible: {'; '.join(opens)}."
        for part, says in missing.items():
            self.refuse(WORD[part], says + (why if part == first else ""))


WORD = {"who": "word_who", "said_at": "word_day", "how": "word_how"}
"""The fields of a word, by the parts of it."""


class ContactForm(MomentForm):
    """An attempt to reach them, and what came of it."""

    channel = RadioField(
        "How",
        choices=options({each: CHANNELS[each] for each in LEADS_TO}),
        validate_choice=False,
        validators=[AnyOf(CHANNELS, "Choose how.")],
    )
    inbound = BooleanField("They got in touch with us")
    outcome = RadioField(
        "What came of it", choices=options(OUTCOMES), validators=[AnyOf(OUTCOMES, "Choose what came of it.")],
        validate_choice=False,
    )  # fmt: skip
    was_act = BooleanField()
    words = text("What was said and agreed", hint="In their words where you can.")
    override_reason = text("Reason for going ahead all the same", rows=2)
    happened = BooleanField("It has happened already: record it as it was")
    went_wrong = text("What went wrong, and whether they may be in danger", hint="A senior is told at once.", rows=3)
    same_sex = RadioField(PREFERENCES_ASKED["same_sex"], [Optional()], choices=options(ANSWERS))
    culture = RadioField(PREFERENCES_ASKED["culture"], [Optional()], choices=options(ANSWERS))
    whom = RadioField("Whom they mean", [Optional()], choices=options(WHOM))
    why_not = text("Why it was not possible, or who met it where you did not", rows=2)
    assured = BooleanField("I told them that it stays confidential, and where the law sets limits to that")
    options_now = text("What can be done now", hint="If it was not talked about, say why.", rows=3)
    options_later = text("What can be done in the longer term", hint="It goes into the action plan.", rows=3)
    later_day = DateField("To be looked at again by (you can skip this)", [Optional()])
    topics = SelectMultipleField("Advice was given on", [Optional()], choices=options(TOPICS))

    def validate_outcome(self, field: RadioField) -> None:
        """Only a contact that reached them can be what the policy asks for."""
        if self.was_act.data and field.data != Outcome.REACHED:
            raise ValidationError("Untick what the policy asks for, or choose that you reached them.")

    def validate_happened(self, field: BooleanField) -> None:
        """What was not safe is recorded with what went wrong, and never without."""
        if field.data and not self.went_wrong.data:
            raise ValidationError("Write what went wrong.")

    def attempt(self, act: StopAct) -> Attempt:
        """The contact; `act` is what the policy wants, and counts only where they were reached."""
        return Attempt(
            channel=Channel(self.channel.data),
            at=self.moment(),
            outcome=Outcome(self.outcome.data),
            act=act if self.was_act.data else None,
            words=self.words.data or "",
            override_reason=self.override_reason.data or "",
            inbound=self.inbound.data,
            went_wrong=(self.went_wrong.data or "") if self.happened.data else "",
        )

    def interview(self) -> Interview:
        """What the policy wants to know of an interview."""
        asked = {PreferenceKind.SAME_SEX: self.same_sex.data, PreferenceKind.CULTURE: self.culture.data}
        return Interview(
            assured=self.assured.data,
            answers={kind: PreferenceAnswer(answer) for kind, answer in asked.items() if answer},
            whom=self.whom.data or "",
            why_not=self.why_not.data or "",
            options_now=self.options_now.data or "",
            options_later=self.options_later.data or "",
            later_day=self.later_day.data,
            topics=tuple(Topic(each) for each in self.topics.data or ()),
        )


class NumberForm(Form):
    """Asking to see a number or address."""

    channel = HiddenField(validators=[AnyOf(CHANNELS, "Choose how.")])
    why = StringField("Reason for going ahead all the same", [Optional(), Length(max=500)], filters=[stripped])


class NoteForm(Form):
    """A note. It is never changed afterwards: a correction is another note."""

    words = text("Add a note", needed="Write the note first.", rows=3)
    day = DateField("Where it happened on another day: which", [Optional()])


class CorrectNoteForm(Form):
    """A note that puts another right."""

    words = text("The note as it should be", needed="Write the note as it should be.", rows=4)


class AssignForm(RevisedForm):
    """To whom, and why where a preference is not met."""

    account_id = RadioField("Give the case to", coerce=str, validators=[InputRequired("Choose somebody.")])
    why = text("If a preference is not met, say why, and what was done instead", rows=2)
    told = BooleanField("They were told that it is not met")

    def validate_account_id(self, field: RadioField) -> None:
        """An id is what the list holds; anything else was not sent by our page."""
        try:
            UUID(field.data or "")
        except ValueError as error:
            raise ValidationError("Choose somebody from the list.") from error

    def assignment(self, *, manages: bool) -> Assignment:
        """The choice as the service takes it."""
        return Assignment(UUID(self.account_id.data), self.why.data or "", manages, self.told.data)


class TimeForm(MomentForm):
    """The moment that the survivor asked for."""

    asked = BooleanField(
        "They asked for this time themselves", [InputRequired("Only their own wish can move this time.")]
    )
    words = text("What they said", needed="Write what they said about the time.", rows=2)


class WaitForm(MomentForm):
    """For whom the case waits, and until when."""

    whom = SelectField("Waiting for", choices=options(WAITING_FOR))
    day = DateField("Until which day", [InputRequired("Enter the day.")])
    time = TimeField("Until what time", [InputRequired("Enter the time, like 14:30.")])


class ReopenForm(RevisedForm):
    """Why a closed case is opened again."""

    words = text("Why it is opened again", needed="Write why it is opened again.")


class ArrangeForm(Form):
    """Who interprets, signs or supports."""

    need = RadioField("What", [InputRequired("Choose what it is about.")])
    by = RadioField("Who does it", choices=options(DONE_BY), validators=[InputRequired("Choose who does it.")])
    words = text("When, and through whom", needed="Write when, and through whom.", rows=2)


class RepairForm(MomentForm):
    """When the damage was repaired."""

    words = text("What was repaired", needed="Write what was repaired.", rows=2)


class SearchForm(Form):
    """What to look for; sent by POST, so that no name stands in an address."""

    words = StringField(
        "Reference, name, address or telephone number",
        [DataRequired("Write what to look for."), Length(max=200, message="That is too long.")],
        filters=[stripped],
    )

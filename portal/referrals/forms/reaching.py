"""How somebody can be reached safely: the one thing that must be answered, and whatever makes it safer.

Sources: HS-026 4.5; whg 2.1 (preference and any potential risk); NPH Dealing with cases; STAR 3.2.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import time
from typing import Any

from wtforms.validators import ValidationError

from portal.domain.contact import Channel, SafeContact, SafeTimes, SomebodyElse, Times, Way, Weekday, Window
from portal.domain.contact import Said as Safety
from portal.domain.intake import Answers
from portal.domain.languages import N_
from portal.referrals.forms.fields import (
    Choices,
    Face,
    Said,
    StepForm,
    any_of,
    email,
    from_list,
    one_of,
    phone,
    short,
    story,
    yes,
)

CHANNELS = (Channel.CALL, Channel.TEXT, Channel.EMAIL, Channel.LETTER)
THEMSELVES, THROUGH = "themselves", "through"
WAYS: Choices = (
    ("call", N_("Ring me")),
    ("text", N_("Text me")),
    ("email", N_("Email me")),
    ("letter", N_("Write to me")),
    (THROUGH, N_("Go through somebody I trust")),
    (THEMSELVES, N_("I will ring you or come in myself")),
)
WATCHED: Choices = (
    ("call", N_("They could hear my calls")),
    ("text", N_("They could read my texts")),
    ("email", N_("They could read my emails")),
    ("letter", N_("They could open my post")),
)
DAYS: Choices = (
    ("mon", N_("Monday")),
    ("tue", N_("Tuesday")),
    ("wed", N_("Wednesday")),
    ("thu", N_("Thursday")),
    ("fri", N_("Friday")),
    ("sat", N_("Saturday")),
    ("sun", N_("Sunday")),
)
HOURS: Choices = tuple((f"{hour:02}:00", f"{hour:02}:00") for hour in range(24))
YES_NO: Choices = (("yes", N_("Yes")), ("no", N_("No")))
COULD_BE_SEEN = "Somebody else could see or hear this."
NOT_TO_BE_TRIED = "Will ring or come in. Do not try to reach them."


def chosen(said: Said) -> frozenset[str]:
    """The ways of being reached that were chosen."""
    return frozenset(said.get(ReachForm.name, {}).get("ways", ()))


class ReachForm(StepForm):
    """At least one way, of which one is to get in touch oneself: so nobody is turned away for want of a phone."""

    name = "reach"
    ways = any_of(N_("How can we reach you safely?"), WAYS, N_("Choose one or more. We use only what you choose."))
    phone = phone(N_("Phone number"), N_("A safe one. It need not be yours."))
    email = email(N_("Email address"), N_("One that only you can open."))
    letter = story(N_("Address for post"), N_("It need not be your home."), rows=3)
    watched = any_of(
        N_("Could somebody else see or hear any of these?"),
        WATCHED,
        N_("If so, we will not use it. Leave empty if not."),
    )

    def validate_ways(self, field: Any) -> None:  # noqa: ANN401 - a WTForms field
        """Of the ways chosen, one at least must be hers alone (whg 2.1)."""
        if not set(field.data) - set(self.watched.data or ()):
            raise ValidationError(N_("Choose one more way, one that nobody else can see or hear."))

    def validate(self, extra_validators: Any = None) -> bool:  # noqa: ANN401 - WTForms' own signature
        """Ask for a number or address only where the way chosen needs it."""
        fine = bool(super().validate(extra_validators)) and self._chosen_at_all()
        for field, ways, tell in (
            (self.phone, {"call", "text"}, N_("Write the phone number that is safe for you.")),
            (self.email, {"email"}, N_("Write the email address that is safe for you.")),
            (self.letter, {"letter"}, N_("Write the address that is safe for post.")),
        ):
            if ways & set(self.ways.data or ()) and not field.data and not field.errors:
                field.errors = [tell]
                fine = False
        return fine

    def _chosen_at_all(self) -> bool:
        """WTForms passes over the checks of an optional question that was left empty; this one is needed."""
        if self.ways.data:
            return True
        self.ways.errors = [N_("Choose at least one way. “I will ring you or come in myself” is one.")]
        return False

    def words(self) -> dict[str, Any]:
        """Without the number or address of a way that was taken back: what is not sent is not shown either."""
        ways = set(self.ways.data or ())
        needed = {"phone": {"call", "text"}, "email": {"email"}, "letter": {"letter"}}
        return super().words() | {name: "" for name, of in needed.items() if not ways & of}

    def fill(self, answers: Answers) -> Answers:
        ways = tuple(self._ways())
        safe = any(way.said is Safety.SAFE for way in ways)
        note = NOT_TO_BE_TRIED if not safe and THEMSELVES in self.ways.data else ""
        return _safe(answers, ways=ways, notes=note)

    def _ways(self) -> Iterator[Way]:
        details = {
            Channel.CALL: self.phone.data,
            Channel.TEXT: self.phone.data,
            Channel.EMAIL: self.email.data,
            Channel.LETTER: self.letter.data,
        }
        watched = self.watched.data or ()
        for channel in CHANNELS:
            if channel in self.ways.data:
                risk = COULD_BE_SEEN if channel in watched else ""
                yield Way(channel, Safety.SAFE, details[channel] or "", risk=risk)
            elif channel in watched:
                yield Way(channel, Safety.UNSAFE)


class WhenForm(StepForm):
    """Days and hours. Nothing said means office hours, and asking first whether she can talk."""

    name = "when"
    times = one_of(
        N_("When is it safe to reach you?"),
        (("any_time", N_("At any time")), ("only_these", N_("Only on these days and at these times"))),
    )
    days = any_of(N_("Days"), DAYS)
    start = from_list(N_("From"), HOURS)
    end = from_list(N_("Until"), HOURS)
    notes = short(N_("Anything else about times"), N_("For example: not in the school holidays."))

    def validate(self, extra_validators: Any = None) -> bool:  # noqa: ANN401 - WTForms' own signature
        """Days and both hours go together, and are hers whether or not the answer above them was ticked."""
        if not self.times.data and (self.days.data or self.start.data or self.end.data):
            self.times.data = Times.ONLY_THESE.value
        fine = bool(super().validate(extra_validators))
        if self.times.data != Times.ONLY_THESE:
            return fine
        for field, tell in (
            (self.days, N_("Choose the days that are safe.")),
            (self.start, N_("Choose when the safe time begins.")),
            (self.end, N_("Choose when the safe time ends.")),
        ):
            if not field.data:
                field.errors, fine = [tell], False
        if fine and self.start.data == self.end.data != "00:00":
            self.end.errors, fine = [N_("Choose an end that is later than the beginning.")], False
        return fine

    def words(self) -> dict[str, Any]:
        """Without days and hours where any time is safe: what is not sent is not shown either."""
        said = super().words()
        return said if self.times.data == Times.ONLY_THESE else said | {"days": [], "start": "", "end": ""}

    def fill(self, answers: Answers) -> Answers:
        if not self.times.data:
            return _safe(answers, notes=self.notes.data)
        window = (
            (
                Window(
                    frozenset(Weekday(day) for day in self.days.data),
                    time.fromisoformat(self.start.data),
                    time.fromisoformat(self.end.data),
                ),
            )
            if self.times.data == Times.ONLY_THESE
            else ()
        )
        return _safe(answers, times=SafeTimes(Times(self.times.data), window), notes=self.notes.data)


class CarefulForm(StepForm):
    """What a caller may say, to whom, and what must never be used."""

    name = "careful"
    leave_message = one_of(N_("May we leave a message?"), YES_NO)
    say_who = one_of(N_("If somebody else answers, may we say who we are?"), YES_NO)
    withheld_ok = one_of(N_("Can you answer a call from a hidden number?"), YES_NO)
    say_you_are = short(N_("Who should we say we are?"), N_("For example: a friend, or the gas check."))
    code_word = short(N_("A word that tells you it is us"), N_("We say it, so you know. Any word will do."))
    never = story(
        N_("Where must we never ring or write?"), N_("One on each line. For example: the house phone."), rows=3
    )

    def fit(self, face: Face, said: Said) -> None:  # noqa: ARG002 - any page may look at both
        """Ask only what the chosen ways make worth asking."""
        ways = chosen(said)
        if not ways & {"call", THROUGH}:
            self.drop("leave_message", "withheld_ok")
        if not ways - {THEMSELVES}:
            self.drop("say_who", "say_you_are")

    def fill(self, answers: Answers) -> Answers:
        def answer(name: str) -> bool | None:
            return yes(self[name].data) if name in self else None

        return _safe(
            answers,
            leave_message=answer("leave_message"),
            say_who=answer("say_who"),
            withheld_ok=answer("withheld_ok"),
            say_you_are=self.say_you_are.data if "say_you_are" in self else "",
            code_word=self.code_word.data,
            never=tuple(line.strip() for line in self.never.data.splitlines() if line.strip()),
        )


class ThroughForm(StepForm):
    """Somebody who can pass a message on; unless she says so, they do not learn what it is about."""

    name = "through"
    person = short(N_("Their name, or what we should call them"))
    relation = short(N_("Who they are to you"), N_("For example: my sister, my neighbour."))
    phone = phone(N_("Their phone number"))
    may_know = one_of(N_("Do they know what this is about?"), YES_NO, N_("If not, we say nothing about it."))

    def validate(self, extra_validators: Any = None) -> bool:  # noqa: ANN401 - WTForms' own signature
        """She has chosen to go through them, so we need a way to."""
        fine = bool(super().validate(extra_validators))
        if not self.phone.data:
            self.phone.errors, fine = [N_("Write their phone number, or go back and choose another way.")], False
        return fine

    def fill(self, answers: Answers) -> Answers:
        name = self.person.data or "Somebody they trust"
        else_ = SomebodyElse(name, self.relation.data, Channel.CALL, self.phone.data, yes(self.may_know.data))
        return _safe(answers, somebody_else=else_)


def _safe(answers: Answers, *, notes: str = "", **said: Any) -> Answers:  # noqa: ANN401 - fields of SafeContact
    before: SafeContact = answers.safe_contact
    together = " ".join(part for part in (before.notes, notes) if part)
    return replace(answers, safe_contact=replace(before, notes=together, **said))

"""The whole of what somebody says about being reached safely, as officers write it down.

Numbers and addresses that are kept are never in the form: they stay as they are unless another is written, and are
shown only through the contact guard. Sources: HS-026 4.5; whg 2.1.
"""

from collections.abc import Iterator
from typing import Any

from wtforms import (
    BooleanField,
    FieldList,
    FormField,
    RadioField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    TimeField,
)
from wtforms import Form as PlainForm
from wtforms.validators import Optional, ValidationError

from portal.cases.forms import RevisedForm, VouchForm, line
from portal.cases.reaching import ASKED_APART
from portal.cases.words import CHANNELS
from portal.domain.contact import (
    Channel,
    SafeContact,
    SafeTimes,
    Said,
    SomebodyElse,
    Times,
    Way,
    Weekday,
    Window,
)
from portal.web.forms import options

DAYS = options({day: day.title() for day in Weekday})
SAID = options({Said.SAFE: "Safe", Said.UNSAFE: "Not safe", Said.UNKNOWN: "Not asked"})
TIMES = options(
    {
        Times.ANY_TIME: "At any time",
        Times.ONLY_THESE: "Only at these times",
        Times.NEVER_STATED: "Not asked",
    }
)
YES_NO = options({"yes": "Yes", "no": "No", "": "Not asked"})
REMINDED_BY = {Channel.TEXT.value: "By text", Channel.EMAIL.value: "By email"}
MOST_WINDOWS = 21
KEPT = "One is kept, and stays as it is. Write another only to replace it."
ANOTHER_TIME, SHOW = "another-time", "show:"


def yes_no(label: str) -> RadioField:
    """Yes, no, or not asked: which is never yes."""
    return RadioField(label, [Optional()], choices=YES_NO, default="")


class WayForm(PlainForm):  # type: ignore[misc]
    """One channel: is it safe, where it leads, and what could go wrong with it."""

    said = RadioField("Is it safe?", choices=SAID, default=Said.UNKNOWN.value)
    detail = line("Number or address")
    forget = BooleanField("Forget the one that is kept")
    preferred = BooleanField("They like this way best")
    risk = line("A risk", "A recorded risk stops contact this way.")
    kept = ""

    def validate_detail(self, _field: StringField) -> None:
        if self.said.data == Said.SAFE and not self.leads_to():
            raise ValidationError("Write the number or address that is safe.")

    def know(self, detail: str) -> None:
        """Take in what is kept, without showing it."""
        self.kept = detail
        if detail:
            self.detail.description = KEPT

    def leads_to(self) -> str:
        """The number or address from now on."""
        return self.detail.data or ("" if self.forget.data else self.kept)


class WindowForm(PlainForm):  # type: ignore[misc]
    """From one time to another on some days; an end before the start is on the following day."""

    days = SelectMultipleField("Days", choices=DAYS)
    start = TimeField("From", [Optional()])
    end = TimeField("To", [Optional()])

    def validate_days(self, _field: SelectMultipleField) -> None:
        given = (bool(self.days.data), self.start.data is not None, self.end.data is not None)
        if any(given) and not all(given):
            raise ValidationError("Give the days, and both times.")
        if all(given) and self.start.data == self.end.data and self.start.data.hour + self.start.data.minute:
            raise ValidationError("From and to are the same. For a whole day write 00:00 to 00:00.")


class SafeContactForm(VouchForm, RevisedForm):
    """Everything about safe contact. What is left unasked stays unsafe."""

    call = FormField(WayForm, CHANNELS[Channel.CALL])
    text = FormField(WayForm, CHANNELS[Channel.TEXT])
    email = FormField(WayForm, CHANNELS[Channel.EMAIL])
    letter = FormField(WayForm, CHANNELS[Channel.LETTER])
    visit = FormField(WayForm, CHANNELS[Channel.VISIT])
    times = RadioField("When is it safe?", choices=TIMES, default=Times.NEVER_STATED.value)
    windows = FieldList(FormField(WindowForm), "Safe times", min_entries=1, max_entries=MOST_WINDOWS)
    leave_message = yes_no("May a message be left?")
    say_who = yes_no("May we say who is calling?")
    withheld_ok = yes_no("Do they take calls from withheld numbers?")
    say_you_are = line("Say that you are", "What a caller may claim to be.")
    code_word = line("Code word")
    else_name = line("Somebody else to ring", "Their name.")
    else_relation = line("Who they are", "Such as sister, or friend at work.")
    else_detail = line("Their number")
    else_may_know = yes_no("Do they know what it is about?")
    never = TextAreaField(
        "Never use", [Optional()], description="One on each line: a number, an address, a way.", render_kw={"rows": 3}
    )
    reminders = SelectMultipleField(
        "Reminders of meetings, if they asked for them",
        [Optional()],
        choices=options(REMINDED_BY),
        description="A day before, at a safe hour: only the day and the time. Nothing is ever sent to them otherwise.",
    )
    language = line("Language")
    interpreter = yes_no("Is an interpreter needed?")
    notes = TextAreaField("Anything else about reaching them", [Optional()], render_kw={"rows": 3})
    why = line("Reason for going ahead all the same")
    before = SafeContact()

    def know(self, before: SafeContact) -> None:
        """Take in what is kept, so that it can be changed without being seen."""
        self.before = before
        for channel in ASKED_APART:
            self[channel.value].form.know(before.way(channel).detail)
        if before.somebody_else and before.somebody_else.detail:
            self.else_detail.description = KEPT

    def add_window(self) -> None:
        """One row more for times."""
        if len(self.windows) < MOST_WINDOWS:
            self.windows.append_entry()

    def validate_else_detail(self, field: StringField) -> None:
        """The number of one person is never taken for that of another."""
        other = self.before.somebody_else
        if other and other.detail and not field.data and self.else_name.data not in ("", other.name):
            raise ValidationError("Write the number of this person: the one that is kept is somebody else’s.")

    def validate_reminders(self, field: SelectMultipleField) -> None:
        """Software writes only by a way that they call safe, at hours that they named."""
        if any(self[each].form.said.data != Said.SAFE for each in field.data or ()):
            raise ValidationError("Only by a way that they say is safe.")
        if field.data and self.times.data == Times.NEVER_STATED:
            raise ValidationError("Ask first when it is safe: reminders go at no other hour.")

    def validate_times(self, field: RadioField) -> None:
        if field.data == Times.ONLY_THESE and not any(self._windows()):
            raise ValidationError("Give at least one of the times below.")

    def safe_contact(self) -> SafeContact:
        """The record as it is kept; what this form does not ask stays as it was."""
        return SafeContact(
            ways=tuple(self._ways()),
            times=SafeTimes(Times(self.times.data), tuple(self._windows())),
            leave_message=_answer(self.leave_message),
            say_who=_answer(self.say_who),
            withheld_ok=_answer(self.withheld_ok),
            code_word=self.code_word.data or "",
            say_you_are=self.say_you_are.data or "",
            somebody_else=self._somebody_else(),
            never=tuple(row.strip() for row in (self.never.data or "").splitlines() if row.strip()),
            language=self.language.data or "",
            interpreter=_answer(self.interpreter),
            notes=self.notes.data or "",
            reminders=frozenset(Channel(each) for each in self.reminders.data or ()),
        )

    @staticmethod
    def filled(safe: SafeContact) -> dict[str, Any]:
        """What the form shows for a record that exists: everything but where the ways lead."""
        other = safe.somebody_else
        shown: dict[str, Any] = {
            channel.value: safe.way(channel).to_dict() | {"detail": ""} for channel in ASKED_APART
        }
        shown["windows"] = [
            {"days": [day.value for day in window.days], "start": window.start, "end": window.end}
            for window in safe.times.windows
        ]
        for name in ("leave_message", "say_who", "withheld_ok", "interpreter"):
            shown[name] = _shown(getattr(safe, name))
        for name in ("code_word", "say_you_are", "language", "notes"):
            shown[name] = getattr(safe, name)
        if other:
            shown |= {"else_name": other.name, "else_relation": other.relation}
            shown["else_may_know"] = _shown(other.may_know)
        shown["reminders"] = [each for each in REMINDED_BY if each in safe.reminders]
        return shown | {"times": safe.times.said.value, "never": "\n".join(safe.never)}

    def _ways(self) -> Iterator[Way]:
        for channel in ASKED_APART:
            form = self[channel.value].form
            said, detail = Said(form.said.data), form.leads_to()
            if said is not Said.UNKNOWN or detail or form.risk.data:
                yield Way(channel, said, detail, form.preferred.data, form.risk.data or "")

    def _windows(self) -> Iterator[Window]:
        for form in (each.form for each in self.windows):
            if form.days.data and form.start.data is not None and form.end.data is not None:
                yield Window(frozenset(Weekday(day) for day in form.days.data), form.start.data, form.end.data)

    def _somebody_else(self) -> SomebodyElse | None:
        if not self.else_name.data:
            return None
        before = self.before.somebody_else
        return SomebodyElse(
            name=self.else_name.data,
            relation=self.else_relation.data or "",
            detail=self.else_detail.data or (before.detail if before else ""),
            may_know=_answer(self.else_may_know),
        )


def _answer(field: RadioField) -> bool | None:
    return {"yes": True, "no": False}.get(field.data)


def _shown(value: bool | None) -> str:  # noqa: FBT001 - None is the third answer
    return "" if value is None else "yes" if value else "no"

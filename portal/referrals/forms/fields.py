"""What every page of questions is made of: kinds of question, what counts as a mistake, and how it is said."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, ClassVar, Self, cast

from flask_wtf import FlaskForm
from wtforms import Field, RadioField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length, Optional, ValidationError

from portal.domain.intake import Answers
from portal.domain.languages import N_
from portal.web.languages import spoken

Said = Mapping[str, Mapping[str, Any]]
"""Everything said so far: page by page, question by question."""
Face = Mapping[str, Any]
"""The public side of the landlord whose page this is (portal.landlords.face)."""
Choices = tuple[tuple[str, str], ...]

SHORT, LONG = 200, 10_000
FEWEST_DIGITS = 9
OLDEST = 120
SKIPPED = ""
COPIED = {"tel", "email"}
"""Kinds of line that are copied from elsewhere more often than typed."""
MARKS = {"Cf": "", "Pd": "-"}
"""By Unicode's categories: what shows nothing, and dashes."""
TOO_LONG_A_LINE = N_("Write this in fewer than 200 letters.")
TOO_LONG = N_("This is longer than 10000 letters. Send the first part; you can tell us the rest.")
"""With SHORT and LONG in them as they are: a sentence of a catalogue is a constant."""


@dataclass(frozen=True, slots=True)
class Line:
    """One question and its answer, for reading through before sending."""

    question: str
    answer: str


class StepForm(FlaskForm):  # type: ignore[misc]
    """One page. A page may look at what was said on earlier ones, and at what its landlord offers."""

    name: ClassVar[str]

    def __init__(self, face: Face, said: Said, **how: Any) -> None:  # noqa: ANN401 - Flask-WTF's own options
        super().__init__(data=dict(said.get(self.name, {})), **how)
        self.fit(face, said)

    def fit(self, face: Face, said: Said) -> None:
        """Offer what this landlord offers, and leave out what earlier answers have made idle."""

    @classmethod
    def reread(cls, face: Face, said: Said) -> Self:
        """The page as it was answered, whatever the browser is sending now."""
        return cls(face, said, formdata=None, meta={"csrf": False})

    @classmethod
    def retold(cls, face: Face, said: Said) -> Self:
        """The page for `fill` alone: what was answered, without questions, choices and checks around it."""
        page, kept = cls.__new__(cls), said.get(cls.name, {})
        asked = _questions(cast("Any", cls))
        page._fields = {name: _Answered(each, kept.get(name, each.default)) for name, each in asked.items()}
        page.__dict__.update(page._fields)
        page.fit(face, said)
        return page

    def words(self) -> dict[str, Any]:
        """What was typed, as it is kept."""
        return {key: value for key, value in self.data.items() if key != "csrf_token"}

    def fill(self, answers: Answers) -> Answers:
        """The report with this page's answers in it."""
        raise NotImplementedError

    def lines(self) -> Iterator[Line]:
        """The questions that were answered, in order."""
        for field in self:
            if answer := readable(field):
                yield Line(spoken(field.label.text), answer)

    def drop(self, *names: str) -> None:
        """Leave out questions that earlier answers have made idle."""
        for name in names:
            del self[name]


class _Answered:
    """An answer as its question would hold it."""

    data: Any

    def __init__(self, question: Field, value: object) -> None:
        """Take the value as the question takes what is not sent by a browser."""
        self.coerce, self.choices = getattr(question, "coerce", None), ()
        type(question).process_data(self, value)
        for each in question.filters:
            self.data = each(self.data)


@cache
def _questions(page: Any) -> dict[str, Field]:  # noqa: ANN401 - a type of page, which mypy cannot hash
    """The questions of a page before it is fitted to anybody, made once."""
    unfitted = cast("type[StepForm]", type(page.__name__, (page,), {"fit": lambda _page, _face, _said: None}))
    return dict(unfitted.reread({}, {})._fields)


def short(label: str, hint: str = "", *, kind: str = "text", checks: tuple[Any, ...] = ()) -> StringField:
    """A line of text; `kind` tells a phone which keys to show."""
    return StringField(
        label,
        [Optional(), Length(max=SHORT, message=TOO_LONG_A_LINE), *checks],
        filters=[_as_seen if kind in COPIED else _trimmed],
        description=hint,
        render_kw={"kind": kind},
    )


def story(label: str, hint: str = "", *, rows: int = 6) -> TextAreaField:
    """As many lines as somebody wants."""
    return TextAreaField(
        label,
        [Optional(), Length(max=LONG, message=TOO_LONG)],
        filters=[_trimmed],
        description=hint,
        render_kw={"rows": rows},
    )


def one_of(label: str, choices: Choices, hint: str = "") -> RadioField:
    """One answer or none."""
    return RadioField(label, [Optional()], choices=options(choices), description=hint, default=SKIPPED)


def any_of(label: str, choices: Choices = (), hint: str = "") -> SelectMultipleField:
    """Any number of answers, or none."""
    return SelectMultipleField(label, [Optional()], choices=options(choices), description=hint)


def from_list(label: str, choices: Choices) -> SelectField:
    """One answer out of a list that is too long to lay open."""
    return SelectField(label, [Optional()], choices=options(((SKIPPED, N_("Choose")), *choices)), default=SKIPPED)


def options(choices: Choices, hints: Mapping[str, str] | None = None) -> list[SelectChoice]:
    """What can be chosen; a hint says more beside one answer."""
    return [SelectChoice(value, label, {"hint": (hints or {}).get(value, "")}) for value, label in choices]


def phone(label: str, hint: str = "") -> StringField:
    """A telephone number, written however people write it."""
    return short(label, hint, kind="tel", checks=(_enough_digits,))


def email(label: str, hint: str = "") -> StringField:
    """An e-mail address."""
    return short(label, hint, kind="email", checks=(_address_of_mail,))


def age(label: str, hint: str = "") -> StringField:
    """An age in whole years; any age is taken."""
    return short(label, hint, kind="number", checks=(_whole_years,))


def yes(value: str | None) -> bool | None:
    """Yes, no, or not said."""
    return {"yes": True, "no": False}.get(value or SKIPPED)


def _trimmed(value: str | None) -> str:
    return (value or "").replace("\r\n", "\n").strip()


def _as_seen(value: str | None) -> str:
    """What is copied from a list of contacts brings along marks that nobody sees, and dashes of every length."""
    return _trimmed("".join(MARKS.get(unicodedata.category(each), each) for each in value or ""))


def _enough_digits(_form: FlaskForm, field: Field) -> None:
    if len(re.sub(r"\D", "", field.data)) < FEWEST_DIGITS or re.search(r"[^\d\s()+./x-]", field.data):
        raise ValidationError(N_("Write the whole number, with its area code, like 07700 900 123."))


def _address_of_mail(_form: FlaskForm, field: Field) -> None:
    if not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s.]+", field.data):
        raise ValidationError(N_("Write the whole address, like name@example.com."))


def _whole_years(_form: FlaskForm, field: Field) -> None:
    if not field.data.isdecimal() or int(field.data) > OLDEST:
        raise ValidationError(N_("Write the age as a number, like 34."))


def readable(field: Field) -> str:
    """The answer in the words that stood on the page."""
    if field.name == "csrf_token" or not field.data:
        return ""
    if isinstance(field, SelectMultipleField):
        return "\n".join(spoken(label) for value, label, *_ in field.iter_choices() if value in field.data)
    if isinstance(field, SelectField):
        return next((spoken(label) for value, label, *_ in field.iter_choices() if value == field.data), "")
    return str(field.data)

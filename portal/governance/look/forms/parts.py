"""Names, pictures, words, offices, questions and the list of help, and which form belongs to which part."""

import re
from collections.abc import Callable
from typing import Any

from flask_wtf.file import FileField
from wtforms import (
    BooleanField,
    FieldList,
    FormField,
    HiddenField,
    RadioField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms import Form as Row
from wtforms.validators import DataRequired, InputRequired, Length, Optional, Regexp, ValidationError

from portal.domain.equality import QUESTIONS
from portal.governance.look.content import NAMES, PLACES, REACHED, Content, of_language, said
from portal.governance.look.forms.known import KnownForm, PeopleForm
from portal.governance.look.forms.seen import SHORT, SHORTEN, SeenForm
from portal.governance.look.logo import LARGEST, NoLogoError, drawn_anew
from portal.landlords.services import WRITTEN, ServiceKind
from portal.web.forms import Form, options, stripped

LONG = 600
KINDS = {
    ServiceKind.VOLUNTARY: "A charity or another body of its own",
    ServiceKind.STATUTORY: "A public body, such as the council or the police",
}
FEWEST = 3
ADDRESS = Regexp(r"^[^@\s]+@[^@\s]+\.[^@\s.]+$", message="Write an address like help@example.org.")


def _line(says: str, hint: str, *validators: Any, kind: str = "text", longest: int = SHORT) -> StringField:  # noqa: ANN401
    most = Length(max=longest, message=f"Write this in fewer than {longest} letters.")
    return StringField(
        says, [*validators, most], filters=[stripped], description=hint, render_kw={"kind": kind}
    )


class NamesForm(SeenForm):
    """Names and colours."""

    name = _line(
        NAMES["name"], "As tenants know you. It stands on every page.", DataRequired("Write your name.")
    )
    short_name = _line(
        NAMES["short_name"],
        "For lists, where the whole name is too long.",
        DataRequired("Write a short name."),
    )
    service_name = _line(
        NAMES["service_name"],
        "It stands in titles, where others can see it: nothing that says why somebody opens the page.",
        DataRequired("Write what the service is called, such as Help and support."),
    )
    accent = _line(
        "Colour of links and buttons",
        'Written as "#" and six digits. On white it needs a contrast of 7 to 1, for tired eyes on an old phone.',
        InputRequired("Choose a colour."),
        longest=7,
    )
    accent_text = _line(
        "Colour of words on it", "White, as a rule.", InputRequired("Choose a colour."), longest=7
    )

    def begin(self, look: Content) -> None:
        """With what it says now."""
        for name in NAMES:
            self[name].data = look[name]
        self.accent.data, self.accent_text.data = look["colours"]["accent"], look["colours"]["accent_text"]

    def part(self, _look: Content) -> Content:
        """As a look holds it."""
        colours = {"accent": self.accent.data, "accent_text": self.accent_text.data}
        return {name: self[name].data for name in NAMES} | {"colours": colours}


def rings(number: str) -> bool:
    """Can a telephone ring this?"""
    return len(re.sub(r"\D", "", number)) >= FEWEST and not re.search(r"[^\d\s()+-]", number)


def _rings(_form: Form, field: StringField) -> None:
    if not rings(field.data):
        raise ValidationError("Write the number in digits, like 01234 567890.")


class ReachForm(SeenForm):
    """Ways to reach the landlord beside these pages."""

    telephone = _line(REACHED["telephone"], "The pages say nothing where you leave this empty.", Optional(), _rings,
                      kind="tel")  # fmt: skip
    out_of_hours = _line(REACHED["out_of_hours"], "", Optional(), _rings, kind="tel")
    email = _line(REACHED["email"], "", Optional(), ADDRESS, kind="email")
    office = _line(REACHED["office"], "An address, and when somebody is there.", Optional(), longest=300)

    def begin(self, look: Content) -> None:
        """With what it says now."""
        for name in REACHED:
            self[name].data = look["contact"][name].get("value") or ""

    def part(self, _look: Content) -> Content:
        """As a look holds it."""
        return {"contact": {name: said(self[name].data) for name in REACHED}}


class OfficeRow(Row):  # type: ignore[misc]
    """One office."""

    name = StringField("Name of the office", [Length(max=SHORT, message="Shorten it.")], filters=[stripped])
    address = StringField("Address", [Length(max=300, message="Shorten it.")], filters=[stripped])
    hours = StringField("When it is open", [Length(max=300, message="Shorten it.")], filters=[stripped])
    open_to_customers = BooleanField("Open to customers")


class OfficesForm(SeenForm):
    """Offices; only those open to customers are ever offered for a meeting. whg 2.1, HS-026 4.5."""

    offices = FieldList(FormField(OfficeRow))

    def begin(self, look: Content) -> None:
        """With those that there are, and an empty row for one more."""
        for each in look["offices"]:
            row = {name: each[name].get("value") or "" for name in ("address", "hours")}
            self.offices.append_entry(row | {name: each[name] for name in ("name", "open_to_customers")})
        self.offices.append_entry()

    def part(self, look: Content) -> Content:
        """As a look holds it: a row without a name is no office. Each keeps its id, since meetings name it."""
        known = look["offices"]
        rows = [(known[at] if at < len(known) else None, row) for at, row in enumerate(self.offices.data)]
        taken = {each["id"] for each in known}
        found = []
        for before, row in rows:
            if row["name"]:
                office_id = before["id"] if before else free_id(row["name"], taken, "office")
                taken.add(office_id)
                said_of = {name: said(row[name]) for name in ("address", "hours")}
                found.append(
                    {"id": office_id, "name": row["name"], "open_to_customers": row["open_to_customers"]}
                    | said_of
                )
        return {"offices": found}


def free_id(name: str, taken: set[str], otherwise: str) -> str:
    """An id that nothing else has, made of its name."""
    base = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-") or otherwise
    return next(each for each in (base, *(f"{base}-{n}" for n in range(2, 100))) if each not in taken)


class LogoForm(SeenForm):
    """A picture, or none."""

    file = FileField("Logo", description="A PNG, JPEG or WebP file. It is made small and drawn anew.")
    none = BooleanField("Show no logo")

    def begin(self, look: Content) -> None:
        """There is nothing to fill in."""

    def part(self, _look: Content) -> Content:
        """As a look holds it; NoLogoError where the file is none."""
        if self.none.data:
            return {"logo": None}
        if not self.file.data:
            raise NoLogoError("Choose a file.")
        return {"logo": drawn_anew(self.file.data.read(LARGEST + 1))}


class WordsForm(SeenForm):
    """Words of the landlord's own, in one language."""

    language = HiddenField()

    def begin(self, look: Content) -> None:
        """With what it says in this language."""
        kept = look["words"].get(self.language.data, {})
        for place in PLACES:
            self[place].data = kept.get(place, "")

    def part(self, look: Content) -> Content:
        """As a look holds it."""
        texts = ((place, self[place].data or "") for place in PLACES)
        return {"words": of_language(look["words"], self.language.data, texts)}


for _place, _says in PLACES.items():
    setattr(
        WordsForm,
        _place,
        TextAreaField(
            _says,
            [Length(max=LONG, message=f"Write this in fewer than {LONG} letters.")],
            filters=[stripped],
            render_kw={"rows": 3},
        ),
    )


class QuestionsForm(SeenForm):
    """Which of the questions for figures are asked."""

    questions = SelectMultipleField(
        "Which of them do you ask?",
        choices=options({name: each.asks for name, each in QUESTIONS.items()}),
        description="Each can be left out by whoever answers, and none is tied to anybody.",
    )

    def begin(self, look: Content) -> None:
        """Those that are asked now."""
        asked = look["questions"]
        self.questions.data = list(QUESTIONS) if asked is None else list(asked)

    def part(self, _look: Content) -> Content:
        """As a look holds it: in our order; all of them is no choice at all."""
        asked = [name for name in QUESTIONS if name in self.questions.data]
        return {"questions": None if asked == [*QUESTIONS] else asked}


class ServiceRow(Row):  # type: ignore[misc]
    """One service."""

    id = HiddenField()
    name = StringField("Name of the service", [Length(max=SHORT, message=SHORTEN)], filters=[stripped])
    what = StringField("What it does", [Length(max=300, message=SHORTEN)], filters=[stripped])
    kind = RadioField(
        "Who stands behind it?", choices=options(KINDS), default=ServiceKind.VOLUNTARY.value, validate_choice=False
    )
    number = StringField(
        "Number", [Length(max=60, message=SHORTEN)], filters=[stripped], render_kw={"kind": "tel"}
    )
    hours = StringField("When can it be rung?", [Length(max=200, message=SHORTEN)], filters=[stripped])

    def validate(self, extra_validators: object = None) -> bool:
        """A row with a name says what the service does, and its number can be rung."""
        fine: bool = super().validate(extra_validators)
        if not self.name.data:
            return fine
        if not self.what.data:
            self.what.errors = ["Write what it does, in a few words."]
            fine = False
        if self.number.data and not rings(self.number.data):
            self.number.errors = ["Write the number in digits, like 01234 567890."]
            fine = False
        return fine


class ServicesForm(SeenForm):
    """Services near the landlord's homes."""

    services = FieldList(FormField(ServiceRow))

    def begin(self, look: Content) -> None:
        """With those that there are, and an empty row for one more."""
        for each in look["services"]:
            self.services.append_entry({name: each[name] for name in WRITTEN})
        self.services.append_entry()

    def part(self, look: Content) -> Content:
        """As a look holds it: a row without a name is no service. Each keeps its id, since cases name it."""
        known = {each["id"] for each in look["services"]}
        taken, found = set(known), []
        for row in self.services.data:
            if not row["name"]:
                continue
            row_id = row["id"] if row["id"] in known else free_id(row["name"], taken, "service")
            taken.add(row_id)
            kind = row["kind"] if row["kind"] in set(ServiceKind) else ServiceKind.VOLUNTARY.value
            found.append({name: row[name] or "" for name in WRITTEN} | {"id": row_id, "kind": kind})
        return {"services": found}


class PublishForm(SeenForm):
    """Why it is published."""

    why = _line("Why is it changed?", "It stands beside the version for ever.", DataRequired("Write why."))


PARTS: dict[str, tuple[str, Callable[..., Any]]] = {
    "names": ("Name and colours", NamesForm),
    "logo": ("Logo", LogoForm),
    "reach": ("Ways to reach you", ReachForm),
    "offices": ("Offices", OfficesForm),
    "words": ("Words of your own", WordsForm),
    "questions": ("Questions for figures", QuestionsForm),
    "services": ("List of help", ServicesForm),
    "people": ("Lead and champions", PeopleForm),
    "known": ("Made known", KnownForm),
}

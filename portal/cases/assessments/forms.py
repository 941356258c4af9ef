"""What is filled in about risk: the items of an instrument, the outcome, and what happens between assessments."""

from collections.abc import Mapping
from datetime import date
from typing import Any, cast

from wtforms import BooleanField, DateField, IntegerField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import AnyOf, DataRequired, InputRequired, Length, Optional, ValidationError
from wtforms.widgets import HiddenInput

from portal.cases.assessments.drafts import Kept, Said, Typed
from portal.cases.assessments.service import FromOutside, Verdict
from portal.cases.assessments.words import ANSWERS, BASES, LEVELS, RECEIVED, STAFF_RISKS, TRIGGERS
from portal.cases.documents.forms import FileForm
from portal.cases.documents.service import About, DocumentKind
from portal.cases.forms import LONG, text
from portal.domain.calendar import in_london
from portal.domain.risk import Answer, Instrument, Level, StaffRisk
from portal.domain.risk.lines import Drawn
from portal.domain.risk.triggers import Basis, ReceivedKind, Trigger
from portal.web.forms import Form, options, stripped
from portal.web.here import now

ANSWER, COMMENT, REVISION = "a_", "c_", "r_"
"""What the names of an item's fields begin with; its number follows."""


class ItemsForm(Form):
    """The items of one instrument; made by `items_form`."""

    def typed(self, instrument: Instrument) -> dict[str, Typed]:
        """What was sent about each item."""
        found = {}
        for each in instrument.items:
            answer = self[ANSWER + each.number].data
            said = Said(Answer(answer) if answer else None, self[COMMENT + each.number].data or "")
            found[each.number] = Typed(said, self[REVISION + each.number].data or 0)
        return found

    def stands_at(self, kept: Mapping[str, Kept]) -> None:
        """Go on from how things stand now, with everything that was typed."""
        for item, each in kept.items():
            self[REVISION + item].data = each.revision
            self[REVISION + item].raw_data = None


def items_form(instrument: Instrument, kept: Mapping[str, Kept]) -> ItemsForm:
    """The form of an instrument, filled with what is kept."""
    fields: dict[str, Any] = {}
    filled: dict[str, Any] = {}
    for each in instrument.items:
        fields[ANSWER + each.number] = RadioField(
            f"{each.number}. {each.asks}",
            [Optional(), AnyOf(ANSWERS, "Choose yes, no or don’t know.")],
            choices=options(ANSWERS),
            validate_choice=False,
        )
        fields[COMMENT + each.number] = TextAreaField(
            f"Comment on {each.number}",
            [Optional(), Length(max=LONG, message="That is too long: split it.")],
            filters=[stripped],
        )
        fields[REVISION + each.number] = IntegerField("", [Optional()], widget=HiddenInput())
        stands = kept.get(each.number)
        if stands:
            filled[ANSWER + each.number] = stands.said.answer.value if stands.said.answer else None
            filled[COMMENT + each.number] = stands.said.comment
            filled[REVISION + each.number] = stands.revision
    made = type("ItemsFormOfOneInstrument", (ItemsForm,), fields)
    return cast("ItemsForm", made(data=filled))


def basis_field() -> RadioField:
    """Asked apart from the reason: a good reason is not yet a lawful basis."""
    return RadioField(
        "Lawful basis for referring them",
        [Optional()],
        choices=options(BASES),
        validate_choice=False,
        description="Needed only where judgement makes the risk high, because that sends the case to MARAC.",
    )


class StartForm(Form):
    """Which instrument."""

    instrument = RadioField(
        "With which form", validators=[InputRequired("Choose a form.")], validate_choice=False
    )


class OutcomeForm(Form):
    """What the assessor adds to the count."""

    seen = IntegerField("", [InputRequired()], widget=HiddenInput())
    judgement = RadioField("Professional judgement", [Optional()], validate_choice=False)
    why = text("Reason for judging the risk higher", rows=3, hint="Needed only where you judge it higher.")
    basis = basis_field()
    area = SelectField("MARAC area", validate_choice=False)
    repeat = BooleanField("A MARAC heard their case in the last 12 months, and there was abuse again since")
    staff_risk = RadioField(
        "Risk to staff",
        choices=options(STAFF_RISKS),
        validate_choice=False,
        validators=[AnyOf(STAFF_RISKS, "Say what is known about risk to staff.")],
    )
    staff_words = text("What staff must know before they go there", rows=2)
    other_person = text(
        "What is known of the person who does harm", rows=2, hint="Weapons, bail, orders, where they are."
    )
    again_on = DateField("Assess again on", [InputRequired("Set the day on which to assess again.")])

    def validate_again_on(self, field: DateField) -> None:
        """A day that is over reminds nobody."""
        if field.data <= in_london(now()).date():
            raise ValidationError("Set a day to come.")

    def validate_staff_words(self, field: TextAreaField) -> None:
        """A warning without its ground helps nobody who has to act on it (STAR 5.3)."""
        if self.staff_risk.data in {StaffRisk.NOT_ALONE, StaffRisk.NO_VISITS} and not field.data:
            raise ValidationError("Say why: what was seen, said or recorded.")

    def validate_area(self, field: SelectField) -> None:
        """Where there are several areas, each has its own line: one has to be chosen."""
        known = {each.value for each in field.choices if each.value}
        if known and field.data not in known:
            raise ValidationError("Choose the MARAC area.")

    def offer(self, by_count: Level, areas: Mapping[str, str]) -> None:
        """Only what judgement can do is offered: to leave the level, or to raise it."""
        higher = {each: says for each, says in LEVELS.items() if each.rank > by_count.rank}
        as_counted = {"": f"{LEVELS[by_count]}, as the count says"}
        raised = {each.value: f"{says}: higher than the count says" for each, says in higher.items()}
        self.judgement.choices = options(as_counted | raised)
        self.judgement.data = self.judgement.data or ""
        self.area.choices = options(areas if len(areas) == 1 else {"": "Choose the area", **areas})

    def verdict(self, drawn: Drawn) -> Verdict:
        """What was filled in."""
        return Verdict(
            seen=self.seen.data,
            staff_risk=StaffRisk(self.staff_risk.data),
            again_on=self.again_on.data,
            judgement=Level(self.judgement.data) if self.judgement.data in set(Level) else None,
            why=self.why.data or "",
            basis=Basis(self.basis.data) if self.basis.data in set(Basis) else None,
            area=self.area.data or None,
            repeat=self.repeat.data,
            staff_words=self.staff_words.data or "",
            other_person=self.other_person.data or "",
            drawn=drawn,
        )


class RaiseForm(Form):
    """Raising the risk between two assessments."""

    to = RadioField("To", validators=[InputRequired("Choose how high.")], validate_choice=False)
    why = text("Why", needed="Give the reason: it is read by whoever decides next.")
    basis = basis_field()


class SetAsideForm(Form):
    """Putting a draft away."""

    why = text("Why it is not finished", needed="Say why it is not finished.", rows=2)


class DeclineForm(Form):
    """They do not want to be asked."""

    declined_words = text(
        "What they said", needed="Write what they said, in their words where you can.", rows=2
    )


class TriggerForm(Form):
    """Something that happened."""

    kind = RadioField(
        "What has changed",
        choices=options(TRIGGERS),
        validate_choice=False,
        validators=[AnyOf(TRIGGERS, "Choose what has changed.")],
    )
    on = DateField("On which day, if known", [Optional()])
    words = text("What is known (you can skip this)", rows=2)

    def trigger(self) -> tuple[Trigger, date | None, str]:
        """What was filled in."""
        return Trigger(self.kind.data), self.on.data, self.words.data or ""


class ReceivedForm(FileForm):
    """An assessment from somebody else, as it came."""

    kind = RadioField(
        "What it is",
        choices=options(RECEIVED),
        validate_choice=False,
        validators=[AnyOf(RECEIVED, "Choose what it is.")],
    )
    source = StringField(
        "From whom",
        [DataRequired("Say who made it."), Length(max=200)],
        filters=[stripped],
        description="The service and the role, such as a police officer of the response team.",
    )
    made_on = DateField("Made on", [InputRequired("Enter the day on which it was made.")])
    result = StringField(
        "Score or grade, exactly as it says",
        [DataRequired("Enter the score or grade as it says, or “none given”."), Length(max=200)],
        filters=[stripped],
    )
    words = text(
        "What it says", hint="Word for word. It is kept as it came and never counted with ours.", rows=8
    )

    def validate_made_on(self, field: DateField) -> None:
        """Nothing comes from a day that has not been."""
        if field.data > in_london(now()).date():
            raise ValidationError("That day is still to come.")

    def about_file(self) -> About:
        """What stands beside the file among the documents."""
        title = f"{RECEIVED[ReceivedKind(self.kind.data)]}, from {self.source.data}"
        return About(title, DocumentKind.ASSESSMENT, "", self.file.data.filename or "")

    def came(self) -> FromOutside:
        """What was filled in."""
        return FromOutside(
            ReceivedKind(self.kind.data),
            self.made_on.data,
            self.source.data,
            self.result.data,
            self.words.data or "",
        )

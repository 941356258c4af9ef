"""What is filled in about an incident. Everything but what happened can be left open: nobody is made to guess."""

from datetime import datetime
from typing import Any

from wtforms import DateField, RadioField, SelectField, SelectMultipleField, StringField, TimeField
from wtforms.validators import AnyOf, InputRequired, Length, Optional

from portal.cases.forms import text
from portal.cases.incidents.told import (
    ACTS,
    CHILDREN,
    REPORT_WISHES,
    SAID,
    TOLD_BY,
    TOWARDS,
    Act,
    Children,
    ReportWish,
    Told,
    ToldBy,
    Towards,
)
from portal.domain.calendar import at_wall_clock, in_london
from portal.domain.happened import Happened, Known
from portal.web.forms import Form, options, stripped

KNOWN = {
    Known.EXACT: "The day and the time",
    Known.DAY: "The day",
    Known.ABOUT: "About which day",
    Known.BETWEEN: "Between two days",
    Known.UNKNOWN: "Not known",
}


def line(label: str, *, hint: str = "") -> StringField:
    """One line of words that may be left out."""
    short = Length(max=500, message="That is too long for one line: write it into what happened.")
    return StringField(label, [Optional(), short], filters=[stripped], description=hint)


class IncidentForm(Form):
    """An incident, as somebody told it."""

    known = RadioField(
        "What is known of when it happened",
        choices=options(KNOWN),
        validators=[AnyOf(list(KNOWN), "Choose what is known of the time.")],
        validate_choice=False,
    )
    day = DateField("Day, or the first day", [Optional()])
    time = TimeField("Time, where it is known", [Optional()])
    last_day = DateField("Last day, where it was between two", [Optional()])
    what = text(
        "What happened",
        needed="Write what happened.",
        hint="In the words of whoever told you, with quotation marks where they are theirs.",
        rows=6,
    )
    acts = SelectMultipleField("What it was", [Optional()], choices=options(ACTS))
    towards = RadioField("At whom it was aimed", [Optional()], choices=options(TOWARDS), default=Towards.SURVIVOR.value)
    where = line("Where")
    present = line("Who was there")
    children = RadioField("Children", [Optional()], choices=options(CHILDREN), default=Children.UNKNOWN.value)
    injuries = line("Injuries", hint="And whether a doctor or hospital has seen them.")
    told_by = RadioField(
        "Who told us",
        choices=options(TOLD_BY),
        validators=[AnyOf(list(TOLD_BY), "Choose who told us.")],
        validate_choice=False,
    )
    teller = line("Their name or post, where it was somebody else")
    told_day = DateField("Told on", [InputRequired("Enter the day on which we were told.")])
    told_time = TimeField("At", [InputRequired("Enter the time, like 14:30.")])
    police_reference = line("Police reference, where there is one")
    report_wish = SelectField(
        "What they want about the police", choices=options(REPORT_WISHES), default=ReportWish.NOT_ASKED.value
    )

    def told(self) -> Told:
        """The incident; UnfitTimeError where what was said about the time does not fit together."""
        return Told(
            happened=self.happened(),
            told_at=at_wall_clock(self.told_day.data, self.told_time.data),
            told_by=ToldBy(self.told_by.data),
            what=self.what.data,
            acts=tuple(Act(each) for each in self.acts.data or ()),
            towards=Towards(self.towards.data or Towards.SURVIVOR),
            children=Children(self.children.data or Children.UNKNOWN),
            report_wish=ReportWish(self.report_wish.data),
            said={name: self[name].data or "" for name in SAID if name in self},
        )

    def happened(self) -> Happened:
        """When, and only as much of it as belongs to what was chosen."""
        known = Known(self.known.data)
        return Happened(
            known,
            day=None if known is Known.UNKNOWN else self.day.data,
            clock_time=self.time.data if known is Known.EXACT else None,
            last_day=self.last_day.data if known is Known.BETWEEN else None,
        )

    @staticmethod
    def filled(kept: dict[str, Any]) -> dict[str, Any]:
        """The form as it shows an incident that was kept."""
        told_at: datetime = in_london(kept["told_at"])
        return kept | {"told_day": told_at.date(), "told_time": told_at.time()}


class CorrectionForm(IncidentForm):
    """The same, put right; the first record stays as it is."""

    why = text("Why it is corrected", needed="Write why it is corrected.", rows=2)

"""What an agency's worker writes beside a shared case."""

from datetime import datetime

from wtforms import BooleanField, DateField, RadioField, TimeField
from wtforms.validators import AnyOf, Optional

from portal.cases.documents.forms import FileForm
from portal.cases.forms import text
from portal.domain.calendar import at_wall_clock
from portal.partners.entries.queries import EntryKind
from portal.web.forms import options

KINDS = {
    EntryKind.NOTE: "A note",
    EntryKind.CONTACT: "A contact with them",
    EntryKind.DOCUMENT: "A document",
}


class EntryForm(FileForm):
    """What, when, and who reads it."""

    kind = RadioField("What is it", choices=options(KINDS), validate_choice=False,
                      validators=[AnyOf([each.value for each in KINDS], "Choose what it is.")])  # fmt: skip
    words = text("In words", needed="Write it first.", rows=4)
    day = DateField("Day of the contact", [Optional()])
    time = TimeField("Time", [Optional()])
    shown = BooleanField("The landlord reads it too")

    def complete(self) -> bool:
        """A contact has its moment."""
        good = bool(self.validate())
        if good and self.kind.data == EntryKind.CONTACT and not (self.day.data and self.time.data):
            self.refuse("day", "Enter the day and the time of the contact.")
            return False
        return good

    def at(self, now: datetime) -> datetime:
        """When it was: what has no moment of its own is of now."""
        if self.kind.data == EntryKind.CONTACT:
            return at_wall_clock(self.day.data, self.time.data)
        return now

"""What is asked about a file: the file itself, and what its columns mean."""

from collections.abc import Mapping, Sequence

from flask_wtf.file import FileField, FileRequired
from wtforms import SelectField

from portal.domain.importing import TITLES, Column
from portal.web.forms import Form, options

ACCEPTED = "CSV, XLSX, XLS or ODS, with headings in the first line and 500 lines at most"
NONE = ""


class FileForm(Form):
    """A file."""

    file = FileField("File", [FileRequired("Choose a file.")], description=f"{ACCEPTED}.")


class MappingForm(Form):
    """What each column of the file means: one question for each meaning."""

    def offer(self, head: Sequence[str]) -> None:
        """The columns of this file."""
        choices = options({NONE: "No column"} | {str(place): name for place, name in enumerate(head)})
        for each in Column:
            self[each.value].choices = choices

    def mapped(self) -> dict[Column, int]:
        """What was chosen."""
        known = {str(each.value) for each in self[Column.OPENED.value].choices} - {NONE}
        chosen = {each: self[each.value].data for each in Column}
        return {each: int(place) for each, place in chosen.items() if place in known}

    def fill(self, mapped: Mapping[str, int]) -> None:
        """As it stands."""
        for each in Column:
            place = mapped.get(each.value)
            self[each.value].data = NONE if place is None else str(place)


for _each in Column:
    setattr(MappingForm, _each.value, SelectField(TITLES[_each], validate_choice=False))

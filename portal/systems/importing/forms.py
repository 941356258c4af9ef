"""What is asked about a file: the file itself, and what its columns mean."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any

from flask_wtf.file import FileField, FileRequired
from wtforms import SelectField

from portal.domain.importing.kinds import Kind
from portal.systems.importing.sorts import SORTS
from portal.systems.importing.words import accepted
from portal.web.forms import Form, options

NONE = ""


class FileForm(Form):
    """A file."""

    file = FileField("File", [FileRequired("Choose a file.")])

    @classmethod
    def of(cls, kind: Kind, **given: Any) -> "FileForm":  # noqa: ANN401 - what every form takes
        """Of this kind, with what may be read in told beside it."""
        form = cls(**given)
        form.file.description = accepted(kind)
        return form


class MappingForm(Form):
    """What each column of the file means: one question for each meaning."""

    meanings: type[StrEnum]

    def offer(self, head: Sequence[str]) -> None:
        """The columns of this file."""
        choices = options({NONE: "No column"} | {str(place): name for place, name in enumerate(head)})
        for each in self.meanings:
            self[each.value].choices = choices

    def mapped(self) -> dict[StrEnum, int]:
        """What was chosen."""
        known = {str(each.value) for each in self[next(iter(self.meanings)).value].choices} - {NONE}
        chosen = {each: self[each.value].data for each in self.meanings}
        return {each: int(place) for each, place in chosen.items() if place in known}

    def fill(self, mapped: Mapping[str, int]) -> None:
        """As it stands."""
        for each in self.meanings:
            place = mapped.get(each.value)
            self[each.value].data = NONE if place is None else str(place)


def _asking(kind: Kind) -> type[MappingForm]:
    sort = SORTS[kind]
    fields = {each.value: SelectField(sort.titles[each], validate_choice=False) for each in sort.columns}
    return type("MappingForm", (MappingForm,), {"meanings": sort.columns, **fields})


MAPPING_FORMS: dict[Kind, type[MappingForm]] = {each: _asking(each) for each in Kind}

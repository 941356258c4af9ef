"""What is filled in about all marks of a case once somebody has moved: a fate and a reason for each."""

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from wtforms import RadioField, StringField
from wtforms.validators import AnyOf, Length, Optional

from portal.cases.forms import RevisedForm, text
from portal.domain.moved_marks import Fate, Home, Mover, Standing, fates, proposed
from portal.homes.flags.after import Decided, Decision
from portal.homes.flags.queries import FlagRow
from portal.homes.flags.words import FATES
from portal.web.forms import options, stripped


class AfterForm(RevisedForm):
    """The fields of each mark carry its id; one more says who was told of it all."""

    MARKS: tuple[UUID, ...] = ()

    def decision(self, movers: Collection[Mover]) -> Decision:
        """As the service takes it."""
        marks = tuple(
            Decided(
                each,
                Fate(self[f"fate_{each.hex}"].data),
                self[f"why_{each.hex}"].data or "",
                self[f"where_{each.hex}"].data or "" if f"where_{each.hex}" in self else "",
            )
            for each in self.MARKS
        )
        return Decision(movers, marks, self.told.data or "")


def after_form(rows: Sequence[FlagRow], movers: Collection[Mover], home: Home, revision: int) -> AfterForm:
    """A form about these marks, filled in with what the portal would do."""
    fields: dict[str, Any] = {"MARKS": tuple(each.id for each in rows)}
    for row in rows:
        mark = Standing(row.about, row.said["where"], at_new_home=row.at_new_home)
        fields |= _fields(row.id.hex, fates(mark, movers), mark, movers, home)
    hint = "Whoever was told of a mark before."
    fields["told"] = text("Who was told of this, or why they were not", hint=hint, rows=2)
    made: AfterForm = type("AfterFormOfCase", (AfterForm,), fields)(revision=revision)
    return made


def _fields(
    mine: str, may: Sequence[Fate], mark: Standing, movers: Collection[Mover], home: Home
) -> dict[str, Any]:
    offered, first = {each: FATES[each] for each in may}, proposed(mark, movers, home)
    found: dict[str, Any] = {
        f"fate_{mine}": RadioField(
            "What becomes of it", choices=options(offered), validate_choice=False, default=first.fate.value,
            validators=[AnyOf(offered, "Choose what becomes of it.")],
        )
    }  # fmt: skip
    if Fate.ELSEWHERE in may:
        found[f"where_{mine}"] = StringField(
            "The other person’s own address, where it goes with them",
            [Optional(), Length(max=300, message="That is too long.")],
            filters=[stripped],
            description="Never the address of somebody who has fled.",
        )
    found[f"why_{mine}"] = text("Why", rows=2)
    found[f"why_{mine}"].kwargs["default"] = first.why
    return found

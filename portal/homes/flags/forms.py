"""What is filled in about a mark, about all of a case once somebody has moved, and before a visit."""

from collections.abc import Collection, Mapping, Sequence
from types import MappingProxyType
from typing import Any
from uuid import UUID

from wtforms import DateField, RadioField, SelectField, StringField
from wtforms.validators import AnyOf, DataRequired, Length, Optional

from portal.cases.forms import RevisedForm, text
from portal.domain.flags import About, Mark, Wording
from portal.domain.moved_marks import Fate, Home, Mover, Proposed, Standing, fates, proposed
from portal.homes.flags.after import Decided, Decision
from portal.homes.flags.queries import FlagRow
from portal.homes.flags.words import ABOUT, ALONE, FATES, WORDINGS
from portal.web.forms import Form, options, stripped


class MarkForm(RevisedForm):
    """A mark on a person or an address."""

    about = RadioField(
        "On whom or what", choices=options(ABOUT), validate_choice=False,
        validators=[AnyOf(ABOUT, "Choose on whom or what it stands.")],
    )  # fmt: skip
    wording = SelectField(
        "What it says", choices=options({"": "Choose the words", **WORDINGS}), validate_choice=False,
        validators=[AnyOf(WORDINGS, "Choose the words.")],
        description="Everybody sees these words and nothing else.",
    )  # fmt: skip
    where = StringField(
        "At which address it is found", [Optional(), Length(max=300, message="That is too long.")], filters=[stripped],
        description="With its postcode: whoever asks before a visit finds the words by it. Never the address of "
        "somebody who has fled.",
    )  # fmt: skip
    reason = text("Why", hint="Only on this page.", rows=2)
    evidence = text("What shows it", rows=2)
    told = text("Who was told of it, or why they were not", rows=2)
    review_on = DateField("Looked at again on", [Optional()])

    def mark(self) -> Mark:
        """As the rules read it."""
        words = {name: self[name].data or "" for name in ("where", "reason", "evidence", "told")}
        return Mark(
            About(self.about.data), Wording(self.wording.data), review_on=self.review_on.data, **words
        )

    @classmethod
    def filled(cls, row: FlagRow) -> dict[str, Any]:
        """As it stands."""
        return {name: row.said[name] for name in ("where", "reason", "evidence", "told")} | {
            "about": row.about.value,
            "wording": row.wording.value,
            "review_on": row.review_on,
            "revision": row.revision,
        }


class EndForm(RevisedForm):
    """The end of a mark."""

    words = text("Why it ends, and who was told", needed="Write why it ends, and who was told.", rows=2)


class VisitForm(Form):
    """Where somebody is going; sent by POST, so that no address stands in an address line."""

    address = StringField(
        "Address of the visit",
        [DataRequired("Write the address."), Length(max=300, message="That is too long.")],
        filters=[stripped],
        description="With its postcode, so that it is found however the rest is written. "
        "The reference of one of our homes does, too.",
    )
    alone = RadioField(
        "Who goes?", choices=options(ALONE), validate_choice=False,
        validators=[AnyOf(ALONE, "Choose who goes.")],
    )  # fmt: skip


class AfterForm(RevisedForm):
    """The fields of each mark carry its id; one more says who was told of it all."""

    MARKS: tuple[UUID, ...] = ()
    PROPOSED: Mapping[str, Proposed] = MappingProxyType({})

    def validate(self, extra_validators: Any = None) -> bool:  # noqa: ANN401 - as WTForms has it
        """Whoever decides otherwise than was proposed gives a reason of their own."""
        fine = bool(super().validate(extra_validators))
        for mine, first in self.PROPOSED.items():
            if self[f"fate_{mine}"].data != first.fate and self[f"why_{mine}"].data == first.why:
                self.refuse(f"why_{mine}", "This is why something else was proposed: write your own reason.")
                fine = False
        return fine

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
    marks = {each.id.hex: Standing(each.about, each.said["where"], at_new_home=each.at_new_home) for each in rows}
    first = {mine: proposed(mark, movers, home) for mine, mark in marks.items()}
    fields: dict[str, Any] = {"MARKS": tuple(each.id for each in rows), "PROPOSED": first}
    for mine, mark in marks.items():
        fields |= _fields(mine, fates(mark, movers), first[mine])
    hint = "Whoever was told of a mark before."
    fields["told"] = text("Who was told of this, or why they were not", hint=hint, rows=2)
    made: AfterForm = type("AfterFormOfCase", (AfterForm,), fields)(revision=revision)
    return made


def _fields(mine: str, may: Sequence[Fate], first: Proposed) -> dict[str, Any]:
    offered = {each: FATES[each] for each in may}
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

"""What is filled in about staying, rent and arrears."""

from typing import Any

from wtforms import DateField, RadioField
from wtforms.validators import AnyOf, Optional, ValidationError

from portal.cases.forms import RevisedForm, text
from portal.domain.rehousing.settling import Stay
from portal.homes.settling.queries import PlanRow
from portal.homes.settling.service import Division, Rent
from portal.homes.settling.words import DIVIDED, RENT, RENT_ANSWERS, YES_NO
from portal.web.forms import Form, options

TRUTHS = {"yes": True, "no": False}
FORCE = {"yes": "It comes into force now", "no": "Keep it as a draft"}


def choose(label: str, table: dict[str, str], needed: str = "") -> RadioField:
    """One of a table; `needed` is said where nothing is chosen."""
    check = AnyOf(list(table), needed) if needed else Optional()
    return RadioField(label, [check], choices=options(table), validate_choice=False)


class StayForm(RevisedForm):
    """The plan to stay."""

    risks = text("What is feared at home", rows=3)
    measures = text("What is done about it", hint="Locks, lights, a code word, who looks by.", rows=3)
    safe = choose("Are they safe at home with this?", YES_NO)
    agreed = choose("Is it agreed with them?", YES_NO)
    review_on = DateField("Looked at again on", [Optional()])
    force = choose("What becomes of it", FORCE, "Choose what becomes of it.")

    def plan(self) -> Stay:
        """As the rules read it."""
        return Stay(
            self.risks.data or "",
            self.measures.data or "",
            TRUTHS.get(self.safe.data),
            self.agreed.data == "yes",
            self.review_on.data,
        )

    @classmethod
    def filled(cls, row: PlanRow | None) -> dict[str, Any]:
        """As it stands."""
        if row is None:
            return {"revision": 0}
        return {
            "risks": row.said["risks"],
            "measures": row.said["measures"],
            "safe": {True: "yes", False: "no", None: None}[row.safe],
            "agreed": "yes" if row.said["agreed"] else None,
            "review_on": row.review_on,
            "force": "yes" if row.state == "active" else "no",
            "revision": row.revision,
        }


class RentForm(Form):
    """What was offered about rent."""

    kind = choose("What", RENT, "Choose what it is.")
    answer = choose("What they said", RENT_ANSWERS, "Choose what they said.")
    starts_on = DateField("From", [Optional()])
    ends_on = DateField("Until", [Optional()])
    words = text("What was agreed, and with whom", needed="Write what was agreed.", rows=2)

    def validate_answer(self, field: RadioField) -> None:
        """What they took has an end."""
        if field.data == "accepted" and not (self.ends_on.data and self.starts_on.data):
            raise ValidationError("Enter below from when until when it holds.")

    def validate_ends_on(self, field: DateField) -> None:
        """It comes after its beginning."""
        if field.data and self.starts_on.data and field.data < self.starts_on.data:
            raise ValidationError("It cannot end before it begins.")

    def rent(self) -> Rent:
        """As the service takes it."""
        days = (self.starts_on.data, self.ends_on.data)
        return Rent(self.kind.data, self.answer.data, *days, self.words.data)


class DivideForm(Form):
    """A manager's decision about arrears."""

    divided = choose("The arrears of the old home", DIVIDED, "Choose what becomes of them.")
    shares = text("In which shares", rows=2)
    reason = text("Why", rows=2)

    def validate_divided(self, field: RadioField) -> None:
        """Divided means that somebody bears what."""
        if field.data == "yes" and not self.shares.data:
            raise ValidationError("Write below who bears which share.")

    def division(self) -> Division:
        """As the service takes it."""
        return Division(self.divided.data == "yes", self.shares.data or "", self.reason.data or "")

"""What is filled in about a measure, about damage and for a job."""

from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from wtforms import DateField, RadioField, SelectField, StringField, TimeField
from wtforms.validators import AnyOf, InputRequired, Length, Optional, Regexp, ValidationError

from portal.cases.forms import RevisedForm, text
from portal.domain.calendar import at_wall_clock, in_london
from portal.domain.policy import Policy
from portal.domain.securing import Charge, Decision, Payer, RightToOccupy, Source
from portal.homes.securing.damage import Damage, Settled
from portal.homes.securing.queries import DamageRow
from portal.homes.securing.service import Asked, Decided
from portal.homes.securing.words import PAYERS, POLICE, RIGHTS, SOURCES, URGENCIES, YES_NO
from portal.homes.securing.work_orders import Job
from portal.web.forms import Form, options, stripped
from portal.web.here import now

PENCE = 100
MORNING = time(9)


def line(label: str, hint: str = "", needed: str = "") -> StringField:
    """A line of words."""
    too_long = Length(max=300, message="That is too long for a line.")
    first = InputRequired(needed) if needed else Optional()
    return StringField(label, [first, too_long], filters=[stripped], description=hint)


def sum_of_money(label: str) -> StringField:
    """Pounds and pence, as people type them."""
    shape = Regexp(r"^£?\d{1,6}(\.\d\d)?$", message="Write pounds and pence, such as 120 or 120.50.")
    return StringField(label, [Optional(), shape], filters=[stripped])


def either(label: str) -> RadioField:
    """Yes, no, or not answered."""
    return RadioField(label, [Optional()], choices=options(YES_NO), validate_choice=False)


def said(field: RadioField) -> bool | None:
    """The answer as a truth; None where there is none."""
    return {"yes": True, "no": False}.get(field.data)


def pence(field: StringField) -> int | None:
    """The sum in pence."""
    return int(Decimal(field.data.removeprefix("£")) * PENCE) if field.data else None


class AskForm(Form):
    """A measure that somebody asks for."""

    measure = RadioField("What", validate_choice=False)
    source = RadioField(
        "Who asks for it", choices=options(SOURCES), validate_choice=False,
        validators=[AnyOf(SOURCES, "Choose who asks for it.")],
    )  # fmt: skip
    managed = RadioField(
        "Is it a home that we manage?", choices=options(YES_NO), validate_choice=False, default="yes",
        validators=[AnyOf(YES_NO, "Choose whether we manage it.")],
    )  # fmt: skip
    words = text("What is wanted, and where", needed="Write what is wanted, and where in the home.", rows=3)

    def offer(self, policy: Policy) -> None:
        """Let what the policy names be chosen."""
        self.measure.choices = [
            (each.id, each.title if each.given_by is None else f"{each.title}, from {each.given_by}")
            for each in policy.securing.measures
        ]

    def validate_measure(self, field: RadioField) -> None:
        """Only what the policy names."""
        if field.data not in {value for value, _label in field.choices}:
            raise ValidationError("Choose what is asked for.")

    def asked(self) -> Asked:
        """As the service takes it."""
        return Asked(
            self.measure.data, Source(self.source.data), self.words.data, managed=self.managed.data == "yes"
        )


class DecideForm(RevisedForm):
    """A decision on a measure."""

    agreed = RadioField(
        "Decision", choices=options({"yes": "Agree to it", "no": "Refuse it"}), validate_choice=False,
        validators=[AnyOf(YES_NO, "Choose the decision.")],
    )  # fmt: skip
    reasonable = either("Is it reasonable?")
    necessary = either("Is it necessary?")
    right = RadioField(
        "Does anybody else have a right to live here?", [Optional()], choices=options(RIGHTS), validate_choice=False,
        description="A joint tenant, a husband, wife or civil partner has one until a court says otherwise.",
    )  # fmt: skip
    permitted_by = line(
        "Who permits the change of locks", "The tenant, or the order that keeps somebody out."
    )
    needs = line("Disability or other need considered", "Write “none” where they said that there is none.")
    lead = line("Who leads here")
    partner = line("Which partner takes part")
    cost = sum_of_money("What it costs, in pounds")
    payer = RadioField(
        "Who pays for it", [Optional()], choices=options(PAYERS), validate_choice=False, default="landlord"
    )
    reason = text("Why", hint="A refusal always says why.", rows=2)
    told = line("How they were told", "Leave it empty to be reminded tomorrow, where it is refused.")
    outside = line("Another agency that has to be asked", "They have agreed that it is asked.")
    chase_on = DateField("Ask that agency again on", [Optional()])

    def validate_outside(self, field: StringField) -> None:
        """An agency that is asked is asked again."""
        if field.data and not self.chase_on.data:
            raise ValidationError("Enter the day on which to ask again.")

    def validate_chase_on(self, field: DateField) -> None:
        """Nobody is asked yesterday."""
        if field.data and field.data <= today():
            raise ValidationError("This day is over.")

    def decided(self) -> Decided:
        """As the service takes it."""
        decision = Decision(
            agreed=self.agreed.data == "yes",
            reason=self.reason.data or "",
            reasonable=said(self.reasonable),
            necessary=said(self.necessary),
            payer=Payer(self.payer.data) if self.payer.data in set(Payer) else Payer.LANDLORD,
            right=RightToOccupy(self.right.data) if self.right.data in set(RightToOccupy) else None,
            **{name: self[name].data or "" for name in ("lead", "partner", "needs", "permitted_by")},
        )
        chase = at_wall_clock(self.chase_on.data, MORNING) if self.chase_on.data else None
        return Decided(decision, pence(self.cost), self.told.data or "", self.outside.data or "", chase)


class DeclineForm(RevisedForm):
    """They do not want it."""

    words = text("What they said", needed="Write what they said.", rows=2)


class DamageForm(Form):
    """Something that was broken."""

    found_on = DateField("Found on", [InputRequired("Enter the day.")])
    unsafe = RadioField(
        "Does it leave anybody unsafe?", choices=options(YES_NO), validate_choice=False,
        validators=[AnyOf(YES_NO, "Choose whether it leaves anybody unsafe.")],
    )  # fmt: skip
    words = text("What is broken", needed="Write what is broken.", rows=3)

    def validate_found_on(self, field: DateField) -> None:
        """Nothing is broken tomorrow."""
        if field.data and field.data > today():
            raise ValidationError("This day has not come yet.")

    def damage(self) -> Damage:
        """As the service takes it."""
        return Damage(self.found_on.data, self.unsafe.data == "yes", self.words.data)


class SettleForm(RevisedForm):
    """Who bears the cost of damage, and what the police are asked."""

    cost = sum_of_money("What the repair costs, in pounds")
    payer = RadioField(
        "Who bears it", choices=options(PAYERS), validate_choice=False,
        validators=[AnyOf(PAYERS, "Choose who bears it.")],
    )  # fmt: skip
    practicable = either("Is it practicable to ask the person who did it for the money?")
    safe = either("Is it safe for the person who was hurt to ask for it?")
    reason = text("Why", rows=2)
    police = RadioField(
        "Have the police been asked to prosecute?", choices=options(POLICE), validate_choice=False,
        validators=[AnyOf(POLICE, "Choose what is so.")],
    )  # fmt: skip
    wish = line("What they want of it", "In their words.")
    reference = line("Their reference")

    def validate_police(self, field: RadioField) -> None:
        """The police are asked only as they wish; what they wish is written down."""
        if field.data in {"asked", "not_wished"} and not self.wish.data:
            raise ValidationError("Write below what they want of it.")

    def settled(self) -> Settled:
        """As the service takes it."""
        charge = Charge(
            Payer(self.payer.data), said(self.practicable), said(self.safe), self.reason.data or ""
        )
        return Settled(
            charge, pence(self.cost), self.police.data, self.reference.data or "", self.wish.data or ""
        )

    @classmethod
    def filled(cls, row: DamageRow, proposed: Payer) -> dict[str, Any]:
        """What stands already, and who is proposed to bear it."""
        known = {True: "yes", False: "no", None: None}
        return {
            "cost": "" if row.cost is None else f"{Decimal(row.cost) / PENCE:.2f}",
            "payer": row.payer or proposed.value,
            "practicable": known[row.said.get("practicable")],
            "safe": known[row.said.get("safe")],
            "reason": row.said.get("reason", ""),
            "police": row.police,
            "wish": row.said.get("wish", ""),
            "reference": row.said.get("reference", ""),
            "revision": row.revision,
        }


class OrderForm(Form):
    """A job for a contractor. What is shown to them stands apart from what is only for this case."""

    what = text(
        "What is to be done", needed="Write what is to be done.", rows=3,
        hint="The contractor reads this. The work alone: no name, and nothing of why.",
    )  # fmt: skip
    where = line("Where", needed="Write the address of the home.")
    access = text(
        "How to get in", needed="Write how to get in.", rows=2,
        hint="The contractor reads this. As they agreed it: knock, a code, who opens.",
    )  # fmt: skip
    day = DateField("Day of the visit", [InputRequired("Enter the day.")])
    time = TimeField("From", [InputRequired("Enter the time, like 14:30.")])
    until = TimeField("Until", [InputRequired("Enter the time, like 16:30.")])
    arranged = line(
        "How they agreed to the day and time", "Through a way that is safe. The contractor does not see this.",
        "Write how they agreed to it.",
    )  # fmt: skip
    contractor = line("Which contractor", needed="Write which contractor.")
    urgency = SelectField("How urgent", choices=options(URGENCIES))

    def job(self) -> Job:
        """As the service takes it."""
        names = ("what", "where", "access", "arranged", "contractor", "urgency")
        return Job(
            **{name: self[name].data for name in names},
            visit_at=at_wall_clock(self.day.data, self.time.data),
            visit_until=at_wall_clock(self.day.data, self.until.data),
        )


class EndJobForm(Form):
    """What became of a job."""

    done = RadioField(
        "What became of it", choices=options({"yes": "It is done", "no": "It was called off"}), validate_choice=False,
        validators=[AnyOf(YES_NO, "Choose what became of it.")],
    )  # fmt: skip
    day = DateField("On", [InputRequired("Enter the day.")])
    time = TimeField("At", [InputRequired("Enter the time, like 14:30.")])
    words = text("What was done, and who has the keys", rows=2)

    def moment(self) -> datetime:
        """When it was."""
        return at_wall_clock(self.day.data, self.time.data)


def today() -> date:
    """This day in London."""
    return in_london(now()).date()

"""What is filled in about how a home is held, a step, a notice that came, the register, and help to change."""

from datetime import date
from typing import Any

from wtforms import DateField, RadioField, SelectField, SelectMultipleField, StringField
from wtforms.validators import AnyOf, InputRequired, Length, Optional, ValidationError

from portal.cases.forms import RevisedForm, text
from portal.domain.calendar import in_london
from portal.domain.policy.perpetrators import Evidence
from portal.domain.rehousing.offers import Tenure
from portal.domain.tenancy.gate import Gate, Step
from portal.domain.tenancy.grounds import Way
from portal.domain.tenancy.holding import Agreement, Held, Holding, Tie
from portal.domain.tenancy.register import Found, Place, Reply, Verdict
from portal.homes.tenancy.change import Told
from portal.homes.tenancy.queries import KNOWN, CheckRow, HeldRow, StepRow
from portal.homes.tenancy.register import Opened
from portal.homes.tenancy.service import Advised, Arrived
from portal.homes.tenancy.steps import Asked, Dates, Decided
from portal.homes.tenancy.words import (
    AGREEMENTS,
    ANSWERS,
    BY_WHOM,
    EVIDENCE,
    HELD,
    PLACES,
    QUESTIONS,
    REPLIES,
    STEPS,
    TENURES,
    TIES,
    VERDICTS,
    WAYS,
    YES_NO,
)
from portal.homes.tenancy.words import KNOWN as ANSWER
from portal.web.forms import Form, options, stripped
from portal.web.here import now

TRUTHS = {"yes": True, "no": False}
WORDS = {True: "yes", False: "no", None: "unknown"}


def line(label: str, hint: str = "", needed: str = "") -> StringField:
    """A line of words."""
    too_long = Length(max=300, message="That is too long for a line.")
    first = InputRequired(needed) if needed else Optional()
    return StringField(label, [first, too_long], filters=[stripped], description=hint)


def choose(label: str, table: dict[Any, str], needed: str = "", hint: str = "") -> RadioField:
    """One of a table; `needed` is said where nothing is chosen."""
    check = AnyOf([str(each) for each in table], needed) if needed else Optional()
    return RadioField(label, [check], choices=options(table), validate_choice=False, description=hint)


def today() -> date:
    """This day in London."""
    return in_london(now()).date()


class HoldForm(RevisedForm):
    """How the home is held."""

    held = choose("Who is our tenant?", HELD, "Choose who is our tenant.")
    tenure = SelectField(
        "Tenancy", [Optional()], choices=options({"": "Not known", **TENURES}), validate_choice=False
    )
    agreement = choose("Whose tenancy agreement is it?", AGREEMENTS)
    tie = choose("What are the two to each other?", TIES)
    left = choose(QUESTIONS["left"], ANSWER)
    not_returning = choose(QUESTIONS["not_returning"], ANSWER)
    caused = choose(QUESTIONS["caused"], ANSWER)
    nuisance = choose(QUESTIONS["nuisance"], ANSWER)
    broken_term = choose(QUESTIONS["broken_term"], ANSWER)
    found_by_court = choose(QUESTIONS["found_by_court"], ANSWER)
    words = text("How it is known", hint="The agreement, the officer’s notes, what they said.", rows=2)

    def holding(self) -> Holding:
        """As the rules read it."""
        answers: dict[str, Any] = {name: TRUTHS.get(self[name].data) for name in KNOWN}
        return Holding(
            Held(self.held.data),
            Tenure(self.tenure.data) if self.tenure.data in set(Tenure) else None,
            Agreement(self.agreement.data) if self.agreement.data in set(Agreement) else None,
            Tie(self.tie.data) if self.tie.data in set(Tie) else None,
            **answers,
        )

    @classmethod
    def filled(cls, row: HeldRow | None) -> dict[str, Any]:
        """What is known already."""
        if row is None:
            return {"revision": 0}
        known = row.holding
        return {name: WORDS[getattr(known, name)] for name in KNOWN} | {
            "held": known.held,
            "tenure": known.tenure or "",
            "agreement": known.agreement,
            "tie": known.tie,
            "words": row.said["words"],
            "revision": row.revision,
        }


class GateFields(Form):
    """The two questions that come before any step, and what is weighed beside them."""

    safe = choose("Do they stay safe if this is done?", YES_NO)
    safety = text("What makes it safe, or why it is not", rows=2)
    wishes = text("What they want, in their words", rows=2)
    agrees = choose("Do they agree to this step?", YES_NO)
    needs = text("What they will need of a home afterwards", rows=2)
    told = line("If they do not agree: how they were told that it is done")

    def gate(self) -> Gate:
        """As the rules read it."""
        said = {name: self[name].data or "" for name in ("safety", "wishes", "needs", "told")}
        return Gate(safe=TRUTHS.get(self.safe.data), agrees=TRUTHS.get(self.agrees.data), **said)


class GroundFields(Form):
    """The ground that a step rests on."""

    ground = SelectField("Ground", [Optional()], validate_choice=False)

    def offer(self, ways: tuple[Way, ...]) -> None:
        """Let what fits this tenancy be chosen."""
        named = {each.id: f"{each.title} ({each.clause})" if each.clause else each.title for each in ways}
        self.ground.choices = options({"": "None chosen", **named})


class StepForm(GateFields, GroundFields):
    """A step that a manager is asked for."""

    step = choose("Which step", STEPS, "Choose the step.")
    words = text("What has happened, and what shows it", needed="Write what has happened.", rows=3)

    def asked(self) -> Asked:
        """As the service takes it."""
        return Asked(Step(self.step.data), self.ground.data or "", self.gate(), self.words.data)


class DecideForm(GateFields, GroundFields, RevisedForm):
    """A manager's decision on a step."""

    agreed = choose("Decision", {"yes": "Agree to this step", "no": "Do not take it"}, "Choose the decision.")
    reason = text("Why", rows=3)

    def decided(self) -> Decided:
        """As the service takes it."""
        return Decided(self.agreed.data == "yes", self.ground.data or "", self.gate(), self.reason.data or "")

    @classmethod
    def filled(cls, row: StepRow) -> dict[str, Any]:
        """What was answered when it was asked for."""
        said = {name: row.said.get(name, "") for name in ("safety", "wishes", "needs", "told")}
        known = {True: "yes", False: "no", None: None}
        return said | {
            "ground": row.ground or "",
            "safe": known[row.safe],
            "agrees": known[row.agrees],
            "revision": row.revision,
        }


class DatesForm(RevisedForm):
    """The dates of a step that was agreed to."""

    served_on = DateField("Served, or sent, on", [Optional()])
    ends_on = DateField("The notice runs out on", [Optional()])
    court_on = DateField("Before the court on", [Optional()])
    words = text("What else is to be known of it", rows=2)

    def validate_ends_on(self, field: DateField) -> None:
        """A notice cannot run out before it was served."""
        if field.data and self.served_on.data and field.data < self.served_on.data:
            raise ValidationError("It cannot run out before it was served.")

    def dates(self) -> Dates:
        """As the service takes them."""
        days = (self.served_on.data, self.ends_on.data, self.court_on.data)
        return Dates(*days, self.words.data or "")

    @classmethod
    def filled(cls, row: StepRow) -> dict[str, Any]:
        """As they stand."""
        return {name: getattr(row, name) for name in ("served_on", "ends_on", "court_on", "revision")}


class EndForm(RevisedForm):
    """How a step ended."""

    words = text("How it ended", needed="Write how it ended.", rows=2)


class QuitForm(Form):
    """A notice to quit that came."""

    by = choose("Who gave it?", BY_WHOM, "Choose who gave it.")
    arrived_on = DateField("It came on", [InputRequired("Enter the day on which it came.")])
    ends_on = DateField("It runs out on, as it says", [Optional()])
    words = text("What it says", rows=2)

    def arrived(self) -> Arrived:
        """As the service takes it."""
        return Arrived(self.by.data, self.arrived_on.data, self.ends_on.data, self.words.data or "")


class AnswerForm(Form):
    """What was done about a notice."""

    words = text("What was done", needed="Write what was done.", rows=2)


class AdviceForm(Form):
    """That a joint tenant was pointed to independent advice."""

    advice = choose(
        "Independent legal advice",
        {"told": "They were told where to get it, in a safe way", "declined": "They do not want it"},
        "Choose what is so.",
    )
    words = text("Where, and in which safe way", needed="Write where, and in which safe way.", rows=2)

    def advised(self) -> Advised:
        """As the service takes it."""
        return Advised(self.advice.data, self.words.data)


class OpenForm(Form):
    """An investigation of the register."""

    place = choose("Where do they stand?", PLACES, "Choose where they stand.")
    application = line("The number of their application", needed="Write the number of the application.")
    words = text("What is known, and since when", needed="Write what is known.", rows=3)

    def opened(self) -> Opened:
        """As the service takes it."""
        return Opened(Place(self.place.data), self.application.data, self.words.data)


class ApplyForm(Form):
    """Somebody applies to the register; sent by POST, so that no name stands in an address."""

    name = line("Name of the applicant", needed="Write the name.")
    born = DateField("Born on", [InputRequired("Enter the day of birth: a name alone is nobody.")])
    application = line("The number of the application", needed="Write the number of the application.")


class VerdictForm(RevisedForm):
    """What an investigation ends with."""

    verdict = choose("What follows", VERDICTS, "Choose what follows.")
    evidence = SelectMultipleField("What it rests on", [Optional()], choices=options(EVIDENCE))
    source = line("The source, and where the paper is kept")
    reply = choose("Was their answer heard?", REPLIES)
    reason = text("Why, and under which part of the allocation policy", rows=3)
    review_on = DateField("Looked at again on", [Optional()])

    def found(self) -> Found:
        """As the rules read it."""
        return Found(
            Verdict(self.verdict.data),
            tuple(Evidence(each) for each in self.evidence.data or ()),
            self.source.data or "",
            self.reason.data or "",
            Reply(self.reply.data) if self.reply.data in set(Reply) else None,
            self.review_on.data,
        )

    @classmethod
    def filled(cls, row: CheckRow) -> dict[str, Any]:
        """As it stands."""
        return {
            "verdict": row.verdict,
            "evidence": list(row.evidence),
            "source": row.said.get("source", ""),
            "reply": row.reply,
            "reason": row.said.get("reason", ""),
            "review_on": row.review_on,
            "revision": row.revision,
        }


class ChangeForm(Form):
    """Somebody who harms was told where to get help to change."""

    service = SelectField("Of which service", validate_choice=False)
    way = choose("How", WAYS, "Choose how.")
    answer = choose("What they said", ANSWERS, "Choose what they said.")
    safe = choose(
        "Do those who were hurt stay safe?", YES_NO,
        hint="Nothing that is said may show that anybody has spoken with us.",
    )  # fmt: skip
    safety = text("Why it is safe", needed="Write why it is safe, or why it is not.", rows=2)

    def offer(self, services: dict[str, str]) -> None:
        """Let what the list of help holds be chosen."""
        self.service.choices = options(services)

    def validate_service(self, field: SelectField) -> None:
        """Only what the list holds."""
        if field.data not in {value for value, *_label in field.choices}:
            raise ValidationError("Choose a service of the list.")

    def told(self) -> Told:
        """As the service takes it."""
        return Told(
            self.service.data, self.way.data, self.answer.data, TRUTHS.get(self.safe.data), self.safety.data
        )

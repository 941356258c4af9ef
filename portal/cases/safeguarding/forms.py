"""What is filled in about a concern, a referral, a decision against one, and the agency's answer."""

from datetime import datetime
from uuid import UUID

from wtforms import DateField, RadioField, SelectField, SelectMultipleField, StringField, TimeField
from wtforms.validators import AnyOf, DataRequired, InputRequired, Length, Optional

from portal.cases.forms import text
from portal.cases.household.queries import HouseholdRow
from portal.cases.safeguarding.service import Answer, Feared, Sent
from portal.cases.safeguarding.words import GROUPS, OUTCOMES, TOLD, harms_for
from portal.domain.calendar import at_wall_clock
from portal.domain.policy import Policy
from portal.domain.safeguarding import AGREED, DOORS, OTHER_LAW, Door, Group, Harm, Outcome, Told, grounds
from portal.web.forms import Form, options, stripped

NOBODY_LISTED = "somebody-else"
NOT_AT_RISK = frozenset({"household", "teller", "professional"})


def line(label: str, *, needed: str = "", hint: str = "") -> StringField:
    """A line of words."""
    checks = [DataRequired(needed)] if needed else [Optional()]
    too_long = Length(max=300, message="That is too long for a line.")
    return StringField(label, [*checks, too_long], filters=[stripped], description=hint)


class ConcernForm(Form):
    """Who is thought to be at risk, and of what."""

    group = RadioField(
        "Who is at risk?", validate_choice=True, validators=[InputRequired("Choose who is at risk.")]
    )
    person = SelectField("Which person of the case?", validate_choice=True)
    whom = line("Who, if not listed")
    harms = SelectMultipleField(
        "What is feared?", validators=[DataRequired("Choose what is feared: one is enough.")]
    )
    words = text("What was said or seen", needed="Write what was said or seen, in their words where you can.")

    def fit(self, door: Door, people: list[HouseholdRow]) -> None:
        """Offer what belongs to this door, and the people of the case."""
        self.group.choices = options({each: says for each, says in GROUPS.items() if DOORS[each] is door})
        self.harms.choices = options(harms_for(door))
        listed = {str(each.id): each.name for each in people if each.part not in NOT_AT_RISK}
        self.person.choices = options(listed | {NOBODY_LISTED: "Somebody who is not listed"})

    def feared(self) -> Feared:
        """The concern as the service takes it."""
        listed = self.person.data != NOBODY_LISTED
        return Feared(
            Group(self.group.data),
            tuple(Harm(each) for each in self.harms.data),
            self.words.data,
            UUID(self.person.data) if listed else None,
            "" if listed else self.whom.data or "",
        )


class ReferralForm(Form):
    """A referral to the agency that a concern belongs to."""

    agency = line("To whom", needed="Write to whom it went.", hint="The team, and the person who took it.")
    day = DateField("Made on", [InputRequired("Enter the day.")])
    time = TimeField("At", [InputRequired("Enter the time, like 14:30.")])
    ground = RadioField("On what ground", validators=[InputRequired("Choose the ground.")])
    lawful_basis = line(
        "Lawful basis", hint="For example: public task; safeguarding (Data Protection Act 2018, Schedule 1)."
    )
    told = RadioField(
        "Do they know?",
        choices=options(TOLD),
        validate_choice=False,
        validators=[AnyOf(TOLD, "Choose whether they know.")],
    )
    why = text(
        "If not told, why", hint="Not asking is right where asking would put somebody at more risk.", rows=2
    )
    content = text("What was passed on", needed="Write what was passed on: no more than they need.")
    reference = line("Their reference", hint="You can add it when they give it.")

    def fit(self, policy: Policy) -> None:
        """Offer the policy's own grounds with their clauses, agreement, and what only a senior may record."""
        own = {each.id: f"{each.says} ({each.clause})" for each in grounds(policy)}
        ends = {OTHER_LAW: "Another ground in law; a senior officer or manager records it"}
        self.ground.choices = options({AGREED: "They agreed"} | own | ends)

    def moment(self) -> datetime:
        """When it was made, by London clocks."""
        return at_wall_clock(self.day.data, self.time.data)

    def sent(self) -> Sent:
        """The referral as the service takes it."""
        return Sent(
            agency=self.agency.data,
            ground=self.ground.data,
            told=Told(self.told.data),
            made_at=self.moment(),
            content=self.content.data,
            lawful_basis=self.lawful_basis.data or "",
            why=self.why.data or "",
            reference=self.reference.data or "",
        )


class DecideForm(Form):
    """Why a concern is not referred."""

    why = text("Why it is not referred", needed="Write why it is not referred, and what is done instead.")


class AnswerForm(Form):
    """What the agency said."""

    outcome = RadioField(
        "What came of it",
        [Optional()],
        choices=options({**OUTCOMES, "": "Only their reference is known so far"}),
    )
    reference = line("Their reference")
    words = text("What they said", rows=3)

    def answer(self) -> Answer:
        """The answer as the service takes it."""
        outcome = Outcome(self.outcome.data) if self.outcome.data else None
        return Answer(outcome, self.reference.data or "", self.words.data or "")

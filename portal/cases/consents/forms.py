"""What is filled in about a consent: whom it names, what for, which parts, how it was given, until when."""

from datetime import datetime, timedelta

from wtforms import DateField, RadioField, SelectField, SelectMultipleField, StringField, TimeField
from wtforms.validators import AnyOf, DataRequired, InputRequired, Length

from portal.cases.consents.service import NewConsent
from portal.cases.disclosures.words import GIVEN_HOW, PARTS, RECIPIENTS
from portal.cases.forms import text
from portal.domain.calendar import at_wall_clock
from portal.domain.sharing import GivenHow, Part, Recipient, RecipientKind
from portal.web.forms import Form, options, stripped

MIDNIGHT = datetime.min.time()
NAME = 200


class RecipientForm(Form):
    """A body: its name as people know it, and what kind it is."""

    agency = StringField(
        "Which body",
        [DataRequired("Name the body, such as Suffolk Police."), Length(max=NAME, message="That is too long.")],
        filters=[stripped],
        description="One body only. Another one needs a consent of its own.",
    )
    kind = SelectField("What kind of body", choices=options({"": "Choose"} | RECIPIENTS), validate_choice=False,
                       validators=[AnyOf(RECIPIENTS, "Choose what kind of body it is.")])  # fmt: skip

    def recipient(self) -> Recipient:
        """The body as the rules know it."""
        return Recipient(RecipientKind(self.kind.data), self.agency.data)


class ConsentForm(RecipientForm):
    """A yes of the person's."""

    purpose = text("What for", needed="Say what it is for, in one sentence that they would recognise.", rows=2)
    parts = SelectMultipleField(
        "What may be shared",
        [InputRequired("Choose at least one part.")],
        choices=options(PARTS),
        description="Nothing that is not ticked may be shared.",
    )
    how = RadioField("How they said yes", choices=options(GIVEN_HOW), validate_choice=False,
                     validators=[AnyOf([each.value for each in GIVEN_HOW], "Choose how they said yes.")])  # fmt: skip
    day = DateField("Day", [InputRequired("Enter the day.")])
    time = TimeField("Time", [InputRequired("Enter the time, like 14:30.")])
    until = DateField(
        "Until the end of",
        [InputRequired("Enter the last day.")],
        description="A week before, a task says to ask again. It ends by itself.",
    )
    limits = text("Limits that they set", hint="For example: not the new address. You can skip this.", rows=2)
    words = text("What they said, in their words", hint="You can skip this.", rows=2)

    def consent(self) -> NewConsent:
        """The consent as the service takes it; it ends with the last day, by London clocks."""
        return NewConsent(
            recipient=self.recipient(),
            parts=frozenset(Part(each) for each in self.parts.data),
            purpose=self.purpose.data,
            how=GivenHow(self.how.data),
            given_at=at_wall_clock(self.day.data, self.time.data),
            until=at_wall_clock(self.until.data + timedelta(days=1), MIDNIGHT),
            limits=self.limits.data or "",
            words=self.words.data or "",
        )


class WithdrawForm(Form):
    """The person takes it back. Nobody has to say why."""

    words = text("What they said (you can skip this)", rows=2)



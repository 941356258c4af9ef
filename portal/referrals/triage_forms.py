"""What officers fill in when they decide what becomes of a report, or write one down for somebody."""

from datetime import datetime
from uuid import UUID

from wtforms import (
    BooleanField,
    DateField,
    HiddenField,
    RadioField,
    SelectField,
    TimeField,
)
from wtforms.validators import AnyOf, InputRequired, Optional, ValidationError

from portal.cases.assigning import Assignment
from portal.cases.forms import VouchForm, text
from portal.cases.preferences import BARRIERS, to_choose
from portal.domain.calendar import at_wall_clock
from portal.domain.contact import Channel, SafeContact, SafeTimes, Said, Times, Way
from portal.domain.intake import Answers, Danger, Relation, Teller, YesNo
from portal.domain.lifecycle import Source
from portal.domain.policy import Policy
from portal.referrals.forms import fields
from portal.web.forms import Form, options

SEND_TO = {
    "children": "Children’s services",
    "council": "The council",
    "staff": "The route for people who work here",
    "support": "A support service",
}
CAME_BY = {
    "call": "A telephone call",
    "visit": "A visit to an office",
    "home": "A visit to their home",
    "letter": "A letter",
    "email": "An email",
    "partner": "Another organisation",
}
RELATIONS = {
    Relation.UNKNOWN: "Not known",
    Relation.TENANT: "Tenant",
    Relation.JOINT_TENANT: "Joint tenant",
    Relation.HOUSEHOLD: "Lives with a tenant",
    Relation.APPLICANT: "Has applied for a home",
    Relation.LEASEHOLDER: "Leaseholder",
    Relation.EMPLOYEE: "Works here",
    Relation.NEIGHBOUR: "Neighbour",
    Relation.OTHER: "Other",
}
DANGERS = {
    Danger.NO: "No",
    Danger.SOON: "Not now, but perhaps soon",
    Danger.LIFE: "Yes, there is a threat to life",
    Danger.UNKNOWN: "Not known",
}
SAFE = options({"yes": "Safe", "no": "Not safe", "": "Not asked"})


class OpenForm(Form):
    """Open a case, and perhaps give it to somebody at once."""

    account_id = RadioField("Give it to (this can wait)", [Optional()], validate_choice=False)
    why = text("If a preference is not met, say why, and what was done instead", rows=2)
    told = BooleanField("They were told that it is not met")
    without_name = BooleanField("Log it without a name, apart from the tenancy")

    def validate_account_id(self, field: RadioField) -> None:
        """Nobody, or somebody from the list."""
        try:
            UUID(field.data)
        except ValueError as error:
            raise ValidationError("Choose somebody from the list.") from error

    def assignment(self, *, manages: bool) -> Assignment | None:
        """The choice as the service takes it."""
        if not self.account_id.data:
            return None
        return Assignment(UUID(self.account_id.data), self.why.data or "", manages, self.told.data)


class JoinForm(VouchForm):
    """Add the report to a case that exists."""

    case_id = HiddenField(validators=[InputRequired("Choose a case.")])
    newer_contact = BooleanField("Use what this report says about safe contact from now on")

    def validate_case_id(self, field: HiddenField) -> None:
        """An id is what the list holds; anything else was not sent by our page."""
        try:
            UUID(field.data)
        except ValueError as error:
            raise ValidationError("Choose a case from the list.") from error


class SendForm(Form):
    """Send the report to where it belongs as well."""

    whom = RadioField(
        "To whom", choices=options(SEND_TO), validators=[AnyOf(SEND_TO, "Choose to whom.")], validate_choice=False
    )  # fmt: skip
    words = text("What was sent, to whom, and why", needed="Write what was sent, to whom, and why.", rows=3)


class SetAsideForm(Form):
    """Set a report aside."""

    reason = text("What was looked into, and why nothing follows", needed="Write what was looked into.", rows=3)


class EntryForm(Form):
    """A report made by telephone, at the counter, by letter: short, so that it is done while they talk."""

    who = RadioField(
        "Who told us?",
        choices=options({"self": "The person themselves", "other": "Somebody else"}),
        default="self",
    )
    came_by = SelectField("How did it reach us?", choices=options(CAME_BY))
    day = DateField("Day on which it reached us", [InputRequired("Enter the day.")])
    time = TimeField("Time", [InputRequired("Enter the time, like 14:30.")])
    danger = RadioField("Is somebody in danger?", choices=options(DANGERS), default=Danger.UNKNOWN.value)
    home_unsafe = BooleanField("Damage has left the home unsafe")
    name = fields.short("Name", "Any name they choose.")
    age = fields.age("Age")
    relation = SelectField("To the landlord they are", choices=options(RELATIONS))
    address = fields.story("Address", rows=2)
    phone = fields.phone("Telephone")
    call_safe = RadioField("Calling this number is", choices=SAFE, default="")
    text_safe = RadioField("Texting this number is", choices=SAFE, default="")
    email = fields.email("Email")
    email_safe = RadioField("Emailing this address is", choices=SAFE, default="")
    safe_notes = text("When and how is it safe to reach them?", hint="Hours, who may answer, what to say.", rows=2)
    happening = text("What is happening, in their words", rows=6)
    preferences = fields.any_of("They would like")
    barriers = fields.any_of("In the way stands", tuple((key, says.capitalize()) for key, says in BARRIERS.items()))
    needs = text("Language, interpreter, or anything that they need", rows=2)
    teller_name = fields.short("Who told us: name")
    teller_organisation = fields.short("Their organisation")
    teller_phone = fields.phone("Their telephone")
    person_knows = RadioField(
        "Does the person know that we were told?",
        choices=options({"yes": "Yes", "no": "No", "unknown": "Not known"}),
        default="unknown",
    )

    def offer(self, policy: Policy) -> None:
        """Ask for what this landlord's policy offers, and what is asked under every policy."""
        asked = policy.contact.preferences.asked()
        found = to_choose(kind.value for kind in asked)
        self.preferences.choices = options({code: says.capitalize() for code, says in found.items()})

    def reached_us_at(self) -> datetime:
        """When the report reached the landlord: the clock starts then, not when it was typed in (AG/013 OP1)."""
        return at_wall_clock(self.day.data, self.time.data)

    def as_answers(self) -> Answers:
        """The report. From somebody else it is a concern, with the clock of a concern."""
        from_them = self.who.data == "self"
        teller = Teller(
            name=self.teller_name.data or "",
            organisation=self.teller_organisation.data or "",
            phone=self.teller_phone.data or "",
            person_knows=YesNo(self.person_knows.data),
        )
        return Answers(
            source=Source.STAFF_ENTRY if from_them else Source.SOMEONE_ELSE,
            name=self.name.data or "",
            age=int(self.age.data) if self.age.data else None,
            relation=Relation(self.relation.data),
            address=self.address.data or "",
            danger=Danger(self.danger.data),
            home_unsafe=self.home_unsafe.data,
            happening=self.happening.data or "",
            safe_contact=self._safe_contact(),
            preferences=tuple(self.preferences.data or ()),
            barriers=tuple(self.barriers.data or ()),
            needs=self.needs.data or "",
            teller=Teller() if from_them else teller,
            came_by=self.came_by.data,
        )

    def _safe_contact(self) -> SafeContact:
        said = {"yes": Said.SAFE, "no": Said.UNSAFE, "": Said.UNKNOWN}
        rows = (
            (Channel.CALL, self.call_safe.data, self.phone.data),
            (Channel.TEXT, self.text_safe.data, self.phone.data),
            (Channel.EMAIL, self.email_safe.data, self.email.data),
        )
        ways = tuple(Way(channel, said[safe or ""], detail) for channel, safe, detail in rows if detail)
        return SafeContact(ways=ways, times=SafeTimes(Times.NEVER_STATED), notes=self.safe_notes.data or "")

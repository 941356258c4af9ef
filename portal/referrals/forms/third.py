"""What somebody else tells us: a friend, a neighbour, an agency, or a colleague who noticed something.

Sources: AG/013 Operational Principle 1; HS-026 3.2, 6.1; STAR 1.6, 3.19; whg 5.1; NPH Employees.
"""

from dataclasses import replace
from typing import Any

from portal.domain.contact import Channel, SafeContact, Way
from portal.domain.contact import Said as Safety
from portal.domain.intake import Answers, Danger, Relation, Teller, YesNo
from portal.domain.languages import N_
from portal.referrals.forms.fields import Choices, StepForm, age, any_of, email, one_of, phone, short, story
from portal.referrals.forms.people import MAYBE, NowForThemForm

RELATIONS: Choices = (
    ("tenant", N_("They are the tenant, or one of the tenants")),
    ("household", N_("They live with a tenant")),
    ("leaseholder", N_("They are a leaseholder")),
    ("applicant", N_("They have applied for a home")),
    ("employee", N_("They work for you")),
    ("other", N_("Something else")),
)
SAFE_THERE: Choices = (
    ("call", N_("Ringing them")),
    ("text", N_("Texting them")),
    ("email", N_("Emailing them")),
)
WHOM = N_("Tell us a name, an address, or anything else by which we can find out whom you mean.")


class TellerForm(StepForm):
    """Who tells us, so that we can ask back. They may stay unnamed."""

    name = "teller"
    call_me = short(N_("Your name"), N_("You can leave this out."))
    role = short(N_("Who you are to them"), N_("For example: a friend, a nurse, a teacher."))
    organisation = short(N_("Where you work, if that is why you write"))
    phone = phone(N_("Your phone number"), N_("So that we can ask you something."))
    email = email(N_("Your email address"))
    knows = one_of(N_("Do they know that you are telling us?"), MAYBE)

    def fill(self, answers: Answers) -> Answers:
        teller = Teller(
            self.call_me.data,
            self.role.data,
            self.organisation.data,
            self.phone.data,
            self.email.data,
            YesNo(self.knows.data or YesNo.UNKNOWN),
        )
        return replace(answers, teller=teller)


class ThemForm(StepForm):
    """Whom it is about: one of a name, an address or some other trace is needed."""

    name = "them"
    person = short(N_("Their name"))
    address = story(N_("Where they live"), N_("As much of the address as you know."), rows=3)
    trace = short(N_("Anything else by which we can find them"), N_("For example: the flat above number 12."))
    age = age(N_("About how old are they?"))
    relation = one_of(N_("What are they to us?"), RELATIONS)

    def validate(self, extra_validators: Any = None) -> bool:  # noqa: ANN401 - WTForms' own signature
        """Without any trace nobody could be helped."""
        fine = bool(super().validate(extra_validators))
        if not (self.person.data or self.address.data or self.trace.data):
            self.person.errors, fine = [WHOM], False
        return fine

    def fill(self, answers: Answers) -> Answers:
        return replace(
            answers,
            name=self.person.data,
            address="\n".join(part for part in (self.address.data, self.trace.data) if part),
            age=int(self.age.data) if self.age.data else None,
            relation=Relation(self.relation.data or Relation.UNKNOWN),
        )


class ReachThemForm(StepForm):
    """What the teller knows about reaching them. Only what they say is safe counts as safe."""

    name = "reach"
    phone = phone(N_("Their phone number"))
    email = email(N_("Their email address"))
    safe = any_of(
        N_("What do you know to be safe?"), SAFE_THERE, N_("Leave empty if you are not sure. Then we ask you first.")
    )
    times = short(N_("When it is safe, if you know"))
    never = story(N_("Where must we never ring or write?"), N_("One on each line."), rows=3)

    def fill(self, answers: Answers) -> Answers:
        details = {
            Channel.CALL: self.phone.data,
            Channel.TEXT: self.phone.data,
            Channel.EMAIL: self.email.data,
        }
        ways = tuple(
            Way(channel, Safety.SAFE if channel in (self.safe.data or ()) else Safety.UNKNOWN, detail)
            for channel, detail in details.items()
            if detail
        )
        notes = f"Somebody else says about times: {self.times.data}" if self.times.data else ""
        never = tuple(line.strip() for line in self.never.data.splitlines() if line.strip())
        return replace(answers, safe_contact=SafeContact(ways=ways, never=never, notes=notes))


class NoticedForm(StepForm):
    """The concern card, on one page: a feeling that something is wrong is enough (STAR 3.19)."""

    name = "noticed"
    danger = NowForThemForm.danger
    noticed = story(
        N_("What did you notice?"), N_("A feeling that something is wrong is enough. No proof is needed.")
    )
    place = story(N_("Where was it?"), N_("An address, or as much of it as you know."), rows=2)
    person = short(N_("Who is it about, if you know?"))
    call_me = short(N_("Your name"), N_("You can leave this out."))
    organisation = short(N_("Your team or company"))
    phone = phone(N_("A number to ring you back"))

    def validate(self, extra_validators: Any = None) -> bool:  # noqa: ANN401 - WTForms' own signature
        """A card needs a place or a person: one without either could not be looked into."""
        fine = bool(super().validate(extra_validators))
        if not (self.place.data or self.person.data):
            self.place.errors, fine = [N_("Tell us where it was, or who it is about.")], False
        return fine

    def fill(self, answers: Answers) -> Answers:
        return replace(
            answers,
            danger=Danger(self.danger.data or Danger.UNKNOWN),
            happening=self.noticed.data,
            address=self.place.data,
            name=self.person.data,
            teller=Teller(name=self.call_me.data, organisation=self.organisation.data, phone=self.phone.data),
        )

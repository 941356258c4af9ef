"""Who it is about: is she safe now, who she is, where she lives, with whom, and who does the harm."""

from dataclasses import replace

from portal.domain.intake import Answers, Danger, OtherPerson, Relation, YesNo
from portal.referrals.forms.fields import Choices, StepForm, age, any_of, one_of, short, story

DANGER: Choices = (
    ("no", "Yes, I am safe for now"),
    ("soon", "For now, but maybe not for long"),
    ("life", "No. I fear for my life, or for somebody else’s"),
    ("unknown", "I do not know"),
)
MAYBE: Choices = (("yes", "Yes"), ("no", "No"), ("unknown", "I do not know"))
RELATIONS: Choices = (
    ("tenant", "I am the tenant"),
    ("joint_tenant", "I am a tenant together with somebody else"),
    ("household", "I live with a tenant"),
    ("leaseholder", "I am a leaseholder"),
    ("applicant", "I have applied for a home"),
    ("employee", "I work for you"),
    ("other", "Something else"),
)
TIES: Choices = (
    ("partner", "My husband, wife or partner"),
    ("former partner", "My former husband, wife or partner"),
    ("parent", "My mother, father or step-parent"),
    ("son or daughter", "My son or daughter"),
    ("brother or sister", "My brother or sister"),
    ("other family", "Somebody else in the family"),
    ("household", "Somebody else who lives with me"),
    ("carer", "Somebody who cares for me"),
    ("other", "Somebody else"),
)
WORKS_HERE: Choices = (("yes", "Yes"),)


class NowForm(StepForm):
    """Danger first: it starts the immediate clock where the policy has one, and alerts the officers on duty."""

    name = "now"
    danger = one_of("Are you safe right now?", DANGER)

    def fill(self, answers: Answers) -> Answers:
        return replace(answers, danger=Danger(self.danger.data or Danger.UNKNOWN))


class YouForm(StepForm):
    """Any name, any age, any tie to the landlord: each only decides who helps as well."""

    name = "you"
    call_me = short("What should we call you?", "Any name you like. It need not be your real one.")
    age = age("How old are you?")
    relation = one_of("What are you to us?", RELATIONS)
    works_here = any_of(
        "Do you work for us as well?", WORKS_HERE, "Then only a few named people can read this."
    )
    earlier = short("Did we give you a number before?", "Then you need not say it all again. Write it here.")

    def fill(self, answers: Answers) -> Answers:
        return replace(
            answers,
            name=self.call_me.data,
            age=int(self.age.data) if self.age.data else None,
            relation=Relation(self.relation.data or Relation.UNKNOWN),
            works_here=bool(self.works_here.data),
            earlier=self.earlier.data,
        )


class HomeForm(StepForm):
    """Where she lives, and whether damage has left the home unsafe (STAR 5.2; AG/013 OP8)."""

    name = "home"
    address = story("Your address", "We never write there unless you have said we may.", rows=3)
    unsafe = one_of(
        "Is anything broken that makes your home unsafe?",
        (("yes", "Yes"), ("no", "No")),
        "A door, a lock, a window.",
    )

    def fill(self, answers: Answers) -> Answers:
        return replace(answers, address=self.address.data, home_unsafe=self.unsafe.data == "yes")


class OtherForm(StepForm):
    """The person who does harm: they may live elsewhere and be nobody's customer (AG/013 Objectives)."""

    name = "other"
    person = short("Their name", "We will not tell them that you wrote to us.")
    tie = one_of("Who are they to you?", TIES)
    lives_there = one_of("Do they live with you?", MAYBE)
    joint_tenant = one_of(
        "Are they a tenant of your home?", MAYBE, "If so, we keep this away from the tenancy file."
    )

    def fill(self, answers: Answers) -> Answers:
        other = OtherPerson(
            self.person.data,
            self.tie.data or "",
            YesNo(self.lives_there.data or YesNo.UNKNOWN),
            YesNo(self.joint_tenant.data or YesNo.UNKNOWN),
        )
        return replace(answers, other_person=other)


class HouseholdForm(StepForm):
    """Who else could need help: a child who sees or hears it is harmed as well (Domestic Abuse Act 2021 s.3)."""

    name = "household"
    at_home = story("Who else lives in your home?", "Names are not needed.", rows=3)
    children = one_of("Are there any children?", MAYBE)
    children_note = short("Their ages, and anything we should know")

    def fill(self, answers: Answers) -> Answers:
        return replace(
            answers,
            at_home=self.at_home.data,
            children=YesNo(self.children.data or YesNo.UNKNOWN),
            children_note=self.children_note.data,
        )


class NowForThemForm(NowForm):
    """The same question, asked about somebody else."""

    danger = one_of(
        "Is anybody in danger right now?",
        (
            ("no", "No, not at this moment"),
            ("soon", "Not now, but maybe soon"),
            ("life", "Yes. Somebody could be killed or badly hurt"),
            ("unknown", "I do not know"),
        ),
    )

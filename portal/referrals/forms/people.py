"""Who it is about: is she safe now, who she is, where she lives, with whom, and who does the harm."""

from dataclasses import replace

from portal.domain.intake import Answers, Danger, OtherPerson, Relation, YesNo
from portal.domain.languages import N_
from portal.referrals.forms.fields import Choices, StepForm, age, any_of, one_of, short, story

DANGER: Choices = (
    ("no", N_("Yes, I am safe for now")),
    ("soon", N_("For now, but maybe not for long")),
    ("life", N_("No. I fear for my life, or for somebody else’s")),
    ("unknown", N_("I do not know")),
)
MAYBE: Choices = (("yes", N_("Yes")), ("no", N_("No")), ("unknown", N_("I do not know")))
RELATIONS: Choices = (
    ("tenant", N_("I am the tenant")),
    ("joint_tenant", N_("I am a tenant together with somebody else")),
    ("household", N_("I live with a tenant")),
    ("leaseholder", N_("I am a leaseholder")),
    ("applicant", N_("I have applied for a home")),
    ("employee", N_("I work for you")),
    ("other", N_("Something else")),
)
TIES: Choices = (
    ("partner", N_("My husband, wife or partner")),
    ("former partner", N_("My former husband, wife or partner")),
    ("parent", N_("My mother, father or step-parent")),
    ("son or daughter", N_("My son or daughter")),
    ("brother or sister", N_("My brother or sister")),
    ("other family", N_("Somebody else in the family")),
    ("household", N_("Somebody else who lives with me")),
    ("carer", N_("Somebody who cares for me")),
    ("other", N_("Somebody else")),
)
WORKS_HERE: Choices = (("yes", N_("Yes")),)


class NowForm(StepForm):
    """Danger first: it starts the immediate clock where the policy has one, and alerts the officers on duty."""

    name = "now"
    danger = one_of(N_("Are you safe right now?"), DANGER)

    def fill(self, answers: Answers) -> Answers:
        return replace(answers, danger=Danger(self.danger.data or Danger.UNKNOWN))


class YouForm(StepForm):
    """Any name, any age, any tie to the landlord: each only decides who helps as well."""

    name = "you"
    call_me = short(N_("What should we call you?"), N_("Any name you like. It need not be your real one."))
    age = age(N_("How old are you?"))
    relation = one_of(N_("What are you to us?"), RELATIONS)
    works_here = any_of(
        N_("Do you work for us as well?"), WORKS_HERE, N_("Then only a few named people can read this.")
    )
    earlier = short(N_("Did we give you a number before?"), N_("Then you need not say it all again. Write it here."))

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
    address = story(N_("Your address"), N_("We never write there unless you have said we may."), rows=3)
    unsafe = one_of(
        N_("Is anything broken that makes your home unsafe?"),
        (("yes", N_("Yes")), ("no", N_("No"))),
        N_("A door, a lock, a window."),
    )

    def fill(self, answers: Answers) -> Answers:
        return replace(answers, address=self.address.data, home_unsafe=self.unsafe.data == "yes")


class OtherForm(StepForm):
    """The person who does harm: they may live elsewhere and be nobody's customer (AG/013 Objectives)."""

    name = "other"
    person = short(N_("Their name"), N_("We will not tell them that you wrote to us."))
    tie = one_of(N_("Who are they to you?"), TIES)
    lives_there = one_of(N_("Do they live with you?"), MAYBE)
    joint_tenant = one_of(
        N_("Are they a tenant of your home?"), MAYBE, N_("If so, we keep this away from the tenancy file.")
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
    at_home = story(N_("Who else lives in your home?"), N_("Names are not needed."), rows=3)
    children = one_of(N_("Are there any children?"), MAYBE)
    children_note = short(N_("Their ages, and anything we should know"))

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
        N_("Is anybody in danger right now?"),
        (
            ("no", N_("No, not at this moment")),
            ("soon", N_("Not now, but maybe soon")),
            ("life", N_("Yes. Somebody could be killed or badly hurt")),
            ("unknown", N_("I do not know")),
        ),
    )

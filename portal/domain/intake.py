"""What somebody tells a landlord, and where it goes first. Nothing that is said here ever bars anybody.

Sources: AG/013 OP1 and Introduction; HS-026 1.2, 1.3, 3.1, 4.1, 6.1; STAR 1.2, 1.3, 3.2, 3.6; whg 1.1 to 1.5, 1.7;
NPH Definition, Employees, Equalities, Community Impact Assessment 1.
"""

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from portal.domain.contact import SafeContact
from portal.domain.languages import ENGLISH, LANGUAGES
from portal.domain.lifecycle import Route, Source

CHILD_UNDER = 16
ADDED_LATER = (
    "name",
    "age",
    "relation",
    "address",
    "happening",
    "types",
    "subtypes",
    "other_person",
    "at_home",
    "children",
    "children_note",
    "wishes",
    "wish_words",
    "preferences",
    "needs",
    "language",
    "barriers",
)
"""What can be skipped now and told another time; danger, damage and safe contact have steps of their own."""


class Relation(StrEnum):
    """What the person is to the landlord."""

    TENANT = "tenant"
    JOINT_TENANT = "joint_tenant"
    HOUSEHOLD = "household"
    APPLICANT = "applicant"
    LEASEHOLDER = "leaseholder"
    EMPLOYEE = "employee"
    NEIGHBOUR = "neighbour"
    OTHER = "other"
    UNKNOWN = "unknown"


class Danger(StrEnum):
    """What is said about danger at this moment."""

    LIFE = "life"
    SOON = "soon"
    NO = "no"
    UNKNOWN = "unknown"


class Wish(StrEnum):
    """What she wants to happen; any number of them, or none."""

    STAY = "stay"
    SECURITY = "security"
    MOVE = "move"
    ADVICE = "advice"
    HEARD = "heard"


class Barrier(StrEnum):
    """What can stand between somebody and help. None of them ever bars anybody (NPH Equalities)."""

    NO_RECOURSE = "no_recourse"
    MENTAL_HEALTH = "mental_health"
    SPECIALIST_HELP = "specialist_help"


class YesNo(StrEnum):
    """Every question can be answered with not knowing, or skipped."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class OtherPerson:
    """The person who does harm, as far as the teller wants to say."""

    name: str = ""
    relationship: str = ""
    lives_there: YesNo = YesNo.UNKNOWN
    joint_tenant: YesNo = YesNo.UNKNOWN


def _plain(said: "Answers | OtherPerson | Teller") -> dict[str, Any]:
    """What it holds, by name."""
    return {name: getattr(said, name) for name in said.__dataclass_fields__}


@dataclass(frozen=True, slots=True)
class Teller:
    """Who tells us, where it is not the person herself."""

    name: str = ""
    role: str = ""
    organisation: str = ""
    phone: str = ""
    email: str = ""
    person_knows: YesNo = YesNo.UNKNOWN


@dataclass(frozen=True, slots=True)
class Answers:
    """One report in the words of whoever made it. Empty means skipped.

    `came_by` is how a report that staff typed in reached the landlord (HS-026 4.1): a call, a visit, a letter.
    `earlier` is the number that was given to whoever told us before (STAR 3.3). `written_in` is the language that the
    pages spoke on which it was written, by its code; empty for what staff wrote down.
    """

    source: Source
    name: str = ""
    age: int | None = None
    relation: Relation = Relation.UNKNOWN
    address: str = ""
    danger: Danger = Danger.UNKNOWN
    home_unsafe: bool = False
    happening: str = ""
    types: tuple[str, ...] = ()
    subtypes: tuple[str, ...] = ()
    other_person: OtherPerson = field(default_factory=OtherPerson)
    at_home: str = ""
    children: YesNo = YesNo.UNKNOWN
    children_note: str = ""
    wishes: tuple[Wish, ...] = ()
    wish_words: str = ""
    safe_contact: SafeContact = field(default_factory=SafeContact)
    preferences: tuple[str, ...] = ()
    needs: str = ""
    language: str = ""
    barriers: tuple[str, ...] = ()
    teller: Teller = field(default_factory=Teller)
    works_here: bool = False
    came_by: str = ""
    earlier: str = ""
    written_in: str = ""

    @property
    def pages_spoke(self) -> str:
        """The language of the pages on which it was written, as officers call it; empty for English."""
        found = LANGUAGES.get(self.written_in, ENGLISH)
        return "" if found is ENGLISH else found.name

    def completed_by(self, later: "Answers") -> "Answers":
        """What was skipped, filled in from what the same person said later; nothing said before is changed."""
        empty = Answers(self.source)
        given = {
            name: getattr(later, name) for name in ADDED_LATER if getattr(self, name) == getattr(empty, name)
        }
        return replace(self, **given)

    def to_dict(self) -> dict[str, Any]:
        """As it is sealed and stored."""
        return _plain(self) | {
            "other_person": _plain(self.other_person),
            "teller": _plain(self.teller),
            "safe_contact": self.safe_contact.to_dict(),
        }

    @classmethod
    def from_dict(cls, stored: dict[str, Any]) -> "Answers":
        """Read what was stored; fields that an older version did not have are empty."""
        known = {key: value for key, value in stored.items() if key in cls.__dataclass_fields__}
        other, teller = known.get("other_person", {}), known.get("teller", {})
        return cls(
            **known
            | {
                "source": Source(known["source"]),
                "relation": Relation(known.get("relation", Relation.UNKNOWN)),
                "danger": Danger(known.get("danger", Danger.UNKNOWN)),
                "children": YesNo(known.get("children", YesNo.UNKNOWN)),
                "types": tuple(known.get("types", ())),
                "subtypes": tuple(known.get("subtypes", ())),
                "barriers": tuple(known.get("barriers", ())),
                "wishes": tuple(Wish(each) for each in known.get("wishes", ())),
                "preferences": tuple(known.get("preferences", ())),
                "safe_contact": SafeContact.from_dict(known.get("safe_contact", {})),
                "other_person": OtherPerson(
                    other.get("name", ""),
                    other.get("relationship", ""),
                    YesNo(other.get("lives_there", YesNo.UNKNOWN)),
                    YesNo(other.get("joint_tenant", YesNo.UNKNOWN)),
                ),
                "teller": Teller(
                    **teller | {"person_knows": YesNo(teller.get("person_knows", YesNo.UNKNOWN))}
                ),
            }
        )


@dataclass(frozen=True, slots=True)
class Routing:
    """Where a report goes, and what whoever reads it is told about that. Never a refusal.

    `route` decides who may know of it; it goes at the same moment to those of `also`.
    """

    route: Route
    notices: tuple[str, ...] = ()
    also: tuple[Route, ...] = ()

    @property
    def routes(self) -> tuple[Route, ...]:
        """Everywhere that it goes."""
        return (self.route, *self.also)


def routing(answers: Answers, *, policy_minimum_age: int | None, leaseholders_covered: bool) -> Routing:
    """The routes of a report, which hold side by side. Every one keeps the ordinary clocks running as well.

    Under 16 goes to child safeguarding under every policy. At 16 and 17 the Domestic Abuse Act 2021 s.1
    applies whatever an older policy says. A leaseholder whom the policy leaves out (NPH) is helped to the
    council. An employee's own report (HS-026 1.3, STAR 1.3) is kept out of the caseworkers' list, whatever
    else holds for it: so that route comes first.
    """
    notices: list[str] = []
    routes: list[Route] = []
    if answers.relation is Relation.LEASEHOLDER and not leaseholders_covered:
        routes.append(Route.COUNCIL)
        notices.append("This policy does not cover leaseholders: help them to reach the council as well.")
    if answers.works_here or answers.relation is Relation.EMPLOYEE:
        routes.insert(0, Route.STAFF)
        notices.append("This is about somebody who works here: it is kept out of the caseworkers' list.")
    if answers.age is not None:
        if answers.age < CHILD_UNDER:
            routes.insert(1 if Route.STAFF in routes else 0, Route.CHILD_SAFEGUARDING)
            notices.append("Under 16: refer to children's services today. The usual clocks run as well.")
        elif policy_minimum_age is not None and answers.age < policy_minimum_age:
            notices.append(
                f"Aged {answers.age}: this policy counts from {policy_minimum_age}, "
                "the Domestic Abuse Act 2021 from 16. The Act applies."
            )
    first, *others = routes or [Route.ORDINARY]
    return Routing(first, tuple(notices), tuple(others))


def clock_events(answers: Answers) -> tuple[str, ...]:
    """The events of the policy that this report starts, most urgent first."""
    events = ["threat-to-life"] if answers.danger is Danger.LIFE else []
    if answers.home_unsafe:
        events.append("unsafe-damage")
    events.append("concern" if answers.source in {Source.CONCERN_CARD, Source.SOMEONE_ELSE} else "disclosure")
    return tuple(events)

"""The form of an impact assessment: its sections, numbered once each, its rows, and the questions that it asks.

Source: NPH Community Impact Assessment, form and guidance 1 to 21.
"""

from dataclasses import dataclass
from enum import StrEnum


class Status(StrEnum):
    """Which of the three the policy is; exactly one."""

    CURRENT = "current"
    REVISED = "revised"
    NEW = "new"


class Kind(StrEnum):
    """When it is made: before the decision that it is to inform, or a time after the policy came into force."""

    PREPARATION = "preparation"
    REVIEW = "review"


class Section(StrEnum):
    """The sections that have rows."""

    EQUALITY = "equality"
    WELLBEING = "wellbeing"
    COMMUNITY = "community"


class Certainty(StrEnum):
    """How certain it is that an impact is there."""

    CERTAIN = "certain"
    LIKELY = "likely"
    POSSIBLE = "possible"


class Side(StrEnum):
    """Where data come from."""

    INTERNAL = "internal"
    EXTERNAL = "external"


class SourceKind(StrEnum):
    """The five kinds of customer data that the form asks for, and one for everything else."""

    PROFILES = "profiles"
    COMPLAINTS = "complaints"
    COMPLIMENTS = "compliments"
    SURVEYS = "surveys"
    CENSUS = "census"
    OTHER = "other"


class Feed(StrEnum):
    """What the portal itself can put behind a source."""

    NONE = "none"
    CASES = "cases"
    EQUALITY = "equality"
    COMPLAINTS = "complaints"
    CARDS = "cards"
    REFERRALS = "referrals"
    ADVOCATES = "advocates"
    HELP = "help"


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a section: one group of people, or one thing that matters to them."""

    key: str
    section: Section
    label: str


@dataclass(frozen=True, slots=True)
class Prompt:
    """A question with an answer in words."""

    key: str
    part: str
    asks: str


SECTIONS = (
    ("subject", "What is assessed"),
    ("data", "What we know, and from where"),
    ("equality", "Equality: the nine characteristics"),
    ("wellbeing", "Wellbeing, and access to services"),
    ("community", "The community"),
    ("actions", "What is to be done"),
    ("sign-off", "Review and signatures"),
)
"""In the order in which they are numbered, from 1."""
STATUSES = {
    Status.CURRENT: "A policy that is in force and stays as it is",
    Status.REVISED: "A policy that is revised",
    Status.NEW: "A new policy",
}
KINDS = {
    Kind.PREPARATION: "Made before the decision",
    Kind.REVIEW: "A review of what the policy has done",
}
CERTAINTIES = {
    Certainty.CERTAIN: "Certain: the data show it",
    Certainty.LIKELY: "Likely: the data point to it",
    Certainty.POSSIBLE: "Possible: the data neither show it nor rule it out",
}
SIDES = {Side.INTERNAL: "Our own", Side.EXTERNAL: "From elsewhere"}
SOURCE_KINDS = {
    SourceKind.PROFILES: "Who our customers are",
    SourceKind.COMPLAINTS: "Complaints",
    SourceKind.COMPLIMENTS: "Compliments",
    SourceKind.SURVEYS: "Surveys",
    SourceKind.CENSUS: "Census and other public statistics",
    SourceKind.OTHER: "Something else",
}
FEEDS = {
    Feed.NONE: "Nothing: what it shows is written below",
    Feed.CASES: "Reports and cases",
    Feed.EQUALITY: "What people said about themselves",
    Feed.COMPLAINTS: "Complaints about how cases were handled",
    Feed.CARDS: "What colleagues noticed on visits",
    Feed.REFERRALS: "Referrals made, as the demand for other services",
    Feed.ADVOCATES: "Caseworkers who hold the qualification of an advocate",
    Feed.HELP: "Needs that were found, and other agencies that people were told of",
}
AFFECTED = {
    "tenant": "Tenants",
    "household": "Occupants, and others in a tenant’s home",
    "leaseholder": "Leaseholders",
    "applicant": "People on the housing register",
    "employee": "Employees",
    "child": "Children",
    "other": "Others",
}
ROWS = {
    row.key: row
    for row in (
        Row("age", Section.EQUALITY, "Age"),
        Row("disability", Section.EQUALITY, "Disability"),
        Row("reassignment", Section.EQUALITY, "Gender reassignment"),
        Row("marriage", Section.EQUALITY, "Marriage and civil partnership"),
        Row("pregnancy", Section.EQUALITY, "Pregnancy and maternity"),
        Row("race", Section.EQUALITY, "Race"),
        Row("religion", Section.EQUALITY, "Religion or belief"),
        Row("sex", Section.EQUALITY, "Sex"),
        Row("orientation", Section.EQUALITY, "Sexual orientation"),
        Row("mental-health", Section.WELLBEING, "Mental health"),
        Row("lifestyle", Section.WELLBEING, "A healthy life"),
        Row("accidents", Section.WELLBEING, "Accidents and falls"),
        Row("access", Section.WELLBEING, "Access to services and partners"),
        Row("independence", Section.WELLBEING, "Living independently"),
        Row("safeguarding", Section.WELLBEING, "Safeguarding"),
        Row("wellbeing-other", Section.WELLBEING, "Wellbeing: anything else"),
        Row("economy", Section.COMMUNITY, "The local economy"),
        Row("environment", Section.COMMUNITY, "The environment"),
        Row("localities", Section.COMMUNITY, "Places, and groups that often lose out"),
        Row("community-other", Section.COMMUNITY, "Community: anything else"),
    )
}
PROMPTS = (
    Prompt("which", "data", "Which sources are there?"),
    Prompt("told", "data", "What do the numbers say, and what do people tell?"),
    Prompt("research", "data", "What research is there?"),
    Prompt("earlier", "data", "Which earlier work can be used?"),
    Prompt("gaps", "data", "Who was asked, to fill what was missing?"),
    Prompt("aim-end", "equality", "How does it help to end discrimination?"),
    Prompt("aim-advance", "equality", "How does it help to advance equal chances?"),
    Prompt("aim-foster", "equality", "How does it help to foster good relations?"),
    Prompt("residents", "wellbeing", "What does it do to the wellbeing of residents?"),
    Prompt("demand", "wellbeing", "What does it do to the demand for health and care services?"),
    Prompt("stage", "community", "How far was the proposal when this was asked, and who was engaged?"),
)
FIVE = tuple(each.key for each in PROMPTS if each.part == "data")


def number_of(part: str) -> int:
    """The number of a section."""
    return [key for key, _ in SECTIONS].index(part) + 1


def rows_of(section: Section) -> tuple[Row, ...]:
    """The rows of a section, in order."""
    return tuple(row for row in ROWS.values() if row.section is section)

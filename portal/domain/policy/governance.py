"""How a landlord keeps its policy: who answers for it, who is trained, what is counted, who was asked."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from portal.domain.permissions import Role
from portal.domain.policy.said_date import SaidDate
from portal.domain.policy.stated import Frozen, Stated, Words
from portal.domain.training import TrainingLevel


class PostPart(StrEnum):
    """What a post does for the policy."""

    RESPONSIBLE = "responsible"
    OWNER = "owner"
    ACCOUNTABLE = "accountable"
    AUTHOR = "author"
    DELIVERS = "delivers"
    OVERSEES = "oversees"
    DUTY_HOLDER = "duty_holder"
    SENIOR = "senior"
    MANAGER = "manager"


class Post(Frozen):
    """A post, never a person: people change, and names do not belong in a policy."""

    part: PostPart
    title: Words
    clause: Words


class Answer(StrEnum):
    """What a consultation table says of one group."""

    YES = "yes"
    NO = "no"
    BLANK = "blank"


class Consultee(Frozen):
    """A group that was asked, was not asked, or about which the table is blank."""

    who: Words
    answer: Answer
    when: Stated[SaidDate]
    clause: Words


class CaseTraining(Frozen):
    """What somebody must have learned, and not too long ago, before a case is given to them."""

    level: TrainingLevel
    says: Words


class NeededCourse(Frozen):
    """A course that people in some roles need; of everybody, where no role is named."""

    name: Words
    """By this name it is recorded, unless `level` says that any course counts which goes as deep."""
    clause: Words
    roles: tuple[Role, ...] = ()
    level: TrainingLevel | None = None
    comes_again: bool = False
    """Whether the text asks for it again and again."""
    every_months: Annotated[int, Field(gt=0)] | None = None
    """How long it holds where its record names no end: the landlord's own figure, or the policy's."""


class Training(Frozen):
    """Who must learn what."""

    everybody: Stated[str]
    specialists: Stated[str]
    qualification: Stated[str]
    champions: Stated[str]
    case_work: Stated[CaseTraining] = Stated[CaseTraining](not_stated=True)
    """Read from the clause on training by whoever writes the pack; unset, a case goes to anybody who works cases."""
    needed: tuple[NeededCourse, ...] = ()
    """Which courses which roles need: the register of gaps follows it."""


class Monitoring(Frozen):
    """What is watched, and to whom it is told."""

    says: Stated[str]
    reports_to: Stated[tuple[Words, ...]]
    counted_under: Stated[str]
    """Another policy under which the figures are kept, such as nuisance; abuse is kept apart all the same."""
    benchmark: Stated[str]
    audits: Stated[str]


class Assessing(Frozen):
    """How the impact of every version is assessed before it is decided: whose signatures, and who looks at it above."""

    heads: tuple[Words, ...]
    """The posts that sign at completion, beside whoever leads."""
    directors: tuple[Words, ...] = ()
    """The posts of which one has to stand in the form."""
    scrutiny: Words | None = None
    """The body that looks at it."""
    review_months: Annotated[int, Field(gt=0)] = 12
    """How long after a version came into force its impact is looked at again."""


class Governance(Frozen):
    """The keeping of the policy."""

    responsible_posts: tuple[Post, ...]
    approval_body: Stated[str]
    """Who ought to approve, where the text names a body; compare with who did."""
    oversight: Stated[str]
    consultation: tuple[Consultee, ...]
    system_of_record: Stated[str]
    records: Stated[str]
    monitoring: Monitoring
    complaints: Stated[str]
    training: Training
    champion: Stated[str]
    pledge: Stated[str]
    alliance: Stated[str]
    formats: Stated[tuple[Words, ...]]
    assessing: Stated[Assessing] = Stated[Assessing](not_stated=True)
    """Where it is stated, no version is published without an assessment of its own."""
    fairness: Stated[str]
    corporate_aim: Stated[str]

"""How a landlord keeps its policy: who answers for it, who is trained, what is counted, who was asked."""

from enum import StrEnum

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


class Training(Frozen):
    """Who must learn what."""

    everybody: Stated[str]
    specialists: Stated[str]
    qualification: Stated[str]
    champions: Stated[str]
    case_work: Stated[CaseTraining] = Stated[CaseTraining](not_stated=True)
    """Read from the clause on training by whoever writes the pack; unset, a case goes to anybody who works cases."""


class Monitoring(Frozen):
    """What is watched, and to whom it is told."""

    says: Stated[str]
    reports_to: Stated[tuple[Words, ...]]
    counted_under: Stated[str]
    """Another policy under which the figures are kept, such as nuisance; abuse is kept apart all the same."""
    benchmark: Stated[str]
    audits: Stated[str]


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
    fairness: Stated[str]
    corporate_aim: Stated[str]

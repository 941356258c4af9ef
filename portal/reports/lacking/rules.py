"""What can be lacking, one line each: how that is seen, which value of the policy asks for it, where it is mended."""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import ColumnElement, exists, or_
from sqlalchemy.orm import InstrumentedAttribute

from portal.cases.advice.models import Advice
from portal.cases.elsewhere.models import KeptElsewhere
from portal.cases.models import Case, TimelineEntry
from portal.cases.signposts.models import Signpost
from portal.cases.support.models import SupportReferral
from portal.cases.tasks.models import Task
from portal.domain.advice import WHY_NONE, Topic
from portal.domain.policy import Policy
from portal.domain.policy.record import SILENT
from portal.domain.policy.stated import Stated
from portal.domain.support import Body
from portal.homes.securing.models import HomeMeasure

OF_ADVOCATES = "idva"
"""How the ids of services of independent advocates begin in every landlord's list."""
OF_A_NEED = "need "
"""How the source of a task begins that a need has opened (portal.cases.needs.following)."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing that a record lacks. `endpoint` is the page of the case on which it is mended."""

    key: str
    says: str
    endpoint: str
    asked: Callable[[Policy], Stated[str]]
    lacks: ColumnElement[bool]


def _there(case_id: InstrumentedAttribute, landlord_id: InstrumentedAttribute, *more: object) -> ColumnElement[bool]:  # type: ignore[type-arg]
    return exists().where(landlord_id == Case.landlord_id, case_id == Case.id, *more)  # type: ignore[arg-type]


ADVISED = _there(Advice.case_id, Advice.landlord_id, Advice.topic.not_in(WHY_NONE))
TALKED = _there(
    TimelineEntry.case_id,
    TimelineEntry.landlord_id,
    TimelineEntry.kind == "interview",
    TimelineEntry.facts.has_key("topics"),
)
NAMED = _there(Signpost.case_id, Signpost.landlord_id)
NONE_FITS = _there(Advice.case_id, Advice.landlord_id, Advice.topic == Topic.NO_SERVICE.value)
ADVOCATE_NAMED = or_(
    _there(Signpost.case_id, Signpost.landlord_id, Signpost.service.startswith(OF_ADVOCATES)),
    _there(SupportReferral.case_id, SupportReferral.landlord_id, SupportReferral.body == Body.IDVA.value),
)
NO_ADVOCATE_FITS = _there(Advice.case_id, Advice.landlord_id, Advice.topic == Topic.NO_ADVOCATE.value)
HARDENED = _there(Advice.case_id, Advice.landlord_id, Advice.topic == Topic.HARDENING.value)
MEASURED = _there(HomeMeasure.case_id, HomeMeasure.landlord_id)
NEEDED = _there(Task.case_id, Task.landlord_id, Task.ended_at.is_(None), Task.source.startswith(OF_A_NEED))
REFERENCED = _there(KeptElsewhere.case_id, KeptElsewhere.landlord_id)


def _other_system(policy: Policy) -> Stated[str]:
    """Where the landlord has decided that this record takes its place, nothing is asked for."""
    return SILENT if policy.instead_of_other_system.value else policy.record.other_system


RULES = (
    Rule("advice", "no advice", "advice.advice", lambda policy: policy.record.advice, ~or_(ADVISED, TALKED)),
    Rule(
        "signpost",
        "no service named, nor why none was",
        "signposts.services",
        lambda policy: policy.record.signpost,
        ~or_(NAMED, NONE_FITS),
    ),
    Rule(
        "advocate",
        "no independent advocate offered or named, nor why none fits",
        "signposts.services",
        lambda policy: policy.record.advocate,
        ~or_(ADVOCATE_NAMED, NO_ADVOCATE_FITS),
    ),
    Rule(
        "hardening",
        "no answer on making the home harder to attack",
        "advice.advice",
        lambda policy: policy.record.hardening,
        ~or_(HARDENED, MEASURED),
    ),
    Rule(
        "need",
        "a need with neither a referral nor a reason",
        "support.support",
        lambda policy: policy.record.needs_answered,
        NEEDED,
    ),
    Rule("elsewhere", "no reference in the other register", "elsewhere.elsewhere", _other_system, ~REFERENCED),
)

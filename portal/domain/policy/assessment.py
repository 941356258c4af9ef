"""An equality or community impact assessment, row by row, so that its gaps can be seen."""

from enum import StrEnum

from portal.domain.policy.said_date import SaidDate
from portal.domain.policy.scope import PersonKind
from portal.domain.policy.stated import Frozen, Stated, Words


class Impact(StrEnum):
    """Which way an effect goes."""

    POSITIVE = "positive"
    NEGATIVE = "negative"
    NEUTRAL = "neutral"


class Effect(Frozen):
    """One effect on the people of a row."""

    impact: Impact
    says: str
    risk: str = ""
    mitigation: str = ""


class ImpactRow(Frozen):
    """One line of the form; an empty text is a blank in the source."""

    section: Words
    category: Words
    groups: str
    effects: tuple[Effect, ...]
    evidence: str
    unfinished: bool = False
    clause: Words


class ImpactSource(Frozen):
    """Where the assessment says that it knows something from."""

    name: Words
    internal: bool
    engagement: Stated[str]
    clause: Words


class ImpactAction(Frozen):
    """Something promised because of the assessment."""

    says: Words
    by: SaidDate | None = None
    officer: Words | None = None


class ImpactAssessment(Frozen):
    """One assessment of one policy."""

    title: Words
    clause: Words
    completed: Stated[SaidDate]
    outcome: Stated[str]
    status: Stated[str]
    affected: Stated[tuple[PersonKind, ...]]
    signed_off_on: Stated[SaidDate]
    next_review: Stated[SaidDate]
    signature: Stated[str] = Stated[str](not_stated=True)
    """Whose signature it bears, by post; a date beside a blank is none."""
    sources: tuple[ImpactSource, ...] = ()
    outcomes: tuple[Words, ...] = ()
    rows: tuple[ImpactRow, ...] = ()
    actions: tuple[ImpactAction, ...] = ()

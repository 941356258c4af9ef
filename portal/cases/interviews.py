"""What must have happened before an interview counts as held. Sources: AG/013 OP2, OP3, OP4; whg 2.4."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy.orm import Session

from portal.cases.opening import tell
from portal.domain.clock import StopAct
from portal.domain.errors import PortalError
from portal.domain.policy import Policy, PreferenceKind
from portal.store.audit import Actor

ASKED_FIRST = (PreferenceKind.SAME_SEX, PreferenceKind.CULTURE)


class PreferenceAnswer(StrEnum):
    """What became of the offer of an officer like them."""

    NOT_ASKED = "not_asked"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    NOT_POSSIBLE = "not_possible"


class Topic(StrEnum):
    """The headings under which advice is given (AG/013 OP4; whg 2.6)."""

    LEGAL = "legal"
    REHOUSING = "rehousing"
    OTHER_HELP = "other_help"
    ROUTINE = "routine"
    ONLINE = "online"
    CRIME_PREVENTION = "crime_prevention"


class InterviewUnfinishedError(PortalError):
    """The policy asks for more before this can count as an interview. `missing` names form fields and sentences."""

    def __init__(self, missing: dict[str, str]) -> None:
        """Keep what is missing."""
        super().__init__("The interview is not finished.")
        self.missing = missing


@dataclass(frozen=True, slots=True)
class Interview:
    """What an officer records of a talk beside when and how it was held."""

    assured: bool = False
    answers: dict[PreferenceKind, PreferenceAnswer] = field(default_factory=dict)
    why_not: str = ""
    options_now: str = ""
    options_later: str = ""
    topics: tuple[Topic, ...] = ()


def asked_first(policy: Policy) -> tuple[PreferenceKind, ...]:
    """Which offers this policy makes before an interview: an officer of the same sex, or culture (AG/013 OP2)."""
    offered = policy.contact.preferences.offered()
    return tuple(kind for kind in ASKED_FIRST if kind in offered)


def check(policy: Policy, act: StopAct | None, interview: Interview) -> None:
    """Refuse an interview that leaves out what the policy asks for; any other act is free to leave it out."""
    if act is not StopAct.INTERVIEWED:
        return
    missing: dict[str, str] = {}
    for kind in asked_first(policy):
        answer = interview.answers.get(kind, PreferenceAnswer.NOT_ASKED)
        if answer is PreferenceAnswer.NOT_ASKED:
            missing[kind.value] = "Ask this before the interview, and record the answer."
        elif answer is PreferenceAnswer.NOT_POSSIBLE and not interview.why_not:
            missing["why_not"] = "Say why it was not possible."
    if not interview.assured:
        missing["assured"] = "Tell them that it stays confidential, and where the law sets limits to that."
    if not interview.options_now:
        missing["options_now"] = "Record what can be done now, or why it was not talked about."
    if missing:
        raise InterviewUnfinishedError(missing)


def record(session: Session, case_id: UUID, interview: Interview, actor: Actor, at: datetime) -> None:
    """Keep it on the timeline: answers as codes, words sealed. An empty one leaves no line."""
    facts = {kind.value: answer.value for kind, answer in interview.answers.items()}
    if interview.assured:
        facts["assured"] = "yes"
    if interview.topics:
        facts["topics"] = ", ".join(interview.topics)
    said = (
        ("Not possible because: ", interview.why_not),
        ("For now: ", interview.options_now),
        ("For later: ", interview.options_later),
    )
    words = "\n".join(lead + text for lead, text in said if text)
    if words or interview.assured or interview.topics:
        tell(session, case_id, "interview", actor, at, facts=facts, words=words or None)

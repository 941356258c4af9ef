"""What must have happened before an interview counts as held. Sources: AG/013 OP2, OP3, OP4; whg 2.4."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from sqlalchemy.orm import Session

from portal.cases import service
from portal.cases.opening import tell
from portal.cases.plans import acting
from portal.cases.plans.acting import Wanted
from portal.cases.plans.parts import Owner
from portal.cases.preferences import kept_of, meets
from portal.domain.calendar import in_london
from portal.domain.clock import StopAct
from portal.domain.errors import PortalError
from portal.domain.policy import Policy, PreferenceKind
from portal.landlords.policies import close_of_business
from portal.people.queries import colleagues
from portal.store.audit import Actor

LATER = timedelta(weeks=4)
"""When what was said for later is looked at again, where nobody says: the portal's own figure."""
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
    """What an officer records of a talk beside when and how it was held.

    `whom` is whom they meant by somebody of the same sex; `why_not` also tells who else met it, where the officer did
    not.
    """

    assured: bool = False
    answers: dict[PreferenceKind, PreferenceAnswer] = field(default_factory=dict)
    whom: str = ""
    why_not: str = ""
    options_now: str = ""
    options_later: str = ""
    later_day: date | None = None
    """By when what was said for later is looked at again."""
    topics: tuple[Topic, ...] = ()


def asked_first(policy: Policy) -> tuple[PreferenceKind, ...]:
    """Which offers this policy makes before an interview: an officer of the same sex, or culture (AG/013 OP2)."""
    offered = policy.contact.preferences.offered()
    return tuple(kind for kind in ASKED_FIRST if kind in offered)


def check(policy: Policy, act: StopAct | None, interview: Interview, offers: Collection[str]) -> None:
    """Refuse an interview that leaves out what the policy asks for; any other act is free to leave it out.

    `offers` is what the officer who held it states: nobody meets a wish for somebody of the same sex by saying nothing.
    """
    if act is not StopAct.INTERVIEWED:
        return
    missing = _unanswered(policy, interview)
    if interview.answers.get(PreferenceKind.SAME_SEX) is PreferenceAnswer.ACCEPTED:
        missing |= _not_met(interview, offers)
    if not interview.assured:
        missing["assured"] = "Tell them that it stays confidential, and where the law sets limits to that."
    if not interview.options_now:
        missing["options_now"] = "Record what can be done now, or why it was not talked about."
    if missing:
        raise InterviewUnfinishedError(missing)


def offers_of(session: Session, actor: Actor, now: datetime) -> tuple[str, ...]:
    """What whoever held the interview has stated that they can meet."""
    return next((each.offers for each in colleagues(session, now) if each.account_id == actor.account_id), ())


def _unanswered(policy: Policy, interview: Interview) -> dict[str, str]:
    missing: dict[str, str] = {}
    for kind in asked_first(policy):
        answer = interview.answers.get(kind, PreferenceAnswer.NOT_ASKED)
        if answer is PreferenceAnswer.NOT_ASKED:
            missing[kind.value] = "Ask this before the interview, and record the answer."
        elif answer is PreferenceAnswer.NOT_POSSIBLE and not interview.why_not:
            missing["why_not"] = "Say why it was not possible."
    return missing


def _not_met(interview: Interview, offers: Collection[str]) -> dict[str, str]:
    if not interview.whom:
        return {"whom": "Ask whom they mean, and record it: nobody guesses it."}
    if meets(offers, f"{PreferenceKind.SAME_SEX}:{interview.whom}") or interview.why_not:
        return {}
    return {"why_not": "You have not stated that this is you. Write who met it, or why nobody could and what was done."}


def record(session: Session, case_id: UUID, interview: Interview, actor: Actor, at: datetime, now: datetime) -> None:
    """Keep it on the timeline: answers as codes, words sealed. An empty one leaves no line.

    What can be done in the longer term goes into the action plan as well, to be agreed there (AG/013 OP4).
    """
    facts = {kind.value: answer.value for kind, answer in interview.answers.items()}
    if interview.whom and PreferenceKind.SAME_SEX in interview.answers:
        facts["whom"] = interview.whom
        _keep_whom(session, case_id, interview)
    if interview.assured:
        facts["assured"] = "yes"
    if interview.topics:
        facts["topics"] = ", ".join(interview.topics)
    said = (
        ("Not possible, or who else met it: ", interview.why_not),
        ("For now: ", interview.options_now),
        ("For later: ", interview.options_later),
    )
    words = "\n".join(lead + text for lead, text in said if text)
    if words or interview.assured or interview.topics:
        tell(session, case_id, "interview", actor, at, facts=facts, words=words or None)
    if interview.options_later:
        day = interview.later_day or in_london(now).date() + LATER
        due = close_of_business(session, day, now)
        put = Wanted(interview.options_later, Owner.LANDLORD, colleague=actor.account_id, due_at=due)
        acting.add(session, case_id, put, actor, now)


def _keep_whom(session: Session, case_id: UUID, interview: Interview) -> None:
    """From now on those who give out the case see it; who declines the offer wants nobody in particular."""
    case = service.get(session, case_id, for_update=True)
    kind = PreferenceKind.SAME_SEX.value
    others = [each for each in case.preferences if each.partition(":")[0] != kind]
    declined = interview.answers[PreferenceKind.SAME_SEX] is PreferenceAnswer.DECLINED
    case.preferences = others if declined else kept_of(case.preferences, [*others, f"{kind}:{interview.whom}"])

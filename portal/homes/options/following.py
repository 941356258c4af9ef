"""What the answers about a home call for: each way that is open is somebody's task, and what has closed is nobody's."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from portal.cases.models import Case
from portal.cases.tasks.proposed import by_day, tomorrow
from portal.cases.tasks.service import Ending, Proposal, propose, settle
from portal.domain.calendar import in_london
from portal.domain.policy.moving import OptionKind
from portal.domain.rehousing.board import board
from portal.domain.rehousing.duties import nil_rent
from portal.domain.rehousing.facts import Facts, HomeSafety, Wish
from portal.domain.risk import Level
from portal.domain.tasks import TaskKind
from portal.landlords.policies import PinnedPolicy
from portal.store.audit import Actor

WAYS_OUT = (
    OptionKind.TEMPORARY,
    OptionKind.OUT_OF_AREA,
    OptionKind.COUNCIL,
    OptionKind.TRANSFER,
    OptionKind.DIRECT_LET,
)
"""Options that somebody has to take up once they are open; staying and security have pages of their own."""
NIL_RENT, HELP_TO_MOVE, CONSIDER = "nil-rent", "help-to-move", "consider-another-home"
"""What proposes a task beside the options themselves."""
ANSWER_WITHIN = timedelta(days=7)
"""How long a body that was asked may take before somebody asks again: the portal's own."""
TASK_OF = {option: f"option-{option.value}".replace("_", "-") for option in WAYS_OUT}


def follow(
    session: Session, case: Case, under: PinnedPolicy, facts: Facts, actor: Actor, now: datetime
) -> None:
    """What is open because its conditions are met is somebody's task; what has closed is nobody's any more."""
    for ruling in board(under.policy, facts):
        source = TASK_OF.get(ruling.kind)
        offered = under.policy.moving.of(ruling.kind)
        if source is None or offered is None or not offered.when:
            continue
        if not ruling.open:
            settle(session, case.id, source, case.id, Ending.NOT_NEEDED, actor, now)
            continue
        at_once = ruling.kind is OptionKind.TEMPORARY
        words = f"{ruling.title}: {ruling.says}."
        task = Proposal(
            TaskKind.HOME_DECISION,
            words,
            now if at_once else tomorrow(under.calendar, now),
            clause=offered.clause,
            source=source,
            source_id=case.id,
        )
        propose(session, case.id, task, actor, now)
    _beside(session, case, under, facts, actor, now)


def _beside(
    session: Session, case: Case, under: PinnedPolicy, facts: Facts, actor: Actor, now: datetime
) -> None:
    """What the answers call for beside the options: nil rent once a duty is agreed, help for whoever wants to move."""
    consider(session, case, under, facts, actor, now)
    policy, due_at = under.policy, tomorrow(under.calendar, now)
    offer = nil_rent(policy, facts)
    if offer:
        words, kind = offer.says, TaskKind.HOME_DECISION
        task = Proposal(kind, words, due_at, offer.clause, source=NIL_RENT, source_id=case.id)
        propose(session, case.id, task, actor, now)
    route = policy.rehousing.route
    if facts.wish is Wish.MOVE and route.value:
        words, kind = (
            f"They want to move. Tell them, in a safe way, what helps: {route.value}.",
            TaskKind.SIGNPOST,
        )
        task = Proposal(kind, words, due_at, route.clause, source=HELP_TO_MOVE, source_id=case.id)
        propose(session, case.id, task, actor, now)
    elif facts.wish is Wish.STAY:
        settle(session, case.id, HELP_TO_MOVE, case.id, Ending.NOT_NEEDED, actor, now)


def consider(
    session: Session, case: Case, under: PinnedPolicy, facts: Facts, actor: Actor, now: datetime
) -> None:
    """Another home is considered from the policy's level of risk on, or where they are not safe at home (whg 2.7)."""
    rule, line = under.policy.rehousing.considered_when, under.policy.moving.from_level
    if not (rule.value and line.value):
        return
    grave = facts.risk is not None and facts.risk.rank >= Level(line.value).rank
    if grave or facts.home in {HomeSafety.SHORT_TIME, HomeSafety.NOT_SAFE}:
        words = f"{rule.value}: decide whether another home is offered, with the reasons, under A move."
        due_at = tomorrow(under.calendar, now)
        task = Proposal(TaskKind.HOME_DECISION, words, due_at, rule.clause, source=CONSIDER, source_id=case.id)
        propose(session, case.id, task, actor, now)


def ask_again(
    session: Session,
    case: Case,
    under: PinnedPolicy,
    step: str,
    option: OptionKind,
    body: str,
    at: datetime,
    who: Actor,
) -> None:
    """A body that was asked is asked what became of it, until its answer is written down (STAR 3.9; NPH Rehousing)."""
    source = f"asked-{option.value}"
    if step in {"answered_yes", "answered_no"}:
        settle(session, case.id, source, case.id, Ending.DONE, who, at)
    elif step == "asked":
        offered = under.policy.moving.of(option)
        words = f"{body} was asked. What became of it? Time set by the portal: the policy gives none."
        due_at = by_day(under.calendar, in_london(at).date() + ANSWER_WITHIN, at)
        clause = offered.clause if offered else None
        task = Proposal(TaskKind.REPLY, words, due_at, clause, source=source, source_id=case.id)
        propose(session, case.id, task, who, at)

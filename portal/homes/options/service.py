"""The verbs of the options board: answer what is known, record what was done about an option, let a panel recommend.

Sources: AG/013 OP6, OP7; HS-026 4.13; STAR 3.16; NPH Accommodation and Rehousing, Rehousing Options, Emergency move.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from portal.cases import service as cases
from portal.cases.models import Case
from portal.cases.opening import tell
from portal.cases.tasks.service import Ending, settle
from portal.domain.permissions import Permission
from portal.domain.policy import Policy
from portal.domain.policy.moving import OptionKind
from portal.domain.rehousing.board import OptionState, Reason, Ruling, board
from portal.domain.rehousing.duties import Votes, against_votes, missing_from_panel
from portal.domain.rehousing.facts import DutyStage, Facts
from portal.domain.securing import Refusal
from portal.homes.options import queries
from portal.homes.options.following import HELP_TO_MOVE, TASK_OF, WAYS_OUT, ask_again, follow
from portal.homes.options.models import HousingAnswers, OptionStep, PanelSitting
from portal.homes.options.words import BY_A_COUNCIL, DECIDED_HERE, OF_A_BODY
from portal.homes.panels import service as panels
from portal.homes.refused import RefusedError
from portal.landlords.policies import PinnedPolicy, pinned
from portal.store import audit
from portal.store.audit import Actor, Fact
from portal.store.base import new_id
from portal.store.record_keys import box_of


class NotOpenError(RefusedError):
    """This cannot be done with this option now: why, beside one field."""

    def __init__(self, field: str, reasons: tuple[Reason, ...]) -> None:
        """Put every reason beside the field."""
        super().__init__(*(Refusal(field, each) for each in reasons))


@dataclass(frozen=True, slots=True)
class Done:
    """Something that was said or done about an option."""

    option: OptionKind
    step: str
    at: datetime
    body: str = ""
    reference: str = ""
    words: str = ""
    agreement: str = ""
    """Under which agreement with that body, in words: the agreement itself may end."""
    stage: DutyStage | None = None


@dataclass(frozen=True, slots=True)
class Sitting:
    """A panel's recommendation. Members are posts, not names of people who are spoken about."""

    sat_at: datetime
    managers: tuple[str, ...]
    specialists: tuple[str, ...]
    papers: str
    recommends: OptionKind
    safe_in_area: bool
    reasons: str
    told: str
    against: tuple[str, ...] = ()
    abstained: tuple[str, ...] = ()

    @property
    def votes(self) -> Votes:
        """How they voted."""
        return Votes((*self.managers, *self.specialists), self.against, self.abstained)


def answer(
    session: Session, case_id: UUID, number: int, facts: Facts, words: str, actor: Actor, now: datetime
) -> None:
    """Keep the answers as they are now. Where a panel sits, only it says that no home in the area is safe."""
    case = cases.get(session, case_id, for_update=True)
    under = pinned(session, case.policy_version_id)
    before = queries.newest(session, case_id, case.risk_level)
    panel = under.policy.moving.panel
    if panel.value and facts.safe_in_area is False and before.facts.safe_in_area is not False:
        says = "That no home in our own area is safe is a decision of the panel: record its sitting."
        raise NotOpenError("safe_in_area", (Reason(says, panel.clause),))
    _keep(session, case, under, number, facts, words, actor, now)


def record(
    session: Session, case_id: UUID, done: Done, actor: Actor, now: datetime, *, is_manager: bool
) -> None:
    """Write down what was said or done about an option; what the policy closes is not taken up."""
    case = cases.get(session, case_id, for_update=True)
    under = pinned(session, case.policy_version_id)
    ruling = _ruling(session, case, under.policy, done.option)
    if done.step == "asked" or done.step in DECIDED_HERE:
        _check_open(ruling, done, is_manager=is_manager)
    if done.step == "approved":
        _check_consulted(session, case_id, under.policy, done, is_manager=is_manager)
    _check_tool(under.policy, done)
    if done.at > now:
        raise NotOpenError("day", (Reason("This day has not come yet."),))
    if done.stage and done.option not in BY_A_COUNCIL:
        raise NotOpenError("stage", (Reason("No council decides on this option."),))
    step_id = new_id()
    said = {name: getattr(done, name) for name in ("body", "reference", "words", "agreement", "stage")}
    session.add(
        OptionStep(
            landlord_id=case.landlord_id,
            id=step_id,
            case_id=case_id,
            option=done.option.value,
            step=done.step,
            at=done.at,
            recorded_at=now,
            account_id=actor.account_id,
            actor=actor.name,
            sealed=box_of(session, case_id).seal_json("option_step", step_id, said),
        )
    )
    session.flush()
    if done.option in TASK_OF and done.step != "explained":
        settle(session, case_id, TASK_OF[done.option], case_id, Ending.DONE, actor, now)
    if done.option in WAYS_OUT:
        settle(session, case_id, HELP_TO_MOVE, case_id, Ending.DONE, actor, now)
    ask_again(session, case, under, done.step, done.option, done.body, now, actor)
    if done.stage and done.stage.accepted is not None:
        amend(session, case_id, {"council_accepted_duty": done.stage.accepted}, actor, now)
    words = ". ".join(part for part in (done.body, done.words) if part)
    facts = {"option": done.option.value, "step": done.step}
    tell(session, case_id, "option", actor, done.at, facts=facts, words=words or None)
    _audit(
        session, case_id, Fact.OPTION_STEP, f"{done.option.value} {done.step}", actor, now, manager=is_manager
    )


def sit(session: Session, case_id: UUID, sitting: Sitting, actor: Actor, now: datetime) -> None:
    """Keep a panel's recommendation; NotOpenError where the policy wants somebody at the table who did not sit."""
    case = cases.get(session, case_id, for_update=True)
    under = pinned(session, case.policy_version_id)
    missing = missing_from_panel(under.policy, len(sitting.managers), len(sitting.specialists))
    if missing:
        raise NotOpenError("managers" if not sitting.managers else "specialists", missing)
    if lost := against_votes(sitting.votes):
        raise NotOpenError("against", (lost,))
    sitting_id = new_id()
    said = {
        "managers": sitting.managers,
        "specialists": sitting.specialists,
        "papers": sitting.papers,
        "reasons": sitting.reasons,
        "told": sitting.told,
        "in_favour": sitting.votes.in_favour,
        "against": sitting.against,
        "abstained": sitting.abstained,
    }
    session.add(
        PanelSitting(
            landlord_id=case.landlord_id,
            id=sitting_id,
            case_id=case_id,
            sat_at=sitting.sat_at,
            recorded_at=now,
            recommends=sitting.recommends.value,
            safe_in_area=sitting.safe_in_area,
            account_id=actor.account_id,
            actor=actor.name,
            sealed=box_of(session, case_id).seal_json("panel_sitting", sitting_id, said),
        )
    )
    amend(session, case_id, {"safe_in_area": sitting.safe_in_area}, actor, now)
    panels.over(session, case_id, actor, now)
    tell(
        session,
        case_id,
        "panel",
        actor,
        sitting.sat_at,
        facts={"option": sitting.recommends.value},
        words=sitting.reasons,
    )
    _audit(session, case_id, Fact.PANEL_SAT, sitting.recommends.value, actor, now)


def amend(session: Session, case_id: UUID, found: dict[str, bool], actor: Actor, now: datetime) -> None:
    """Put into the answers what was found elsewhere, such as by the assessment of the risk after a move."""
    case = cases.get(session, case_id, for_update=True)
    known = queries.newest(session, case_id, case.risk_level)
    facts = known.facts.model_copy(update=found)
    if facts != known.facts:
        _keep(
            session,
            case,
            pinned(session, case.policy_version_id),
            known.number,
            facts,
            known.words,
            actor,
            now,
        )


def _keep(
    session: Session,
    case: Case,
    under: PinnedPolicy,
    number: int,
    facts: Facts,
    words: str,
    actor: Actor,
    now: datetime,
) -> None:
    if queries.newest(session, case.id, None).number != number:
        raise cases.EditedMeanwhileError
    row_id = new_id()
    said = {"facts": facts.model_dump_json(), "words": words}
    session.add(
        HousingAnswers(
            landlord_id=case.landlord_id,
            id=row_id,
            case_id=case.id,
            number=number + 1,
            at=now,
            account_id=actor.account_id,
            actor=actor.name,
            sealed=box_of(session, case.id).seal_json("housing_answers", row_id, said),
        )
    )
    try:
        session.flush()
    except IntegrityError as twice:
        raise cases.EditedMeanwhileError from twice
    follow(session, case, under, facts, actor, now)
    tell(session, case.id, "housing", actor, now, words=words or None)
    _audit(session, case.id, Fact.HOUSING_ANSWERED, str(number + 1), actor, now)


def _check_tool(policy: Policy, done: Done) -> None:
    """Where a referral goes through a system of the council’s, its reference is kept, or why there is none."""
    tool = policy.moving.referral_system
    wanted = done.option is OptionKind.TEMPORARY and done.step == "asked" and tool.value
    if wanted and not (done.reference.strip() or done.words.strip()):
        says = f"Write the reference of {tool.value}, or why there is none."
        raise NotOpenError("reference", (Reason(says, tool.clause),))


def _ruling(session: Session, case: Case, policy: Policy, option: OptionKind) -> Ruling:
    facts = queries.newest(session, case.id, case.risk_level).facts
    return next(each for each in board(policy, facts) if each.kind is option)


def _check_open(ruling: Ruling, done: Done, *, is_manager: bool) -> None:
    if done.step == "not_approved" and not done.words.strip():
        raise NotOpenError(
            "words", (Reason("Say why it is not approved.", next(iter(ruling.clauses), None)),)
        )
    if ruling.state in {OptionState.CLOSED, OptionState.ASK} and done.step != "not_approved":
        raise NotOpenError("step", ruling.reasons)
    if ruling.state is OptionState.NOT_STATED and not (is_manager and done.words.strip()):
        raise NotOpenError(
            "step", (Reason("The policy does not speak of it: a manager decides, with a reason."),)
        )


def _check_consulted(
    session: Session, case_id: UUID, policy: Policy, done: Done, *, is_manager: bool
) -> None:
    """A direct let waits for the answer of everybody whom the policy wants asked (STAR 3.16; HS-026 4.13)."""
    rule = policy.rehousing.consulted
    if done.option is not OptionKind.DIRECT_LET or not rule.value:
        return
    answered = {
        row.said["body"].strip().casefold()
        for row in queries.steps(session, case_id)
        if row.option == done.option.value and row.step in OF_A_BODY - {"asked"}
    }
    missing = [body for body in rule.value if body.casefold() not in answered]
    if missing and not (is_manager and done.words.strip()):
        says = f"No answer is on record from: {', '.join(missing)}. Only a manager goes on without, with a reason."
        raise NotOpenError("step", (Reason(says, rule.clause),))


def _audit(
    session: Session,
    case_id: UUID,
    fact: Fact,
    detail: str,
    actor: Actor,
    now: datetime,
    *,
    manager: bool = False,
) -> None:
    audit.record(
        session,
        fact,
        actor,
        now,
        permission=Permission.HOME_DECIDE.value if manager else None,
        subject="case",
        subject_id=case_id,
        detail=detail,
    )

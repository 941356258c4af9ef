"""The verbs about a move: prepare it, agree to it, make an offer, keep the answer, and end the old tenancy.

Sources: AG/013 OP8; STAR 3.16; whg 2.5 to 2.10, 4.1; NPH Emergency move outside, para 3.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.cases import service as cases
from portal.cases.opening import tell
from portal.cases.tasks.service import Ending, settle
from portal.domain.permissions import Permission
from portal.domain.policy.moving import OptionKind
from portal.domain.rehousing.areas import circle, lies_in
from portal.domain.rehousing.board import OptionState, Reason, board
from portal.domain.rehousing.duties import against_surrender, priority
from portal.domain.rehousing.offers import Home, Objection, Outcome, objections, standing
from portal.domain.securing import Refusal
from portal.homes.moves import queries, viewing
from portal.homes.moves.models import HomeMove, HomeOffer
from portal.homes.options import queries as housing
from portal.homes.options.following import CONSIDER
from portal.homes.options.service import NotOpenError, amend
from portal.homes.places.queries import spots
from portal.homes.refused import RefusedError
from portal.landlords.policies import PinnedPolicy, pinned
from portal.store import audit
from portal.store.audit import Actor, Fact
from portal.store.base import new_id
from portal.store.database import scope_of
from portal.store.record_keys import box_of


class ObjectedError(NotOpenError):
    """The offer cannot be made as it stands; `objections` say what it would take."""

    def __init__(self, found: tuple[Objection, ...]) -> None:
        """Keep what speaks against it."""
        super().__init__("postcode", tuple(Reason(each.says, each.clause) for each in found))
        self.objections = found


@dataclass(frozen=True, slots=True)
class Prepared:
    """The present home, and what is known before a move is decided on."""

    home: Home
    lessens: bool | None
    words: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Agreement:
    """Yes or no to a move, at which band, and why."""

    agreed: bool
    band: str
    reason: str


@dataclass(frozen=True, slots=True)
class Offered:
    """A home that is offered: what it is, its postcode alone, how it lessens the risk, and why in spite of anything."""

    home: Home
    postcode: str
    mitigation: str
    viewing: str
    reason: str


def prepare(
    session: Session, case_id: UUID, revision: int, found: Prepared, actor: Actor, now: datetime
) -> None:
    """Keep what is known before a move: home, needs, areas, the risk after it, and what each side must do."""
    case = cases.get(session, case_id, for_update=True)
    row = _row(session, case_id)
    if (row.revision if row else 0) != revision:
        raise cases.EditedMeanwhileError
    row_id = row.id if row else new_id()
    box = box_of(session, case_id)
    before = box.open_json("home_move", row_id, row.sealed) if row else {}
    sealed = box.seal_json("home_move", row_id, before | found.words)
    if row is None:
        row = HomeMove(landlord_id=case.landlord_id, id=row_id, case_id=case_id, state="prepared")
    row.bedrooms, row.kind, row.tenure = found.home.bedrooms, found.home.kind, found.home.tenure.value
    row.sealed, row.revision = sealed, revision + 1
    session.add(row)
    session.flush()
    if found.lessens is not None:
        amend(session, case_id, {"move_lessens_risk": found.lessens}, actor, now)
    _note(session, case_id, "move", {"state": "prepared"}, "", actor, now)


def decide(
    session: Session,
    case_id: UUID,
    revision: int,
    found: Agreement,
    actor: Actor,
    now: datetime,
    *,
    is_manager: bool,
) -> None:
    """Agree to a move or not. The policy's own conditions come first, and its own band, save by a manager's reason."""
    case = cases.get(session, case_id, for_update=True)
    row = _row(session, case_id)
    if row is None or row.revision != revision:
        raise cases.EditedMeanwhileError
    under = pinned(session, case.policy_version_id)
    if not found.reason.strip():
        raise NotOpenError("reason", (Reason("Write why."),))
    own = priority(under.policy)
    if found.agreed:
        _check_open(session, case.id, case.risk_level, under, is_manager=is_manager)
        _check_needs(session, case_id, under)
        if own.differs(found.band) and not is_manager:
            raise NotOpenError(
                "band", (Reason(f"The band is {own.band}: only a manager gives another.", own.clause),)
            )
    row.state = "agreed" if found.agreed else "not_agreed"
    row.need, row.band = (own.need, found.band or own.band) if found.agreed else (None, None)
    box = box_of(session, case_id)
    row.sealed = box.seal_json(
        "home_move", row.id, box.open_json("home_move", row.id, row.sealed) | {"reason": found.reason}
    )
    row.decided_at, row.decided_by, row.revision = now, actor.name, row.revision + 1
    settle(session, case_id, CONSIDER, case_id, Ending.DONE, actor, now)
    _note(session, case_id, "move", {"state": row.state}, found.reason, actor, now, manager=is_manager)


def offer(
    session: Session, case_id: UUID, found: Offered, actor: Actor, now: datetime, *, is_manager: bool
) -> UUID:
    """Make an offer. ObjectedError tells what stops it, and what a reason or a manager's reason would let pass.

    The postcode is checked and not kept: nothing of where they may live stands in the case.
    """
    case = cases.get(session, case_id, for_update=True)
    move = queries.move_of(session, case_id)
    if move is None or move.state != "agreed":
        raise NotOpenError("bedrooms", (Reason("No move is agreed to yet."),))
    under = pinned(session, case.policy_version_id)
    middles = [each[0] for each in map(circle, (*move.said["no_go"], *move.said["home_area"])) if each]
    known = spots(session, [found.postcode, *middles])
    no_go = [lies_in(found.postcode, each, known) for each in move.said["no_go"]]
    against = objections(
        under.policy,
        move.ready,
        [each.outcome for each in queries.offers_of(session, case_id)],
        move.home,
        found.home,
        in_no_go_area=True in no_go,
        in_home_area=any(lies_in(found.postcode, each, known) for each in move.said["home_area"]),
        unmeasured=None in no_go,
    )
    left = standing(against, found.reason, is_manager=is_manager)
    if left:
        raise ObjectedError(left)
    offer_id = new_id()
    said = {
        "mitigation": found.mitigation,
        "viewing": found.viewing,
        "reason": found.reason,
        "against": [each.says for each in against],
    }
    session.add(
        HomeOffer(
            landlord_id=case.landlord_id,
            id=offer_id,
            case_id=case_id,
            bedrooms=found.home.bedrooms,
            kind=found.home.kind,
            tenure=found.home.tenure.value,
            outcome=Outcome.OPEN.value,
            made_at=now,
            account_id=actor.account_id,
            actor=actor.name,
            sealed=box_of(session, case_id).seal_json("home_offer", offer_id, said),
        )
    )
    session.flush()
    _note(
        session, case_id, "offer", {"outcome": "open"}, "", actor, now, manager=is_manager and bool(against)
    )
    return offer_id


def answer(
    session: Session, case_id: UUID, offer_id: UUID, outcome: Outcome, words: str, actor: Actor, now: datetime
) -> None:
    """Keep what became of an offer. Whether it was not safe is said by this choice, and kept with who said so."""
    cases.get(session, case_id, for_update=True)
    row = session.scalar(
        select(HomeOffer)
        .where(
            HomeOffer.landlord_id == scope_of(session).landlord_id,
            HomeOffer.case_id == case_id,
            HomeOffer.id == offer_id,
        )
        .with_for_update()
    )
    if row is None:
        raise cases.NoSuchCaseError
    if row.outcome != Outcome.OPEN:
        raise cases.EditedMeanwhileError
    row.outcome, row.answered_at, row.answered_by = outcome.value, now, actor.name
    box = box_of(session, case_id)
    row.sealed = box.seal_json(
        "home_offer", row.id, box.open_json("home_offer", row.id, row.sealed) | {"answer": words}
    )
    viewing.over(session, case_id, offer_id, actor, now)
    _note(session, case_id, "offer", {"outcome": outcome.value}, words, actor, now)


@dataclass(frozen=True, slots=True)
class Surrender:
    """Who ends the old tenancy, what was advised, and a manager's reason to go on where it is stopped."""

    whose: str
    words: str
    override: str = ""


def surrender(
    session: Session, case_id: UUID, found: Surrender, actor: Actor, now: datetime, *, is_manager: bool
) -> None:
    """The end of the old tenancy. Led by us it is stopped until a home is sure; a tenant's own notice is written down.

    Only a manager goes on, with a reason of its own, and it is kept as an exception from the rule. Where a policy
    stops it too (NPH Emergency move outside, para 3), its clause stands beside the refusal.
    """
    case = cases.get(session, case_id, for_update=True)
    under = pinned(session, case.policy_version_id)
    facts = housing.newest(session, case_id, case.risk_level).facts
    stopped = against_surrender(under.policy, facts) if found.whose == "officer" else None
    if not found.words.strip():
        raise NotOpenError("words", (Reason("Write what was advised, and what they said."),))
    if stopped and not is_manager:
        raise NotOpenError("whose", (stopped,))
    if stopped and not found.override.strip():
        raise RefusedError(
            Refusal("whose", stopped), Refusal("override", Reason("Only with a reason: write it here."))
        )
    said = f"{found.words} In spite of the rule, because: {found.override}" if stopped else found.words
    facts_of_end = {"whose": found.whose} | ({"rule": "overridden"} if stopped else {})
    _note(session, case_id, "tenancy_ends", facts_of_end, said, actor, now, manager=bool(stopped))


def _check_open(
    session: Session, case_id: UUID, risk_level: str | None, under: PinnedPolicy, *, is_manager: bool
) -> None:
    """One of the landlord's own ways has to be open; what the policy is silent on, a manager decides."""
    facts = housing.newest(session, case_id, risk_level).facts
    ways = [
        each
        for each in board(under.policy, facts)
        if each.kind in {OptionKind.TRANSFER, OptionKind.DIRECT_LET}
    ]
    if any(each.open for each in ways):
        return
    spoken_of = [each for each in ways if each.state is not OptionState.NOT_STATED]
    if spoken_of:
        raise NotOpenError("agreed", spoken_of[0].reasons)
    if not is_manager:
        says = "The policy speaks of no transfer and no direct let: a manager decides."
        raise NotOpenError("agreed", (Reason(says),))


def _check_needs(session: Session, case_id: UUID, under: PinnedPolicy) -> None:
    move = queries.move_of(session, case_id)
    rules = under.policy.moving
    checks = (
        (
            rules.assessed_before_offer,
            "risk_after_move_assessed",
            "How a move lessens the risk is assessed first.",
        ),
        (rules.needs_asked_first, "needs_asked", "What they need in a home is asked first."),
    )
    for rule, name, says in checks:
        if rule.value and not (move and getattr(move.ready, name)):
            raise NotOpenError("agreed", (Reason(says, rule.clause),))


def _row(session: Session, case_id: UUID) -> HomeMove | None:
    return session.scalar(
        select(HomeMove)
        .where(HomeMove.landlord_id == scope_of(session).landlord_id, HomeMove.case_id == case_id)
        .with_for_update()
    )


def _note(
    session: Session,
    case_id: UUID,
    line: str,
    facts: dict[str, str],
    words: str,
    actor: Actor,
    now: datetime,
    *,
    manager: bool = False,
) -> None:
    tell(session, case_id, line, actor, now, facts=facts, words=words or None)
    audit.record(
        session,
        Fact.MOVE_CHANGED,
        actor,
        now,
        permission=Permission.HOME_DECIDE.value if manager else None,
        subject="case",
        subject_id=case_id,
        detail=f"{line} {next(iter(facts.values()))}",
    )

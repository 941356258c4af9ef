"""The verbs of whoever looks for a home: post a need, agree to a home, say no, take it down, hand over.

Sources: AG/013 OP8; STAR 3.12, 3.16. Nothing goes onto the desk without her word, and only what she releases goes
over, once both sides have agreed.
"""

import json
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.cases import people_told
from portal.cases import service as cases
from portal.cases.models import Case
from portal.cases.opening import summary
from portal.cases.tasks.service import Ending, settle
from portal.domain.calendar import in_london
from portal.domain.contact import SafeContact, Said
from portal.domain.contact.instructions import instructions
from portal.domain.policy.moving import OptionKind
from portal.domain.rehousing.board import Reason
from portal.domain.rehousing.exchange import Card, Need, Released
from portal.domain.rehousing.offers import Home, objections, standing
from portal.domain.securing import Refusal
from portal.homes.exchange.cards import Offered, Thread, Written, need_about, thread_of, write
from portal.homes.exchange.handed import log
from portal.homes.exchange.models import ExchangeNeed
from portal.homes.moves.queries import move_of
from portal.homes.noting import Noted, note
from portal.homes.options import queries as housing
from portal.homes.options.service import Done, NotOpenError, record
from portal.homes.refused import RefusedError
from portal.landlords.policies import pinned
from portal.store.audit import Actor, Fact
from portal.store.base import new_id
from portal.store.database import scope_of
from portal.store.letters import new_pair, open_with, seal_to
from portal.store.record_keys import box_of
from portal.store.tenancy import Landlord

PLACE, ANSWER = "exchange_need", "exchange-answer"


@dataclass(frozen=True, slots=True)
class Posting:
    """A need that is to be posted, on her word."""

    need: Need
    consent: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """A home that she wants, in her words, and why in spite of what speaks against it."""

    side: UUID
    wish: str
    reason: str


def post(
    session: Session, case_id: UUID, found: Posting, actor: Actor, now: datetime, *, is_manager: bool
) -> UUID:
    """Post a need. The way has to be open under our own policy, its panel has sat, and she has agreed."""
    case = cases.get(session, case_id, for_update=True)
    if not found.consent.strip():
        raise RefusedError(Refusal("consent", Reason("Write when and how they agreed to this.")))
    _check_panel(session, case)
    step = Done(OptionKind.RECIPROCAL, "asked", now, "Landlords on the desk", "", found.consent)
    try:
        record(session, case_id, step, actor, now, is_manager=is_manager)
    except NotOpenError as refused:
        raise RefusedError(*(Refusal("consent", each.reason) for each in refused.lacking)) from refused
    private, public = new_pair()
    row_id, thread_id = new_id(), uuid4()  # chance alone: an id of ours would tell the time
    said = {"consent": found.consent, "private": private.hex()}
    session.add(
        ExchangeNeed(
            landlord_id=case.landlord_id,
            id=row_id,
            case_id=case_id,
            thread=thread_id,
            state="posted",
            posted_at=now,
            account_id=actor.account_id,
            actor=actor.name,
            sealed=box_of(session, case_id).seal_json(PLACE, row_id, said),
        )
    )
    card = Written(Card.NEED, thread_id, about=need_about(found.need), public=public)
    write(session, card, in_london(now).date())
    session.flush()
    _note(session, case_id, "posted", found.consent, actor, now)
    return thread_id


def agree(
    session: Session,
    case_id: UUID,
    thread_id: UUID,
    wanted: Wanted,
    actor: Actor,
    now: datetime,
    *,
    is_manager: bool,
) -> None:
    """She wants this home. Our own policy's rules on an offer hold; the other landlord applies its own."""
    case, row, thread = _own(session, case_id, thread_id)
    side, wish = wanted.side, wanted.wish
    home = thread.home(side)
    if home is None or row.state not in {"posted", "agreed"}:
        raise cases.EditedMeanwhileError
    if not wish.strip():
        raise RefusedError(Refusal("wish", Reason("Write what they said to it: it is their choice.")))
    _check_rules(session, case, home, wanted.reason, is_manager=is_manager)
    row.state, row.side = "agreed", side
    write(session, Written(Card.NEED_AGREES, thread_id, side), in_london(now).date())
    settle(session, case_id, ANSWER, side, Ending.DONE, actor, now)
    _note(session, case_id, "agreed", wish, actor, now)


def refuse(
    session: Session, case_id: UUID, thread_id: UUID, side: UUID, words: str, actor: Actor, now: datetime
) -> None:
    """She does not want this home, or it is not safe; the need stays on the desk."""
    _case, row, thread = _own(session, case_id, thread_id)
    if thread.home(side) is None:
        raise cases.EditedMeanwhileError
    if row.side == side:
        row.state, row.side = "posted", None
    write(session, Written(Card.NO, thread_id, side), in_london(now).date())
    settle(session, case_id, ANSWER, side, Ending.DONE, actor, now)
    _note(session, case_id, "refused", words, actor, now)


def take_down(
    session: Session, case_id: UUID, thread_id: UUID, words: str, actor: Actor, now: datetime
) -> None:
    """The need is not looked for any more, or they have changed their mind."""
    _case, row, _thread = _own(session, case_id, thread_id)
    if row.state == "down":
        raise cases.EditedMeanwhileError
    row.state = "down"
    write(session, Written(Card.TAKEN_DOWN, thread_id), in_london(now).date())
    _note(session, case_id, "down", words, actor, now)


def hand_over(
    session: Session, case_id: UUID, thread_id: UUID, parts: tuple[Released, ...], actor: Actor, now: datetime
) -> None:
    """Once both have agreed: who we are, whom to ring, and exactly the parts that she releases."""
    case, row, thread = _own(session, case_id, thread_id)
    home = thread.home(row.side) if row.side else None
    if home is None or not home.both:
        raise RefusedError(Refusal("parts", Reason("Both sides have to agree before anything goes over.")))
    told = released(session, case, parts)
    words = json.dumps(told | {"landlord": _name(session), "from": actor.name}, ensure_ascii=False)
    letter = seal_to(home.public, thread_id, words)
    write(session, Written(Card.LETTER_TO_HOME, thread_id, home.side, letter=letter), in_london(now).date())
    row.state = "met"
    log(session, case, row.id, told, actor, now)
    names = ", ".join(sorted(each.value for each in parts)) or "nothing"
    _note(session, case_id, "handed_over", f"Released: {names}.", actor, now)


def released(session: Session, case: Case, parts: tuple[Released, ...]) -> dict[str, str]:
    """The words of each part, as they are now: what the preview shows is what goes."""
    answers = summary(session, case)
    household = [
        details
        for _id, part, details in people_told.everybody(session, case.id)
        if part in {"child", "household"} and not details.get("gone")
    ]
    needs = [f"Language: {answers.language}" if answers.language else "", answers.needs]
    words = {
        Released.NAME: answers.name,
        Released.CONTACT: _contact(answers.safe_contact),
        Released.HOUSEHOLD: "; ".join(_person(each) for each in household) or "Nobody else",
        Released.NEEDS: "; ".join(each for each in needs if each) or "None told",
        Released.TOLD: answers.happening,
    }
    return {each.value: words[each] for each in parts}


def _contact(safe: SafeContact) -> str:
    """How they are reached safely, with all that has to be heeded: a number alone could put them at risk."""
    usable = [way for way in safe.ways if way.said is Said.SAFE]
    unsafe = [way.channel.doing for way in safe.ways if way.said is Said.UNSAFE]
    said = [f"{safe.in_short()}."] + ([f"Not safe: {', '.join(unsafe)}."] if unsafe else [])
    said += dict.fromkeys(says for way in usable for says in instructions(safe, way.channel))
    numbers = "; ".join(f"{way.detail} ({way.channel.value})" for way in usable if way.detail)
    return " ".join([*said, numbers] if numbers else said)


def theirs(
    session: Session, case_id: UUID, thread_id: UUID, sealed: bytes, actor: Actor, now: datetime
) -> str:
    """The other landlord's letter: who they are, and where the home is. Each opening is written down."""
    _case, row, _thread = _own(session, case_id, thread_id)
    private = box_of(session, case_id).open_json(PLACE, row.id, row.sealed)["private"]
    words = open_with(bytes.fromhex(private), thread_id, sealed)
    note(session, case_id, Noted(Fact.EXCHANGE_OPENED, "exchange", {"state": "opened"}), actor, now)
    return words


def _check_panel(session: Session, case: Case) -> None:
    rule = pinned(session, case.policy_version_id).policy.moving.panel
    if rule.value and not housing.sat(session, case.id):
        raise RefusedError(
            Refusal("consent", Reason("The panel sits first, and its sitting is kept.", rule.clause))
        )


def _check_rules(session: Session, case: Case, home: Offered, reason: str, *, is_manager: bool) -> None:
    move = move_of(session, case.id)
    if move is None:
        says = "Write down first what is known before a move: their home, needs and the risk after it."
        raise RefusedError(Refusal("wish", Reason(says)))
    policy = pinned(session, case.policy_version_id).policy
    offered = Home(home.room.bedrooms, move.home.kind, home.room.tenure)
    against = objections(policy, move.ready, (), move.home, offered, in_no_go_area=False, in_home_area=False)
    left = standing(against, reason, is_manager=is_manager)
    if left:
        raise RefusedError(*(Refusal("reason", Reason(each.says, each.clause)) for each in left))


def _own(session: Session, case_id: UUID, thread_id: UUID) -> tuple[Case, ExchangeNeed, Thread]:
    case = cases.get(session, case_id, for_update=True)
    row = session.scalar(
        select(ExchangeNeed)
        .where(
            ExchangeNeed.landlord_id == scope_of(session).landlord_id,
            ExchangeNeed.case_id == case_id,
            ExchangeNeed.thread == thread_id,
        )
        .with_for_update()
    )
    thread = thread_of(session, thread_id)
    if row is None or thread is None:
        raise cases.NoSuchCaseError
    return case, row, thread


def _person(details: dict[str, str]) -> str:
    age = details.get("age")
    return f"{details.get('relationship') or 'somebody'}{f', {age} years' if age else ''}"


def _name(session: Session) -> str:
    return session.scalars(select(Landlord.name).where(Landlord.id == scope_of(session).landlord_id)).one()


def _note(session: Session, case_id: UUID, state: str, words: str, actor: Actor, now: datetime) -> None:
    note(session, case_id, Noted(Fact.EXCHANGE_CHANGED, "exchange", {"state": state}, words), actor, now)

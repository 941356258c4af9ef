"""What about a home speaks against closing a case, or against a review that passes. portal.app hands it to both.

Sources: AG/013 Objectives, bullet 4, OP7; NPH Rehousing Options, para 1, Perpetrators; whg 2.2, 2.7.
"""

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.cases.closing.checks import Check, Concern
from portal.cases.frame import Frame
from portal.cases.tasks.models import Task
from portal.domain.policy.moving import Condition, OptionKind
from portal.domain.rehousing.board import board
from portal.domain.tasks import TaskKind
from portal.homes.exchange.models import ExchangeNeed
from portal.homes.flags.queries import flags_of
from portal.homes.options import queries as housing
from portal.homes.tenancy.models import TenancyHeld
from portal.store.database import scope_of

OFFERED = frozenset({"explained", "wanted", "declined", "asked", "answered_yes", "answered_no", "approved"})
"""Steps that show that somebody spoke with them of a home."""


def no_home_offered(session: Session, found: Frame) -> Iterator[Concern]:
    """Where the policy offers everybody help to a safe home, that is on record (AG/013 Objectives, bullet 4)."""
    rule = found.policy.moving.home_always_offered
    steps = housing.steps(session, found.case.id)
    if rule.value and not any(each.step in OFFERED for each in steps):
        yield Concern("Nobody has written down that help to a safe home was offered.", rule.clause or "")


def transfer_unanswered(session: Session, found: Frame) -> Iterator[Concern]:
    """They cannot stay for now, and the transfer that is open to them has no answer (AG/013 OP7)."""
    offered = found.policy.moving.of(OptionKind.TRANSFER)
    if offered is None or all(each.condition is not Condition.CANNOT_STAY for each in offered.when):
        return
    facts = housing.newest(session, found.case.id, found.case.risk_level).facts
    ruling = next(each for each in board(found.policy, facts) if each.kind is OptionKind.TRANSFER)
    steps = housing.steps(session, found.case.id)
    if ruling.open and not any(each.option == OptionKind.TRANSFER for each in steps):
        says = f"They cannot stay for now, and nobody has answered: {ruling.title.lower()}."
        yield Concern(says, offered.clause, holds_review=True)


def unanswered(session: Session, found: Frame) -> Iterator[Concern]:
    """A body that was asked about a home, and whose answer nobody has written down (STAR 3.9)."""
    steps = housing.steps(session, found.case.id)
    answered = {each.option for each in steps if each.step in {"answered_yes", "answered_no"}}
    for each in steps:
        if each.step == "asked" and each.option not in answered:
            answered.add(each.option)
            offered = found.policy.moving.of(OptionKind(each.option))
            says = f"{each.said['body']} was asked, and nobody has written down what became of it."
            yield Concern(says, offered.clause if offered else "")


def not_settled(session: Session, found: Frame) -> Iterator[Concern]:
    """Whoever has moved is not left before they have settled, unless they want no more (NPH Rehousing Options)."""
    still = session.scalars(
        select(Task.clause).where(
            Task.landlord_id == scope_of(session).landlord_id,
            Task.case_id == found.case.id,
            Task.kind == TaskKind.RESETTLE,
            Task.ended_at.is_(None),
        )
    ).first()
    if still:
        says = "They have not settled yet: end those tasks first, as done or because they want no more."
        yield Concern(says, still, bars=True)


def joint_without_advice(session: Session, found: Frame) -> Iterator[Concern]:
    """A joint tenant whom nobody has pointed to independent advice (NPH Perpetrators, Joint tenants)."""
    left = session.scalar(
        select(TenancyHeld.id).where(
            TenancyHeld.landlord_id == scope_of(session).landlord_id,
            TenancyHeld.case_id == found.case.id,
            TenancyHeld.held == "joint",
            TenancyHeld.advice.is_(None),
        )
    )
    if left:
        clause = found.policy.perpetrators.joint_tenancy.clause or ""
        yield Concern("Nobody has pointed the joint tenant to independent legal advice.", clause)


def need_on_the_desk(session: Session, found: Frame) -> Iterator[Concern]:
    """A need that still stands on the desk between landlords: somebody would offer a home for nobody."""
    stands = session.scalar(
        select(ExchangeNeed.id).where(
            ExchangeNeed.landlord_id == scope_of(session).landlord_id,
            ExchangeNeed.case_id == found.case.id,
            ExchangeNeed.state.in_(("posted", "agreed")),
        )
    )
    if stands:
        yield Concern("A need still stands on the desk between landlords: take it down first.", bars=True)


def marks_stand(session: Session, found: Frame) -> Iterator[Concern]:
    """A mark that would stand on without a case in which somebody looks at it (NPH Information Sharing; STAR 5.3)."""
    standing = sum(not each.ended_at for each in flags_of(session, found.case.id))
    if standing:
        says = "1 mark still stands" if standing == 1 else f"{standing} marks still stand"
        yield Concern(f"{says}: end what need not stay, and say below who looks at the rest again.")


CHECKS: tuple[Check, ...] = (
    no_home_offered,
    transfer_unanswered,
    unanswered,
    not_settled,
    joint_without_advice,
    need_on_the_desk,
    marks_stand,
)

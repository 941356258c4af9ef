"""How a home is held, and everything that was asked for, decided or said about the person who harms."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.cases.household.models import StandingEntry
from portal.domain.policy import Policy
from portal.domain.rehousing.offers import Tenure
from portal.domain.standing import Standing
from portal.domain.tenancy.grounds import Way, ways
from portal.domain.tenancy.holding import Agreement, Held, Holding, Tie
from portal.homes.tenancy.models import ChangeOffer, RegisterCheck, TenancyHeld, TenancyStep
from portal.landlords.grounds import catalogue
from portal.store.database import scope_of
from portal.store.record_keys import box_of

KNOWN = ("left", "not_returning", "caused", "nuisance", "broken_term", "found_by_court")


@dataclass(frozen=True, slots=True)
class HeldRow:
    """How the home is held, with its words opened."""

    holding: Holding
    advice: str | None
    revision: int
    said: dict[str, Any]


@dataclass(frozen=True, slots=True)
class StepRow:
    """One step, or a notice that came."""

    id: UUID
    step: str
    ground: str | None
    state: str
    safe: bool | None
    agrees: bool | None
    served_on: date | None
    ends_on: date | None
    court_on: date | None
    asked_at: datetime
    actor: str
    decided_at: datetime | None
    decided_by: str | None
    ended_at: datetime | None
    revision: int
    said: dict[str, Any]


@dataclass(frozen=True, slots=True)
class CheckRow:
    """One check of the register."""

    id: UUID
    place: str
    verdict: str | None
    evidence: tuple[str, ...]
    reply: str | None
    review_on: date | None
    opened_at: datetime
    actor: str
    decided_at: datetime | None
    decided_by: str | None
    revision: int
    said: dict[str, Any]


@dataclass(frozen=True, slots=True)
class OfferRow:
    """Where somebody was told to get help to change."""

    service: str
    way: str
    answer: str
    at: datetime
    actor: str
    words: str


@dataclass(frozen=True, slots=True)
class Tenancy:
    """Everything about the person who harms and the tenancy, as its page shows it."""

    held: HeldRow | None
    ways: tuple[Way, ...]
    steps: tuple[StepRow, ...]
    checks: tuple[CheckRow, ...]
    offers: tuple[OfferRow, ...]

    @property
    def joint(self) -> bool:
        """Whether the two are joint tenants."""
        return self.held is not None and self.held.holding.held is Held.JOINT

    @property
    def alarms(self) -> tuple[StepRow, ...]:
        """Notices to quit that came and that nobody has answered."""
        return tuple(each for each in self.steps if each.state == "arrived")

    def step(self, step_id: UUID) -> StepRow | None:
        """One of the steps."""
        return next((each for each in self.steps if each.id == step_id), None)

    def check(self, check_id: UUID) -> CheckRow | None:
        """One of the checks."""
        return next((each for each in self.checks if each.id == check_id), None)


def tenancy_of(session: Session, case_id: UUID, policy: Policy) -> Tenancy:
    """Everything about it on this case."""
    held = held_of(session, case_id)
    holding = held.holding if held else Holding()
    return Tenancy(
        held,
        ways(policy, catalogue(), holding),
        _steps(session, case_id),
        _checks(session, case_id),
        _offers(session, case_id),
    )


def held_of(session: Session, case_id: UUID) -> HeldRow | None:
    """How the home is held; None until somebody has written it down."""
    row = session.scalar(
        select(TenancyHeld).where(
            TenancyHeld.landlord_id == scope_of(session).landlord_id, TenancyHeld.case_id == case_id
        )
    )
    if row is None:
        return None
    said = box_of(session, case_id).open_json("tenancy_held", row.id, row.sealed)
    holding = Holding(
        Held(row.held),
        Tenure(row.tenure) if row.tenure else None,
        Agreement(said["agreement"]) if said["agreement"] else None,
        Tie(said["tie"]) if said["tie"] else None,
        convicted=_convicted(session, case_id),
        **{name: said[name] for name in KNOWN},
    )
    return HeldRow(holding, row.advice, row.revision, said)


def _convicted(session: Session, case_id: UUID) -> bool:
    newest = session.scalar(
        select(StandingEntry.standing)
        .where(StandingEntry.landlord_id == scope_of(session).landlord_id, StandingEntry.case_id == case_id)
        .order_by(StandingEntry.at.desc(), StandingEntry.id.desc())
        .limit(1)
    )
    return newest == Standing.CONVICTED


def _steps(session: Session, case_id: UUID) -> tuple[StepRow, ...]:
    box = box_of(session, case_id)
    rows = session.scalars(
        select(TenancyStep)
        .where(TenancyStep.landlord_id == scope_of(session).landlord_id, TenancyStep.case_id == case_id)
        .order_by(TenancyStep.asked_at.desc(), TenancyStep.id.desc())
    )
    names = [name for name in StepRow.__slots__ if name != "said"]
    return tuple(
        StepRow(
            **{name: getattr(row, name) for name in names},
            said=box.open_json("tenancy_step", row.id, row.sealed),
        )
        for row in rows
    )


def _checks(session: Session, case_id: UUID) -> tuple[CheckRow, ...]:
    box = box_of(session, case_id)
    rows = session.scalars(
        select(RegisterCheck)
        .where(RegisterCheck.landlord_id == scope_of(session).landlord_id, RegisterCheck.case_id == case_id)
        .order_by(RegisterCheck.opened_at.desc(), RegisterCheck.id.desc())
    )
    names = [name for name in CheckRow.__slots__ if name not in {"said", "evidence"}]
    return tuple(
        CheckRow(
            **{name: getattr(row, name) for name in names},
            evidence=tuple(row.evidence),
            said=box.open_json("register_check", row.id, row.sealed),
        )
        for row in rows
    )


def _offers(session: Session, case_id: UUID) -> tuple[OfferRow, ...]:
    box = box_of(session, case_id)
    rows = session.scalars(
        select(ChangeOffer)
        .where(ChangeOffer.landlord_id == scope_of(session).landlord_id, ChangeOffer.case_id == case_id)
        .order_by(ChangeOffer.at.desc(), ChangeOffer.id.desc())
    )
    return tuple(
        OfferRow(
            row.service,
            row.way,
            row.answer,
            row.at,
            row.actor,
            box.open_json("change_offer", row.id, row.sealed)["words"],
        )
        for row in rows
    )

"""The options board of a case as its page shows it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.cases.frame import Frame
from portal.domain.policy.moving import OptionKind
from portal.domain.rehousing.board import Reason, Ruling, board
from portal.domain.rehousing.duties import against_surrender, arrears_block, nil_rent
from portal.domain.rehousing.facts import Facts
from portal.domain.rehousing.terms import Term, terms
from portal.domain.risk import Level
from portal.homes.options.models import HousingAnswers, OptionStep, PanelSitting
from portal.landlords.law_at_hand import law
from portal.store.database import scope_of
from portal.store.record_keys import box_of


@dataclass(frozen=True, slots=True)
class Known:
    """What was answered last, by whom and when; number 0 says that nobody has answered anything yet."""

    number: int
    facts: Facts
    words: str
    at: datetime | None
    actor: str


@dataclass(frozen=True, slots=True)
class StepRow:
    """One thing that was said or done about an option."""

    option: str
    step: str
    at: datetime
    actor: str
    said: dict[str, str]


@dataclass(frozen=True, slots=True)
class SittingRow:
    """One recommendation of a panel."""

    sat_at: datetime
    recommends: str
    safe_in_area: bool
    actor: str
    said: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Board:
    """Everything on the page."""

    known: Known
    rulings: tuple[Ruling, ...]
    terms: tuple[Term, ...]
    heed: tuple[Reason, ...]
    steps: tuple[StepRow, ...]
    sittings: tuple[SittingRow, ...]

    def ruling(self, option: OptionKind) -> Ruling:
        """How one option stands."""
        return next(each for each in self.rulings if each.kind is option)


def board_of(session: Session, found: Frame) -> Board:
    """The board of this case, under the policy that it pinned."""
    known = newest(session, found.case.id, found.case.risk_level)
    policy, facts = found.policy, known.facts
    heed = (against_surrender(policy, facts), nil_rent(policy, facts), arrears_block(policy))
    return Board(
        known,
        board(policy, facts),
        terms(policy, law()),
        tuple(each for each in heed if each),
        steps(session, found.case.id),
        _sittings(session, found.case.id),
    )


def newest(session: Session, case_id: UUID, risk_level: str | None) -> Known:
    """What was answered last, with the risk as it stands on the case."""
    row = session.scalars(
        select(HousingAnswers)
        .where(
            HousingAnswers.landlord_id == scope_of(session).landlord_id,
            HousingAnswers.case_id == case_id,
        )
        .order_by(HousingAnswers.number.desc())
        .limit(1)
    ).first()
    risk = Level(risk_level) if risk_level else None
    if row is None:
        return Known(0, Facts(risk=risk), "", None, "")
    said = box_of(session, case_id).open_json("housing_answers", row.id, row.sealed)
    facts = Facts.model_validate(Facts.model_validate_json(said["facts"]).model_copy(update={"risk": risk}))
    return Known(row.number, facts, said["words"], row.at, row.actor)


def steps(session: Session, case_id: UUID) -> tuple[StepRow, ...]:
    """Everything that was said or done about the options, the newest first."""
    box = box_of(session, case_id)
    rows = session.scalars(
        select(OptionStep)
        .where(OptionStep.landlord_id == scope_of(session).landlord_id, OptionStep.case_id == case_id)
        .order_by(OptionStep.at.desc(), OptionStep.id.desc())
    )
    return tuple(
        StepRow(row.option, row.step, row.at, row.actor, box.open_json("option_step", row.id, row.sealed))
        for row in rows
    )


def sat(session: Session, case_id: UUID) -> bool:
    """Whether a panel has sat on this case."""
    return bool(_sittings(session, case_id))


def _sittings(session: Session, case_id: UUID) -> tuple[SittingRow, ...]:
    box = box_of(session, case_id)
    rows = session.scalars(
        select(PanelSitting)
        .where(PanelSitting.landlord_id == scope_of(session).landlord_id, PanelSitting.case_id == case_id)
        .order_by(PanelSitting.sat_at.desc(), PanelSitting.id.desc())
    )
    return tuple(
        SittingRow(
            row.sat_at,
            row.recommends,
            row.safe_in_area,
            row.actor,
            box.open_json("panel_sitting", row.id, row.sealed),
        )
        for row in rows
    )

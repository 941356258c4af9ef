"""What is asked for, broken and ordered on a case, as its pages show it; and the one job that a link opens."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.domain.policy import Policy
from portal.domain.policy.securing import Measure
from portal.homes.flags.queries import two_needed
from portal.homes.securing.models import HomeDamage, HomeMeasure, WorkOrder
from portal.store.audit import AuditEntry, Fact
from portal.store.database import cipher_of, scope_of
from portal.store.record_keys import box_of

LINK = "work-order-link"


@dataclass(frozen=True, slots=True)
class JobRow:
    """One job with its words opened."""

    id: UUID
    measure_id: UUID | None
    damage_id: UUID | None
    number: str
    urgency: str
    state: str
    visit_at: datetime
    visit_until: datetime
    ordered_at: datetime
    ended_at: datetime | None
    actor: str
    link_until: datetime | None
    said: dict[str, str]


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """One measure, with what its policy says of it."""

    id: UUID
    measure: Measure
    source: str
    state: str
    asked_at: datetime
    actor: str
    decided_at: datetime | None
    decided_by: str | None
    cost: int | None
    revision: int
    said: dict[str, Any]
    jobs: tuple[JobRow, ...]

    @property
    def decision(self) -> dict[str, Any]:
        """What was weighed; empty until somebody decides."""
        found: dict[str, Any] = self.said.get("decision", {})
        return found


@dataclass(frozen=True, slots=True)
class DamageRow:
    """One thing that was broken."""

    id: UUID
    found_on: date
    unsafe: bool
    actor: str
    repaired_at: datetime | None
    cost: int | None
    payer: str | None
    police: str
    revision: int
    said: dict[str, Any]
    jobs: tuple[JobRow, ...]


@dataclass(frozen=True, slots=True)
class HomeWork:
    """Everything that is done to make the present home safer."""

    measures: tuple[MeasureRow, ...]
    damage: tuple[DamageRow, ...]

    @property
    def spent(self) -> int:
        """What the agreed measures cost, in pence, as far as it is known."""
        return sum(each.cost or 0 for each in self.measures if each.state in {"agreed", "ordered", "done"})

    @property
    def jobs(self) -> tuple[JobRow, ...]:
        """Every job of the case."""
        wanted = [each.jobs for each in self.measures] + [each.jobs for each in self.damage]
        return tuple(job for jobs in wanted for job in jobs)

    def measure(self, measure_id: UUID) -> MeasureRow | None:
        """One of the measures."""
        return next((each for each in self.measures if each.id == measure_id), None)

    def broken(self, damage_id: UUID) -> DamageRow | None:
        """One of the things that were broken."""
        return next((each for each in self.damage if each.id == damage_id), None)

    def job(self, job_id: UUID) -> JobRow | None:
        """One of the jobs."""
        return next((each for each in self.jobs if each.id == job_id), None)


@dataclass(frozen=True, slots=True)
class Shown:
    """What a contractor sees of a job, and nothing else."""

    number: str
    urgency: str
    what: str
    where: str
    access: str
    visit_at: datetime
    visit_until: datetime
    two: bool = False
    """Whether two people are to come: all that a mark ever says here."""


def home_work(session: Session, case_id: UUID, policy: Policy) -> HomeWork:
    """Measures, damage and their jobs, the newest first."""
    here, box = scope_of(session).landlord_id, box_of(session, case_id)
    jobs = [
        _job(row, box.open_json("work_order", row.id, row.sealed))
        for row in session.scalars(
            select(WorkOrder)
            .where(WorkOrder.landlord_id == here, WorkOrder.case_id == case_id)
            .order_by(WorkOrder.ordered_at.desc(), WorkOrder.id)
        )
    ]
    measures = session.scalars(
        select(HomeMeasure)
        .where(HomeMeasure.landlord_id == here, HomeMeasure.case_id == case_id)
        .order_by(HomeMeasure.asked_at.desc(), HomeMeasure.id)
    )
    damage = session.scalars(
        select(HomeDamage)
        .where(HomeDamage.landlord_id == here, HomeDamage.case_id == case_id)
        .order_by(HomeDamage.found_on.desc(), HomeDamage.id)
    )
    return HomeWork(
        tuple(
            _measure(row, policy, box.open_json("home_measure", row.id, row.sealed), jobs) for row in measures
        ),
        tuple(_damage(row, box.open_json("home_damage", row.id, row.sealed), jobs) for row in damage),
    )


def as_shown(job: JobRow, *, two: bool) -> Shown:
    """A job as its link shows it."""
    return Shown(
        job.number,
        job.urgency,
        job.said["what"],
        job.said["where"],
        job.said["access"],
        job.visit_at,
        job.visit_until,
        two,
    )


def job_of_link(session: Session, secret: str, now: datetime) -> tuple[UUID, UUID, Shown] | None:
    """The job that a link opens, with its case for the audit; None once it has ended, however it ended."""
    row = session.scalar(
        select(WorkOrder).where(
            WorkOrder.landlord_id == scope_of(session).landlord_id,
            WorkOrder.link == cipher_of(session).token(LINK, secret),
            WorkOrder.link_until > now,
            WorkOrder.state == "ordered",
        )
    )
    if row is None:
        return None
    said = box_of(session, row.case_id).open_json("work_order", row.id, row.sealed)
    shown = Shown(
        row.number,
        row.urgency,
        said["what"],
        said["where"],
        said["access"],
        row.visit_at,
        row.visit_until,
        two_needed(session, row.case_id),
    )
    return row.case_id, row.id, shown


def opened(session: Session, job_id: UUID) -> tuple[int, datetime | None]:
    """How often a contractor has opened a job, and when last."""
    times, last = session.execute(
        select(func.count(), func.max(AuditEntry.at)).where(
            AuditEntry.landlord_id == scope_of(session).landlord_id,
            AuditEntry.fact == Fact.JOB_SHOWN.value,
            AuditEntry.detail == str(job_id),
        )
    ).one()
    return times, last


def _measure(row: HomeMeasure, policy: Policy, said: dict[str, Any], jobs: list[JobRow]) -> MeasureRow:
    known = policy.securing.find(row.measure)
    return MeasureRow(
        id=row.id,
        measure=known or Measure(id=row.measure, title=row.measure, clause=policy.document.cite),
        source=row.source,
        state=row.state,
        asked_at=row.asked_at,
        actor=row.actor,
        decided_at=row.decided_at,
        decided_by=row.decided_by,
        cost=row.cost,
        revision=row.revision,
        said=said,
        jobs=tuple(each for each in jobs if each.measure_id == row.id),
    )


def _damage(row: HomeDamage, said: dict[str, Any], jobs: list[JobRow]) -> DamageRow:
    return DamageRow(
        id=row.id,
        found_on=row.found_on,
        unsafe=row.unsafe,
        actor=row.actor,
        repaired_at=row.repaired_at,
        cost=row.cost,
        payer=row.payer,
        police=row.police,
        revision=row.revision,
        said=said,
        jobs=tuple(each for each in jobs if each.damage_id == row.id),
    )


def _job(row: WorkOrder, said: dict[str, str]) -> JobRow:
    return JobRow(
        id=row.id,
        measure_id=row.measure_id,
        damage_id=row.damage_id,
        number=row.number,
        urgency=row.urgency,
        state=row.state,
        visit_at=row.visit_at,
        visit_until=row.visit_until,
        ordered_at=row.ordered_at,
        ended_at=row.ended_at,
        actor=row.actor,
        link_until=row.link_until,
        said=said,
    )

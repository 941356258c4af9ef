"""Writing an assessment, section by section. Only those of the service that owns the policy write.

Source: NPH CIA guidance 1 and 2; NPH CIA form.
"""

from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.deadlines.reviews import OWNERS, owners
from portal.domain.errors import PortalError
from portal.domain.impact.content import Answer, Content, Source, Subject
from portal.domain.policy.governance import PostPart
from portal.governance.impact import queries
from portal.governance.impact.models import PLACE, ImpactAssessment
from portal.landlords.policies import in_force
from portal.people.queries import colleagues
from portal.store import audit
from portal.store.audit import Actor, Fact
from portal.store.database import scope_of
from portal.store.record_keys import box_of

OWN = OWNERS | {PostPart.DUTY_HOLDER, PostPart.ACCOUNTABLE, PostPart.MANAGER}


class ImpactRefusedError(PortalError):
    """This cannot be done with the assessment; the sentence says why, and `field` beside which question."""

    def __init__(self, why: str, field: str = "") -> None:
        self.field = field
        super().__init__(why)


class NoSuchImpactError(PortalError):
    """No assessment, or nothing of it, has this id here."""


class NotOfTheServiceError(PortalError):
    """Only those of the service that owns the policy write in its assessment."""


class ImpactChangedError(PortalError):
    """Somebody else has changed the assessment meanwhile, or it has been signed."""


def describe(
    session: Session,
    impact_id: UUID,
    subject: Subject,
    lead: UUID,
    revision: int,
    actor: Actor,
    now: datetime,
) -> None:
    """Write what is assessed, and who leads."""
    must_work_here(session, lead, now)
    row, content = to_write(session, impact_id, revision, actor, now)
    row.lead = lead
    _keep(session, row, replace(content, subject=subject), actor, now, "subject")


def keep_source(
    session: Session, impact_id: UUID, source: Source, revision: int, actor: Actor, now: datetime
) -> None:
    """Write where something is known from; one without a key is new. Another feed begins without figures."""
    row, content = to_write(session, impact_id, revision, actor, now)
    before = next((each for each in content.sources if each.key == source.key), None)
    if before is None:
        source = replace(
            source, key=f"s{1 + max((int(each.key[1:]) for each in content.sources), default=0)}"
        )
    elif before.feed == source.feed:
        source = replace(source, period=before.period, figures=before.figures)
    _keep(session, row, content.with_source(source), actor, now, "data")


def drop_source(
    session: Session, impact_id: UUID, key: str, revision: int, actor: Actor, now: datetime
) -> None:
    """Take a source out."""
    row, content = to_write(session, impact_id, revision, actor, now)
    _keep(session, row, content.without_source(key), actor, now, "data")


def answer(
    session: Session, impact_id: UUID, key: str, said: Answer, revision: int, actor: Actor, now: datetime
) -> None:
    """Write a row."""
    row, content = to_write(session, impact_id, revision, actor, now)
    _keep(session, row, content.with_row(key, said), actor, now, key)


def reply(
    session: Session, impact_id: UUID, said: dict[str, str], revision: int, actor: Actor, now: datetime
) -> None:
    """Answer the questions that are answered in words."""
    row, content = to_write(session, impact_id, revision, actor, now)
    _keep(session, row, replace(content, prompts={**content.prompts, **said}), actor, now, "prompts")


def may_write(session: Session, row: ImpactAssessment | None, actor: Actor, now: datetime) -> bool:
    """Is this somebody of the service that owns the policy, or whoever leads the assessment?"""
    if row is not None and row.lead == actor.account_id:
        return True
    return actor.account_id in owners(session, in_force(session, now).policy, now, OWN)


def to_write(
    session: Session, impact_id: UUID, revision: int, actor: Actor, now: datetime
) -> tuple[ImpactAssessment, Content]:
    """The assessment, for whoever may write in it, as long as nobody has signed and nobody else has written."""
    row = locked(session, impact_id)
    must_be_of_the_service(session, row, actor, now)
    if row.revision != revision or queries.signatures_of(session, row):
        raise ImpactChangedError("Somebody else has changed it meanwhile, or it has been signed.")
    return row, Content.from_dict(box_of(session, row.id).open_json(PLACE, row.id, row.sealed))


def locked(session: Session, impact_id: UUID) -> ImpactAssessment:
    """The assessment, for this transaction alone."""
    row = session.scalar(
        select(ImpactAssessment)
        .where(
            ImpactAssessment.landlord_id == scope_of(session).landlord_id, ImpactAssessment.id == impact_id
        )
        .with_for_update()
    )
    if row is None:
        raise NoSuchImpactError
    return row


def changed(row: ImpactAssessment, actor: Actor, now: datetime) -> None:
    """Somebody has written in it."""
    row.revision += 1
    row.changed_at, row.changed_by = now, actor.name


def note(session: Session, row: ImpactAssessment, actor: Actor, now: datetime, detail: str) -> None:
    """Write down who did what."""
    audit.record(session, Fact.IMPACT_WRITTEN, actor, now, subject="impact", subject_id=row.id, detail=detail)


def keep_figures(
    session: Session,
    impact_id: UUID,
    key: str,
    drawn: tuple[str, date, tuple[tuple[str, str], ...]],
    revision: int,
    actor: Actor,
    now: datetime,
) -> None:
    """Put figures behind a source, with their period, the day on which they were drawn, and by whom."""
    row, content = to_write(session, impact_id, revision, actor, now)
    source = next((each for each in content.sources if each.key == key), None)
    if source is None:
        raise NoSuchImpactError
    period, day, lines = drawn
    fed = replace(source, period=period, figures=lines, extracted_on=day, drawn_by=actor.name)
    _keep(session, row, content.with_source(fed), actor, now, "figures")


def _keep(
    session: Session, row: ImpactAssessment, content: Content, actor: Actor, now: datetime, detail: str
) -> None:
    row.sealed = box_of(session, row.id).seal_json(PLACE, row.id, content.to_dict())
    changed(row, actor, now)
    note(session, row, actor, now, detail)


def must_be_of_the_service(
    session: Session, row: ImpactAssessment | None, actor: Actor, now: datetime
) -> None:
    if not may_write(session, row, actor, now):
        raise NotOfTheServiceError("Only those of the service that owns the policy write in its assessment.")


def must_work_here(session: Session, lead: UUID, now: datetime) -> None:
    """Nobody leads it who does not work here."""
    if lead not in {each.account_id for each in colleagues(session, now)}:
        raise ImpactRefusedError("Choose somebody who works here.", "lead")

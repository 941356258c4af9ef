"""Beginning an assessment and writing it, section by section. Only those of the service that owns the policy write.

Source: NPH CIA guidance 1, 2, 17 and 21; NPH CIA form.
"""

from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.deadlines.reviews import OWNERS, owners
from portal.domain.errors import PortalError
from portal.domain.impact.content import Answer, Content, Source, Subject
from portal.domain.impact.form import Kind
from portal.domain.policy.governance import PostPart
from portal.governance.drafts.models import PolicyDraft
from portal.governance.impact import queries
from portal.governance.impact.models import PLACE, ImpactAssessment
from portal.landlords.policies import in_force
from portal.people.queries import colleagues
from portal.store import audit
from portal.store.audit import Actor, Fact
from portal.store.base import new_id
from portal.store.database import scope_of
from portal.store.record_keys import box_of, new_box

OWN = OWNERS | {PostPart.DUTY_HOLDER, PostPart.ACCOUNTABLE, PostPart.MANAGER}
LIVE = ("open", "proposed")


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


def begin(session: Session, lead: UUID, actor: Actor, now: datetime) -> UUID:
    """Begin with the draft that is being written, before it is decided; where there is none, with what is in force.

    What was written of the version before stands in it to be gone through; it is signed anew.
    """
    here = scope_of(session).landlord_id
    _must_be_of_the_service(session, None, actor, now)
    _must_work_here(session, lead, now)
    draft = session.scalar(
        select(PolicyDraft)
        .where(PolicyDraft.landlord_id == here, PolicyDraft.state.in_(LIVE))
        .with_for_update()
    )
    if draft is not None and queries.of_draft(session, draft.id) is None:
        return _begin(session, Kind.PREPARATION, draft.id, None, lead, actor, now)
    version_id = in_force(session, now).version_id
    if _open_of(session, version_id):
        raise ImpactRefusedError("There is an assessment that is not complete: go on with that one.")
    return _begin(session, Kind.REVIEW, None, version_id, lead, actor, now)


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
    _must_work_here(session, lead, now)
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
    _must_be_of_the_service(session, row, actor, now)
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


def _begin(
    session: Session,
    kind: Kind,
    draft_id: UUID | None,
    version_id: UUID | None,
    lead: UUID,
    actor: Actor,
    now: datetime,
) -> UUID:
    impact_id = new_id()
    box = new_box(session, impact_id, now)
    before = _newest(session)
    content = Content()
    if before is not None:
        content = Content.from_dict(box_of(session, before.id).open_json(PLACE, before.id, before.sealed))
        content = replace(content, subject=replace(content.subject, proposed_on=None, decision_on=None))
    row = ImpactAssessment(
        landlord_id=scope_of(session).landlord_id,
        id=impact_id,
        draft_id=draft_id,
        version_id=version_id,
        follows_id=before.id if before else None,
        kind=kind.value,
        lead=lead,
        begun_at=now,
        begun_by=actor.name,
        changed_at=now,
        changed_by=actor.name,
        revision=1,
        turn=1,
        sealed=box.seal_json(PLACE, impact_id, content.to_dict()),
    )
    session.add(row)
    session.flush()
    note(session, row, actor, now, "begun")
    return impact_id


def _newest(session: Session) -> ImpactAssessment | None:
    here = ImpactAssessment.landlord_id == scope_of(session).landlord_id
    return session.scalar(
        select(ImpactAssessment).where(here).order_by(ImpactAssessment.begun_at.desc()).limit(1)
    )


def _open_of(session: Session, version_id: UUID) -> bool:
    here = ImpactAssessment.landlord_id == scope_of(session).landlord_id
    waiting = select(ImpactAssessment.id).where(
        here, ImpactAssessment.version_id == version_id, ImpactAssessment.completed_at.is_(None)
    )
    return session.scalar(waiting.limit(1)) is not None


def _must_be_of_the_service(
    session: Session, row: ImpactAssessment | None, actor: Actor, now: datetime
) -> None:
    if not may_write(session, row, actor, now):
        raise NotOfTheServiceError("Only those of the service that owns the policy write in its assessment.")


def _must_work_here(session: Session, lead: UUID, now: datetime) -> None:
    if lead not in {each.account_id for each in colleagues(session, now)}:
        raise ImpactRefusedError("Choose somebody who works here.", "lead")

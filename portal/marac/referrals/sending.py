"""The moment at which a referral leaves: looked at once more, copied, logged, and what cannot wait begins.

The copy is brought up to date whenever somebody there opens it, because how contact is safe would grow old.
"""

import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.cases import frame
from portal.cases.disclosures import contents
from portal.cases.disclosures import queries as shares
from portal.cases.disclosures.entries import Block, Content
from portal.cases.disclosures.gone import Gone, keep
from portal.cases.disclosures.leaving import why_not
from portal.cases.disclosures.queries import ShareRow
from portal.cases.disclosures.ways import Way
from portal.cases.documents import queries as documents
from portal.cases.frame import Frame
from portal.cases.sheet import sheet
from portal.cases.tasks import service as tasks
from portal.cases.tasks.models import Task
from portal.cases.tasks.service import Ending, Proposal
from portal.domain.calendar import in_london
from portal.domain.marac import AT_ONCE, State, a_year_on
from portal.domain.sharing import Part
from portal.domain.tasks import TaskKind
from portal.domain.wording import say_moment
from portal.landlords.policies import pinned
from portal.marac.areas import queries as areas
from portal.marac.referrals.models import MaracReferral
from portal.marac.referrals.queries import COPY
from portal.marac.referrals.service import (
    SOURCE,
    NoSuchReferralError,
    ReferralRefusedError,
    become,
    body_of,
    held,
    note,
)
from portal.partners.grants.keys import box_of
from portal.store import audit
from portal.store.audit import Actor, Fact
from portal.store.database import scope_of

NOT_HERE = frozenset({Part.DOCUMENTS})
"""What the conference is not shown here: documents leave as files, each chosen by itself."""


def send(
    session: Session, found: Frame, conference_id: UUID, revision: int, actor: Actor, now: datetime
) -> None:
    """It leaves now, and what cannot wait for a meeting begins."""
    case_id = found.case.id
    kept = held(session, case_id, conference_id, revision, State.SENT)
    share = shares.share(session, case_id, kept.share_id)
    if share is None:
        raise NoSuchReferralError
    reason = why_not(session, case_id, share, now)
    if reason:
        raise ReferralRefusedError(reason, "send")
    area = areas.area(session, kept.area_id)
    kept.late = area.late(now) if area else False
    kept.sent_at, kept.flagged_until = now, a_year_on(in_london(now).date())
    _copy(session, kept, found, share, actor, now)
    become(kept, State.SENT, actor, now)
    note(session, Fact.CONFERENCE_SENT, case_id, conference_id, "sent", actor, now)
    _end_asked(session, case_id, actor, now)
    _begin_at_once(session, found, conference_id, actor, now)


def open_for(session: Session, conference_id: UUID, reader: Actor, permission: str | None, now: datetime) -> None:
    """Before somebody there reads it: write it down, and make the copy what the record is now."""
    wanted = select(MaracReferral).where(
        MaracReferral.landlord_id == scope_of(session).landlord_id, MaracReferral.id == conference_id
    )
    kept = session.scalar(wanted.with_for_update())
    if kept is None or kept.summary is None:
        raise NoSuchReferralError
    audit.record(
        session, Fact.CONFERENCE_OPENED, reader, now,
        permission=permission, subject="case", subject_id=kept.case_id, detail=str(conference_id),
    )  # fmt: skip
    bring_up_to_date(session, kept, reader, now)


def bring_up_to_date(session: Session, kept: MaracReferral, actor: Actor, now: datetime) -> None:
    """Make the copy what the record is now."""
    case, share = sheet(session, kept.case_id), shares.share(session, kept.case_id, kept.share_id)
    if case is None or share is None:
        raise NoSuchReferralError
    _copy(session, kept, frame.of_sheet(session, case, now), share, actor, now)


def _copy(
    session: Session, kept: MaracReferral, found: Frame, share: ShareRow, actor: Actor, now: datetime
) -> None:
    """Seal the copy anew where the record has changed; what changed has left, and the log keeps it.

    What was transferred from another area is as it was there, without what was taken out of the record since, until
    its officer has decided on a ground for this one. How contact is safe is always as it is now.
    """
    area = areas.area(session, kept.area_id)
    held_back = documents.kept_back(session, found.case.id)
    blocks = contents.compose(session, found, frozenset(share.parts) - NOT_HERE, held_back, share.since, now)
    if area and not share.recipient.is_same(body_of(area)):
        blocks = _as_it_was(session, kept, blocks)
    content = Content(
        reference=found.case.reference,
        recipient=area.agency if area else share.recipient.name,
        person=share.person,
        purpose=share.purpose,
        made_at=say_moment(now),
        made_by=kept.made_name,
        rules=contents.rules(found),
        blocks=blocks,
        documents=(),
    )
    said = _as_kept(content)
    digest = sha256(json.dumps(said, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
    if kept.sha256 == digest:
        return
    box = box_of(session, kept.landlord_id, kept.id)
    kept.sha256, kept.summary = digest, box.seal_json(COPY, kept.id, said)
    session.flush()
    gone = Gone(Way.SCREEN, content, tuple(Part(each.part) for each in content.blocks), share_id=share.id)
    keep(session, kept.case_id, gone, actor, now)


def _as_it_was(session: Session, kept: MaracReferral, fresh: Iterable[Block]) -> tuple[Block, ...]:
    """The lines of the copy that still stand in the record as they do there: nothing new, and nothing taken out."""
    said = box_of(session, kept.landlord_id, kept.id).open_json(COPY, kept.id, kept.summary) if kept.summary else {}
    before = {(part["part"], *line) for part in said.get("blocks", ()) for line in part["entries"]}
    left = [
        replace(each, entries=tuple(e for e in each.entries if (each.part, e.label, e.text) in before))
        for each in fresh
    ]
    return tuple(each for each in left if each.entries)


def _as_kept(content: Content) -> dict[str, Any]:
    blocks = [
        {"part": each.part, "heading": each.heading, "entries": [[e.label, e.text] for e in each.entries]}
        for each in content.blocks
    ]
    return {"rules": list(content.rules), "blocks": blocks}


def _end_asked(session: Session, case_id: UUID, actor: Actor, now: datetime) -> None:
    """The task to refer has been done."""
    asked = select(Task.id).where(
        Task.landlord_id == scope_of(session).landlord_id,
        Task.case_id == case_id,
        Task.kind == TaskKind.MARAC_REFERRAL.value,
        Task.ended_at.is_(None),
    )
    for task_id in session.scalars(asked).all():
        tasks.end(session, case_id, task_id, Ending.DONE, "Referred.", actor, now)


def _begin_at_once(session: Session, found: Frame, conference_id: UUID, actor: Actor, now: datetime) -> None:
    """Due by the end of the next working day at the latest: the portal's own time, because no policy gives one."""
    calendar = pinned(session, found.case.policy_version_id).calendar
    today = in_london(now).date()
    due_at = calendar.close_of_business(next(day for day in calendar.working_days_from(today) if day > today))
    for name, words in AT_ONCE.items():
        task = Proposal(TaskKind.AT_ONCE, words, due_at, source=f"{SOURCE} {name}", source_id=conference_id)
        tasks.propose(session, found.case.id, task, actor, now)

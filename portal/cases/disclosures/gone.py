"""The log of what has left: one row for each time, with a sealed copy of what exactly it was, and its hash.

What leaves because of a share, the copy of a plan on paper, what is passed on with a safeguarding referral and what is
handed over to another landlord are kept in the same log and in the same way (HS-026 6.2; STAR 3.12).
"""

import json
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from uuid import UUID

from sqlalchemy.orm import Session

from portal.cases.disclosures.entries import Content
from portal.cases.disclosures.models import Disclosure
from portal.cases.disclosures.ways import Way
from portal.domain.sharing import Part
from portal.store import audit
from portal.store.audit import Actor, Fact
from portal.store.base import new_id
from portal.store.database import scope_of
from portal.store.record_keys import box_of

LEFT_PLACE, FILE_PLACE = "disclosure", "disclosure.file"


class Source(StrEnum):
    """What something left with, where nobody asked to share it."""

    PLAN = "plan"
    REFERRAL = "referral"
    HANDOVER = "handover"


class Known(StrEnum):
    """What the person whose record it is knows of it."""

    HERS = "hers"
    """It went to her."""
    AGREED = "agreed"
    TOLD = "told"
    NOT_TOLD = "not_told"


@dataclass(frozen=True, slots=True)
class Origin:
    """With what it left, and what she knows of it."""

    source: Source
    id: UUID
    known: Known


@dataclass(frozen=True, slots=True)
class Gone:
    """One thing that leaves now: because of a share, or with something else."""

    way: Way
    content: Content
    parts: tuple[Part, ...] = ()
    share_id: UUID | None = None
    origin: Origin | None = None
    documents: dict[str, str] = field(default_factory=dict)
    file: bytes | None = None


def keep(session: Session, case_id: UUID, gone: Gone, actor: Actor, now: datetime) -> UUID:
    """Write down that it leaves, and what it is; the words are hashed as they are kept."""
    left_id, box, kept = new_id(), box_of(session, case_id), gone.content.to_dict()
    words = json.dumps(kept, ensure_ascii=False, sort_keys=True).encode()
    session.add(
        Disclosure(
            landlord_id=scope_of(session).landlord_id,
            id=left_id,
            case_id=case_id,
            share_id=gone.share_id,
            source=gone.origin.source.value if gone.origin else None,
            source_id=gone.origin.id if gone.origin else None,
            known=gone.origin.known.value if gone.origin else None,
            at=now,
            account_id=actor.account_id,
            way=gone.way.value,
            parts=[each.value for each in gone.parts],
            documents=gone.documents,
            size=len(gone.file or words),
            sha256=sha256(gone.file or words).hexdigest(),
            sealed=box.seal_json(LEFT_PLACE, left_id, kept),
            file=box.seal_bytes(FILE_PLACE, left_id, gone.file) if gone.file else None,
        )
    )
    session.flush()
    detail = f"{gone.way} {left_id}"
    audit.record(session, Fact.DISCLOSED, actor, now, subject="case", subject_id=case_id, detail=detail)
    return left_id

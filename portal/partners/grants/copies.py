"""Bringing what an agency reads up to date: copies of the granted parts, made new where the record has changed.

It works in the landlord's scope, hands nothing out, and writes down who opens what before they can. What has changed
since the last copy has left anew, and the log of what has left keeps it word for word.
"""

import json
from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.cases import frame
from portal.cases.disclosures import contents
from portal.cases.disclosures.entries import Block, Content
from portal.cases.disclosures.gone import Gone, keep
from portal.cases.disclosures.models import SharingRequest
from portal.cases.disclosures.service import plans_kept_here
from portal.cases.disclosures.ways import Way
from portal.cases.documents import queries as documents
from portal.cases.service import NoSuchCaseError
from portal.cases.sheet import sheet
from portal.domain.sharing import Part
from portal.domain.wording import say_moment
from portal.partners.agencies.models import Agency
from portal.partners.grants.keys import box_of, new_box
from portal.partners.grants.models import AgencyGrant, SharedSection
from portal.partners.grants.queries import OFFER
from portal.partners.grants.service import NoSuchGrantError
from portal.store import audit
from portal.store.audit import Actor, Fact
from portal.store.base import new_id
from portal.store.database import scope_of

COPY = "shared_section"
RULES = "rules"


def bring_up_to_date(
    session: Session, grant_id: UUID, part: str, reader: Actor, permission: str | None, now: datetime
) -> None:
    """Before somebody at the agency opens a part: write it down, and make the copies what the record is now."""
    wanted = select(AgencyGrant).where(AgencyGrant.id == grant_id, AgencyGrant.ended_at.is_(None))
    kept = session.scalar(wanted.with_for_update())
    if kept is None:
        raise NoSuchGrantError
    audit.record(
        session, Fact.GRANT_OPENED, reader, now,
        permission=permission, subject="case", subject_id=kept.case_id, detail=f"{grant_id} {part}",
    )  # fmt: skip
    content = _content(session, kept, now)
    copies = {RULES: {"reference": content.reference, "rules": list(content.rules)}}
    copies |= {block.part: _as_kept(block) for block in content.blocks}
    if _keep(session, kept, copies, now):
        parts = tuple(Part(block.part) for block in content.blocks)
        keep(session, kept.case_id, Gone(Way.SCREEN, content, parts, share_id=kept.share_id), reader, now)


def _content(session: Session, kept: AgencyGrant, now: datetime) -> Content:
    case = sheet(session, kept.case_id)
    share = session.get(SharingRequest, (kept.landlord_id, kept.share_id))
    if case is None or share is None:
        raise NoSuchCaseError
    found = frame.of_sheet(session, case, now)
    offer = box_of(session, kept.landlord_id, kept.id).open_json(OFFER, kept.id, kept.sealed)
    parts = frozenset(Part(each) for each in kept.parts if not plans_kept_here(session, case.id, [Part(each)]))
    held = documents.kept_back(session, case.id)
    return Content(
        reference=case.reference,
        recipient=session.get_one(Agency, kept.agency_id).name,
        person=offer["person"],
        purpose=offer["purpose"],
        made_at=say_moment(now),
        made_by=kept.made_name,
        rules=contents.rules(found),
        blocks=contents.compose(session, found, parts, held, share.since, now),
        documents=(),
    )


def _as_kept(block: Block) -> dict[str, Any]:
    return {"heading": block.heading, "entries": [[each.label, each.text] for each in block.entries]}


def _keep(session: Session, kept: AgencyGrant, copies: dict[str, dict[str, Any]], now: datetime) -> bool:
    """Seal what differs from the copy at hand; whether anything did."""
    wanted = select(SharedSection).where(
        SharedSection.landlord_id == scope_of(session).landlord_id, SharedSection.grant_id == kept.id
    )
    known = {each.section: each for each in session.scalars(wanted)}
    changed = False
    for section, said in copies.items():
        digest = sha256(json.dumps(said, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
        copy = known.get(section)
        if copy is not None and copy.sha256 == digest:
            continue
        changed = True
        if copy is None:
            copy_id = new_id()
            copy = SharedSection(landlord_id=kept.landlord_id, id=copy_id, case_id=kept.case_id, grant_id=kept.id)
            copy.section = section
            box = new_box(session, copy_id, kept.case_id, now)
            session.add(copy)
        else:
            box = box_of(session, kept.landlord_id, copy.id)
        copy.made_at, copy.sha256 = now, digest
        copy.sealed = box.seal_json(COPY, copy.id, said)
    for section in known.keys() - copies.keys():
        session.delete(known[section])
    session.flush()
    return changed

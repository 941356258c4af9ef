"""The moment at which something leaves: looked at once more, made, hashed, copied and written down, all in one go."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.cases import service as cases
from portal.cases.consents import queries as consents
from portal.cases.disclosures import contents, queries
from portal.cases.disclosures.entries import Content
from portal.cases.disclosures.gone import FILE_PLACE, Gone, keep
from portal.cases.disclosures.models import Disclosure
from portal.cases.disclosures.paper import paper_of
from portal.cases.disclosures.queries import ShareRow
from portal.cases.disclosures.service import NoSuchShareError, ShareRefusedError, State, get, plans_kept_here
from portal.cases.disclosures.sheet import sheet_of
from portal.cases.disclosures.ways import MAKES_A_FILE, Way
from portal.cases.documents import queries as documents
from portal.cases.documents import service as document_service
from portal.cases.documents.service import HandedOut
from portal.cases.frame import Frame, Reader
from portal.cases.opening import tell
from portal.cases.serious.service import reported
from portal.cases.tasks import service as tasks
from portal.cases.tasks.service import Proposal
from portal.domain.serious import reported_under
from portal.domain.sharing import Part, RecipientKind
from portal.domain.tasks import TaskKind
from portal.domain.wording import say_moment
from portal.store import audit
from portal.store.audit import Actor, Fact
from portal.store.record_keys import box_of

HOLDS_FOR = timedelta(days=14)  # the portal's own: what two people agreed to is asked again when it has grown old
MOST_LINES = 600
SAID = frozenset({Way.TOLD, Way.POST, Way.EMAIL})


@dataclass(frozen=True, slots=True)
class Leaving:
    """How it leaves; `words` say what was told or sent where the portal makes nothing, `chase_at` when to ask."""

    way: Way
    words: str = ""
    chase_at: datetime | None = None


def leave(
    session: Session, found: Frame, share_id: UUID, leaving: Leaving, actor: Actor, now: datetime
) -> UUID:
    """Let it leave; ShareRefusedError where it may not any more. The log has what exactly left, and its hash."""
    case = cases.get(session, found.case.id, for_update=True)
    get(session, case.id, share_id)
    share = queries.share(session, case.id, share_id)
    if share is None:
        raise NoSuchShareError
    _still(session, share, case.id, now)
    content = _content(session, found, share, leaving, actor, now)
    gone = Gone(
        leaving.way,
        content,
        share.parts,
        share_id=share_id,
        documents={str(each.id): each.sha256 for each in _documents(session, case.id, share)},
        file=_file(content, leaving.way),
    )
    left_id = keep(session, case.id, gone, actor, now)
    facts = {"kind": share.recipient.kind.value, "way": leaving.way.value, "clause": share.clause or ""}
    tell(session, case.id, "disclosed", actor, now, facts=facts, words=f"{share.recipient.name}, {share.person}")
    if share.recipient.kind is RecipientKind.POLICE:
        reported(session, case.id, reported_under(found.policy, share.exception), left_id, actor, now)
    if leaving.chase_at:
        _chase(session, case.id, left_id, share, leaving.chase_at, actor, now)
    return left_id


def open_left(session: Session, case_id: UUID, left_id: UUID, reader: Reader) -> queries.LeftRow:
    """What left at one time, read again: that is written down too."""
    cases.get(session, case_id)
    found = queries.one_left(session, case_id, left_id)
    if found is None:
        raise NoSuchShareError
    audit.record(
        session,
        Fact.DISCLOSURE_READ,
        reader.actor,
        reader.now,
        permission=reader.permission,
        subject="case",
        subject_id=case_id,
        detail=str(left_id),
    )
    return found


def file_of(session: Session, case_id: UUID, left_id: UUID, reader: Reader) -> tuple[str, str, bytes]:
    """The file that was made: its name that says nothing, its type, its bytes as they left."""
    case = cases.get(session, case_id)
    left = open_left(session, case_id, left_id, reader)
    sealed = session.scalar(select(Disclosure.file).where(Disclosure.id == left_id, Disclosure.case_id == case_id))
    if sealed is None:
        raise NoSuchShareError
    ending, mime = MAKES_A_FILE[left.way]
    data = box_of(session, case_id).open_bytes(FILE_PLACE, left_id, sealed)
    return f"{case.reference}-{left_id.hex[-6:]}.{ending}", mime, data


def document_of(session: Session, case_id: UUID, left_id: UUID, document_id: UUID, reader: Reader) -> HandedOut:
    """A document that left with it, in the version that left."""
    left = open_left(session, case_id, left_id, reader)
    if str(document_id) not in left.documents:
        raise NoSuchShareError
    return document_service.hand_out(session, case_id, document_id, reader)


def why_not(session: Session, case_id: UUID, share: ShareRow, now: datetime) -> str:
    """Why nothing may leave at this moment, or nothing."""
    try:
        _still(session, share, case_id, now)
    except ShareRefusedError as refused:
        return refused.reasons[0]
    return ""


def is_over(share: ShareRow, in_force: set[UUID], now: datetime) -> bool:
    """Could something leave before, and not any more: is its consent over, or was it decided too long ago?"""
    was_ready = share.state in {State.READY, State.URGENT}
    return was_ready and (_too_old(share, now) or (share.consent_id is not None and share.consent_id not in in_force))


def _too_old(share: ShareRow, now: datetime) -> bool:
    return now >= (share.decided_at or share.asked_at) + HOLDS_FOR


def _still(session: Session, share: ShareRow, case_id: UUID, now: datetime) -> None:
    """A consent may have ended, an agreement grown old, a document been marked since it was asked."""
    if share.state not in {State.READY, State.URGENT}:
        raise ShareRefusedError("A second person has to agree first.")
    if _too_old(share, now):
        raise ShareRefusedError("This was decided more than two weeks ago. Ask again.")
    if share.consent_id:
        given = (each for each in consents.of_case(session, case_id, now) if each.id == share.consent_id)
        if not any(each.consent.permits(share.recipient, frozenset(share.parts), now) for each in given):
            raise ShareRefusedError(f"The consent has ended or was withdrawn ({share.clause}).")
    if plans_kept_here(session, case_id, share.parts):
        raise ShareRefusedError("The plan is now marked as one that stays here.")
    if documents.kept_back(session, case_id).intersection(share.documents):
        raise ShareRefusedError("One of the documents is now marked as not to leave.")


def _content(
    session: Session, found: Frame, share: ShareRow, leaving: Leaving, actor: Actor, now: datetime
) -> Content:
    told = leaving.words if leaving.way in SAID else ""
    if leaving.way in SAID and not told:
        raise ShareRefusedError("Say what exactly was told or sent.", field="sent")
    parts = frozenset() if leaving.way in SAID else frozenset(share.parts)
    held = documents.kept_back(session, found.case.id)
    return Content(
        reference=found.case.reference,
        recipient=share.recipient.name,
        person=share.person,
        purpose=share.purpose,
        made_at=say_moment(now),
        made_by=actor.name,
        rules=contents.rules(found),
        blocks=contents.compose(session, found, parts, held, share.since, now),
        documents=tuple(f"{each.title} ({each.media.says})" for each in _documents(session, found.case.id, share)),
        told=told,
    )


def _documents(session: Session, case_id: UUID, share: ShareRow) -> list[documents.DocumentRow]:
    """The newest version of each document that was chosen."""
    if Part.DOCUMENTS not in share.parts:
        return []
    return [documents.versions(session, case_id, first_id)[0] for first_id in share.documents]


def _file(content: Content, way: Way) -> bytes | None:
    if way is Way.PDF:
        lines = sum(len(block.entries) for block in content.blocks)
        if lines > MOST_LINES:
            raise ShareRefusedError(
                f"That is {lines} entries: nobody reads so many. Choose a later first day, or make the table."
            )
        return paper_of(content)
    return sheet_of(content) if way is Way.SHEET else None


def _chase(
    session: Session, case_id: UUID, left_id: UUID, share: ShareRow, at: datetime, actor: Actor, now: datetime
) -> None:
    words = f"Ask {share.recipient.name}, {share.person}, what became of it."
    proposal = Proposal(
        TaskKind.REPLY, words, at, clause=share.clause, source="disclosure", source_id=left_id
    )
    tasks.propose(session, case_id, proposal, actor, now)



"""What the pages about consent, sharing, documents and the tenancy file need to be there."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from portal.cases import frame, notes
from portal.cases.consents.service import NewConsent, give
from portal.cases.disclosures.leaving import Leaving, leave
from portal.cases.disclosures.service import Wanted, ask
from portal.cases.disclosures.ways import Way
from portal.cases.documents import service as documents
from portal.cases.documents.inspection import inspect
from portal.cases.documents.service import About, DocumentKind, Received
from portal.cases.frame import Reader
from portal.cases.tenancy_file import papers
from portal.cases.tenancy_file import service as tenancy_file
from portal.cases.tenancy_file.papers import Gathered
from portal.domain.sharing import GivenHow, Part, Recipient, RecipientKind, Share
from portal.domain.tenancy_file import Asker, Kind
from portal.store.audit import Actor


def sharing_of(session: Session, case_id: UUID, officer: Actor, now: datetime) -> dict[str, UUID]:
    """A document, a note, a consent for both, a share on it, that they have left, and a request for the file."""
    found = frame.read(session, case_id, Reader(officer, None, now))
    file = Received(inspect("letter.txt", b"A letter"), "0" * 64, scanned=False)
    about = About("A letter", DocumentKind.LETTER, "", "letter.txt")
    document = documents.add(session, case_id, about, file, officer, now)
    line = notes.add(session, case_id, "Rang the school", officer, now)
    body, parts = Recipient(RecipientKind.POLICE, "Police"), frozenset({Part.NOTES, Part.DOCUMENTS})
    agreed = NewConsent(body, parts, "Safety", GivenHow.WORDS, now, now + timedelta(days=30))
    consent = give(session, case_id, agreed, officer, now)
    wanted = Wanted(Share(body, parts), "PC Example", "101", "", consent_id=consent, documents=(document,))
    share = ask(session, found, wanted, officer, now)
    left = leave(session, found, share, Leaving(Way.PDF), officer, now)
    asks = tenancy_file.Asked(Asker.JOINT_TENANT, "Sam Example", "", now.date())
    request = tenancy_file.record(session, case_id, asks, officer, now)
    papers.gather(session, case_id, request, Gathered(Kind.RENT, "", "Rent paid"), officer, now)
    found_ids = {"document_id": document, "line_id": line, "consent_id": consent, "share_id": share, "left_id": left}
    return found_ids | {"request_id": request}

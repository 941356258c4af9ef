"""An officer at a desk who records consents, shares and adds documents through the pages."""

import io
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select

from portal.cases.disclosures import queries
from portal.cases.disclosures.models import Disclosure
from portal.domain.permissions import Role
from portal.store.audit import AuditEntry
from tests.cases.assessments.rounds import assessed, train
from tests.client import Page, PageClient
from tests.conftest import Staff
from tests.desk import NUMBER, Desk
from tests.places import Place

TO = {"person": "PC Example", "address": "101", "checked": "y"}
WITHOUT = {
    "parts": ["person"],
    "purpose": "To keep them safe",
    "necessity": "They are the only ones who can act tonight.",
    "told": "before",
    "basis": "6-1-e",
    "condition": "sch1-18",
    "law": "care-2014",
} | TO
LAWS = [
    {"id": "care-2014", "title": "Care Act 2014", "instead": ""},
    {"id": "cda-1998", "title": "Crime and Disorder Act 1998", "instead": ""},
    {
        "id": "dpa-1998",
        "title": "Data Protection Act 1998",
        "instead": "the Data Protection Act 2018 on 25 May 2018",
    },
]


@dataclass
class Sharing:
    """One case, an officer who works it and a senior who looks as the second person."""

    desk: Desk
    case_id: UUID
    who: Staff
    officer: PageClient
    senior: PageClient

    @property
    def url(self) -> str:
        return self.desk.case_url(self.case_id)

    def consent(self, agency: str, kind: str, *parts: str, until: str = "2026-03-02", **more: Any) -> Page:
        """She says yes, on 2 February at 9."""
        self.officer.get(f"{self.url}/consents")
        said = {"agency": agency, "kind": kind, "purpose": "To keep me safe", "parts": list(parts), "how": "words"}
        return self.officer.submit(
            said | {"day": "2026-02-02", "time": "09:00", "until": until} | more, form="consents", status=200
        )

    def share_on(self, *parts: str, status: int = 200, **more: Any) -> Page:
        """Share on the newest consent in force."""
        page = self.officer.get(f"{self.url}/shares")
        link = next(each for each in page.links if "/shares/on/" in each)
        self.officer.get(link)
        return self.officer.submit({"parts": list(parts)} | TO | more, form="/shares/on/", status=status)

    def without(self, agency: str, kind: str, exception: str, *concerns: str, status: int = 200, **more: Any) -> Page:
        """Share without consent, under an exception."""
        self.officer.get(f"{self.url}/shares/without")
        said = WITHOUT | {"agency": agency, "kind": kind, "exception": exception, "concerns": list(concerns)}
        return self.officer.submit(said | more, form="/shares/without", status=status)

    def leave(self, way: str = "pdf", status: int = 200, **more: Any) -> Page:
        """Let the open share leave."""
        return self.officer.submit({"way": way} | more, form="/leave", status=status)

    def second(self, answer: str = "yes", status: int = 200) -> Page:
        """The senior looks at the share that the officer has open."""
        self.senior.get(self.officer.url)
        return self.senior.submit({"agrees": answer, "words": "Seen and agreed."}, form="/decide", status=status)

    def upload(self, name: str, data: bytes, *, status: int = 200, **more: Any) -> Page:
        """Add a document."""
        self.officer.get(f"{self.url}/documents")
        said = {"title": "The door", "kind": "evidence", "file": (io.BytesIO(data), name)}
        return self.officer.submit(said | more, form="/documents", status=status)

    def assess(self, yes: int) -> None:
        """A completed risk assessment with so many answers of yes."""
        assessed(self.desk, self.case_id, train(self.desk, self.who), yes)

    def gone(self) -> list[Disclosure]:
        """What has left, by the log."""
        with self.desk.place.work() as session:
            found = select(Disclosure).where(Disclosure.case_id == self.case_id).order_by(Disclosure.at, Disclosure.id)
            return list(session.scalars(found))

    def facts(self) -> list[str]:
        """What the audit says of the case."""
        with self.desk.place.work() as session:
            found = select(AuditEntry.fact).where(AuditEntry.subject_id == self.case_id)
            return list(session.scalars(found.order_by(AuditEntry.position)))


def sharing_at(desk: Desk, **said: Any) -> Sharing:
    """A case of this desk, about somebody whose number is known."""
    who = desk.somebody(Role.OFFICER)
    told = {"happening": f"He rang me on {NUMBER} and shouted.", "types": ("coercive",)}
    case_id = desk.case(**(told | said))
    return Sharing(desk, case_id, who, desk.client(who=who), desk.client(Role.SENIOR))


def told_others(place: Place, case_id: UUID) -> set[str]:
    """The words that others were told or have read, by the log of what has left."""
    with place.work() as session:
        left = session.scalars(select(Disclosure.id).where(Disclosure.case_id == case_id)).all()
        found = (queries.one_left(session, case_id, each) for each in left)
        return {each.content.told for each in found if each}

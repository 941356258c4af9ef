"""An impact assessment under Northampton's policy, with the people who write and sign it."""

from dataclasses import dataclass, field
from datetime import date
from itertools import count
from uuid import UUID

from sqlalchemy import select

from portal.domain.impact.content import Answer, Source, Subject
from portal.domain.impact.form import PROMPTS, ROWS, Section
from portal.domain.permissions import Role
from portal.governance.impact import beginning, service
from portal.governance.impact.models import ImpactAction, ImpactAssessment
from portal.governance.impact.queries import ImpactFound
from portal.governance.impact.queries import assessment as read
from portal.store.audit import Actor
from tests.client import Page, PageClient
from tests.conftest import Staff
from tests.desk import Desk

SUBJECT = {
    "status": "revised",
    "service": "Housing support",
    "affected": ["tenant", "household", "employee"],
    "summary": "Policy and procedure were reviewed for the new Act and guidance.",
    "contact": "Tenancy Support Manager",
    "proposed_on": "2026-01-05",
    "decision_on": "2026-02-20",
    "implemented_on": "2026-03-02",
}
SOURCE = {
    "kind": "surveys",
    "title": "Survey of tenants",
    "side": "internal",
    "engagement": "Forty tenants were asked at two meetings.",
    "extracted_on": "2026-01-20",
    "drawn_by": "Policy Officer",
}
NEUTRAL = {
    "impacts": ["neutral"],
    "differently": "same",
    "why_same": "Everybody is asked the same questions.",
    "certainty": "likely",
    "sources": ["s1"],
}
POSITIVE = NEUTRAL | {"impacts": ["positive"], "groups": "Tenants", "nature": "They are reached sooner."}
NEGATIVE = POSITIVE | {"impacts": ["positive", "negative"]}
SIGNED = {"comment": "Read in full.", "reason": "The census is not out yet.", "next_review": "2027-02-02"}


ABOUT = Subject(
    "revised",
    "Housing support",
    ("tenant", "household", "employee"),
    SUBJECT["summary"],
    "Tenancy Support Manager",
    date(2026, 1, 5),
    date(2026, 2, 20),
    date(2026, 3, 2),
)
SURVEY = Source(
    "", "surveys", "Survey of tenants", "internal", SOURCE["engagement"], date(2026, 1, 20), "Policy Officer"
)
SAME = Answer(("neutral",), "", "same", NEUTRAL["why_same"], certainty="likely", sources=("s1",))


def harm(key: str) -> dict[str, object]:
    """What the form of a row is told of a negative impact; only the nine ask whether groups differ in it."""
    asked = {"differently", "why_same"} if ROWS[key].section is not Section.EQUALITY else set()
    return {name: each for name, each in NEGATIVE.items() if name not in asked}


@dataclass
class Impact:
    """The assessment, its lead, and whoever else signs."""

    desk: Desk
    lead_is: Staff = field(init=False)
    lead: PageClient = field(init=False)
    head: PageClient = field(init=False)
    director: PageClient = field(init=False)

    def __post_init__(self) -> None:
        self.lead_is = self.desk.somebody(Role.MANAGER, name="Lee Lead", post="Tenancy Support Manager")
        self.lead = self.desk.client(who=self.lead_is)
        head = self.desk.somebody(Role.MANAGER, name="Hal Head", post="Head of Service, Housing")
        self.head = self.desk.client(who=head)
        self.director = self.desk.client(
            who=self.desk.somebody(Role.BOARD, name="Dee Director", post="Director")
        )

    @property
    def url(self) -> str:
        return f"{self.desk.url}/impact"

    @property
    def id(self) -> UUID:
        with self.desk.place.work() as session:
            newest = select(ImpactAssessment.id).order_by(
                ImpactAssessment.begun_at.desc(), ImpactAssessment.id.desc()
            )
            found = session.scalars(newest).first()
        assert found
        return found

    @property
    def one(self) -> str:
        return f"{self.url}/{self.id}"

    def found(self) -> ImpactFound:
        with self.desk.place.work() as session:
            found = read(session, self.id, self.desk.clock.at)
        assert found
        return found

    def says(self) -> list[str]:
        return [each.says for each in self.found().gaps]

    def blocking(self) -> list[str]:
        return [each.says for each in self.found().blocking]

    def begin(
        self,
        who: PageClient | None = None,
        lead: UUID | None = None,
        status: int = 200,
        *,
        earlier: bool = False,
    ) -> Page:
        who = who or self.lead
        who.get(self.url)
        said = {"lead": str(lead or self.lead_is.account_id)}
        asked = next(each for each in who.page.forms if each["action"].endswith("/impact"))["fields"]
        if "earlier" in asked:
            said["earlier"] = "y" if earlier else ""
        return who.submit(said, form="/impact", status=status)

    def write(self, page: str, http: int = 200, **answers: object) -> Page:
        self.lead.get(f"{self.one}/{page}")
        return self.lead.submit(answers, form=f"/{page.partition('?')[0]}", status=http)

    def row(self, key: str, http: int = 200, **answers: object) -> Page:
        return self.write(f"row?row={key}", http, **answers)

    def act(self, row: str = "race", status: int = 200, **said: str) -> Page:
        self.lead.get(f"{self.one}/actions")
        wanted = {"row": row, "says": "Book interpreters at once.", "owner": str(self.lead_is.account_id)}
        return self.lead.submit(wanted | {"due_on": "2026-05-01"} | said, form="/actions", status=status)

    def fill(self) -> None:
        """Everything that has to be written, and nothing that need not be."""
        who, now = Actor(self.lead_is.account_id, "Lee Lead"), self.desk.clock.at
        with self.desk.place.work() as session:
            one = beginning.begin(session, self.lead_is.account_id, who, now)
            revision = count(1)
            service.describe(session, one, ABOUT, self.lead_is.account_id, next(revision), who, now)
            service.keep_source(session, one, SURVEY, next(revision), who, now)
            for key, row in ROWS.items():
                said = SAME if row.section is Section.EQUALITY else Answer(("neutral",))
                service.answer(session, one, key, said, next(revision), who, now)

    def unwrite(self, key: str, said: Answer) -> None:
        """A row as it was before it was written in full."""
        who, revision = Actor(self.lead_is.account_id, "Lee Lead"), self.found().revision
        with self.desk.place.work() as session:
            service.answer(session, self.id, key, said, revision, who, self.desk.clock.at)

    def reply_to_everything(self) -> None:
        for part in dict.fromkeys(each.part for each in PROMPTS):
            self.write(
                f"questions?part={part}", **{each.key: "Said." for each in PROMPTS if each.part == part}
            )

    def sign(self, who: PageClient, status: int = 200, **said: str) -> Page:
        who.get(f"{self.one}/sign")
        return who.submit(said or {"comment": "Read in full."}, form="/sign", status=status)

    def sign_all(self) -> None:
        self.sign(self.lead, **SIGNED)
        self.sign(self.head)
        self.sign(self.director)
        self.sign(self.head)

    def action_ids(self) -> list[UUID]:
        with self.desk.place.work() as session:
            return list(
                session.scalars(select(ImpactAction.id).order_by(ImpactAction.made_at, ImpactAction.id))
            )

"""Whatever is still open on a closed case keeps its record, when it stands on nobody's list but a table's too."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import insert

from portal.cases.models import Case
from portal.cases.retention.jobs import erase_due
from portal.cases.retention.service import HoldKind, NotErasableError, erase, hold, lift
from portal.cases.retention.still_open import OPEN
from portal.cases.stages import close
from portal.domain.permissions import Role
from portal.every_table import metadata
from portal.store.audit import Actor
from portal.store.base import new_id
from portal.store.database import erasing
from tests.desk import MONDAY, Desk
from tests.partners_at_hand import an_agency, an_agreement

ME = Actor(None, "Robin Example")
YESTERDAY = date(2026, 2, 1)
TOMORROW = datetime.now(UTC) + timedelta(days=1)
"""By the clock of the database, which says whether an agency still has something."""
NOTED: dict[str, Any] = {"noted_at": MONDAY, "actor": ME.name, "sealed": b""}


def ended(desk: Desk) -> UUID:
    """A case whose record may be erased today."""
    case_id = desk.case()
    with desk.place.work() as session:
        close(session, case_id, "helped", "All is well.", ME, MONDAY)
        case = session.get_one(Case, (desk.place.id, case_id))
        case.keep_until, case.keeping_warned_on = YESTERDAY, YESTERDAY - timedelta(days=40)
    return case_id


class Something:
    """Puts something that is open into each table, on one case."""

    def __init__(self, desk: Desk, case_id: UUID) -> None:
        self.desk, self.case_id = desk, case_id

    def put(self, table: str, **said: object) -> UUID:
        row = {"landlord_id": self.desk.place.id, "id": new_id(), "case_id": self.case_id} | said
        with self.desk.place.work() as session:
            session.execute(insert(metadata.tables[table]).values(row))
        return row["id"]

    def in_table(self, table: str) -> None:
        getattr(self, table)()

    def task(self) -> None:
        self.put("task", kind="reply", made_at=MONDAY, made_by=ME.name, sealed=b"")

    def deadline(self) -> None:
        with self.desk.place.work() as session:
            version = session.get_one(Case, (self.desk.place.id, self.case_id)).policy_version_id
        said = {"event": "disclosure", "rule": {}, "clause": "", "stated": True, "origin": "policy"}
        self.put("deadline", **said, stop_act="responded", policy_version_id=version, started_at=MONDAY)

    def closing_request(self) -> None:
        by = self.desk.somebody(Role.OFFICER).account_id
        self.put("closing_request", asked_at=MONDAY, asked_by=by, asked_name="Sam", sealed=b"")

    def share(self, state: str = "waiting") -> UUID:
        said: dict[str, Any] = {"recipient_kind": "police", "parts": [], "documents": [], "concerns": []}
        by = self.desk.somebody(Role.OFFICER).account_id
        return self.put("share", state=state, asked_at=MONDAY, asked_by=by, sealed=b"", **said)

    def case_reader(self) -> None:
        by = self.desk.somebody(Role.MANAGER).account_id
        self.put("case_reader", emergency=True, account_id=by, made_by=by, since=MONDAY, sealed=b"")

    def safeguarding_concern(self, **decided: object) -> UUID:
        return self.put("safeguarding_concern", risk_group="adult", **NOTED, **decided)

    def serious_matter(self) -> None:
        self.put("serious_matter", matter="crime", **NOTED)

    def home_measure(self) -> None:
        said = {"measure": "locks", "source": "survivor", "state": "asked", "asked_at": MONDAY}
        self.put("home_measure", actor=ME.name, sealed=b"", **said)

    def file_request(self) -> None:
        self.put(
            "file_request",
            asker="acting",
            authority_seen=True,
            asked_on=YESTERDAY,
            made_at=MONDAY,
            sealed=b"",
        )

    def safeguarding_referral(self) -> None:
        of = self.safeguarding_concern(decision="refer", decided_at=MONDAY)
        said = {"door": "adults", "ground": "consent", "told": "told", "concern_id": of, "actor": ME.name}
        self.put(
            "safeguarding_referral", made_at=MONDAY, recorded_at=MONDAY, chase_at=MONDAY, sealed=b"", **said
        )

    def agency_grant(self) -> None:
        database, here = self.desk.database, self.desk.place.id
        agency_id, _name = an_agency(database)
        said = {"agency_id": agency_id, "agreement_id": an_agreement(database, here, agency_id, MONDAY)}
        by = {"made_by": self.desk.somebody(Role.OFFICER).account_id, "made_name": ME.name, "made_at": MONDAY}
        self.put(
            "agency_grant", share_id=self.share("ready"), parts=[], from_at=MONDAY, until_at=TOMORROW, sealed=b"",
            **said, **by,
        )  # fmt: skip

    def work_order(self) -> None:
        said = {
            "number": "1",
            "urgency": "routine",
            "state": "ordered",
            "ordered_at": MONDAY,
            "actor": ME.name,
        }
        self.put("work_order", visit_at=MONDAY, visit_until=MONDAY, sealed=b"", **said)

    def complaint(self) -> None:
        """Its hold was lifted by hand: the complaint stands against it by itself."""
        with self.desk.place.work() as session:
            held = hold(session, self.case_id, HoldKind.COMPLAINT, "Stage one.", ME, MONDAY)
            session.flush()
            lift(session, self.case_id, held, "By mistake.", ME, MONDAY)
        said = {"number": new_id().hex, "by": "survivor", "parts": [], "stage": "one", "step": "answer"}
        handler = self.desk.somebody(Role.COMPLAINTS).account_id
        at = {"received_at": MONDAY, "linked_at": MONDAY, "due_at": MONDAY}
        self.put("complaint", linked_by=ME.name, handler=handler, hold_id=held, sealed=b"", **said, **at)

    def home_offer(self) -> None:
        said = {"bedrooms": 2, "kind": "house", "tenure": "secure", "outcome": "open", "made_at": MONDAY}
        self.put("home_offer", actor=ME.name, sealed=b"", **said)


@pytest.mark.invariant(9)
@pytest.mark.clause("WHG-3.1c")
@pytest.mark.parametrize("table", sorted({table for _, table, _ in OPEN}))
def test_a_record_with_something_open_stays_whatever_it_is(desk: Desk, table: str) -> None:
    """Each by itself: nothing else stands against erasing the record, and without it the same record goes."""
    kept, goes = ended(desk), ended(desk)
    Something(desk, kept).in_table(table)
    erase_due(desk.place.work, MONDAY, erasing=erasing(desk.app.extensions["portal"].settings))
    with desk.place.work() as session:
        assert session.get_one(Case, (desk.place.id, goes)).erased_at
        assert session.get_one(Case, (desk.place.id, kept)).erased_at is None
        with pytest.raises(NotErasableError) as refused:
            erase(session, kept, ME, MONDAY)
    assert set(refused.value.stands) == {blocker for blocker, name, _ in OPEN if name == table}


@pytest.mark.invariant(9)
def test_every_kind_of_thing_that_can_be_open_is_looked_for() -> None:
    """Whoever takes one of them out of the list has to take it out here too, and say why."""
    made = {name for name in vars(Something) if not name.startswith("_")} - {"put", "in_table"}
    assert {table for _, table, _ in OPEN} == made

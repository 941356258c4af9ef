"""What follows for an officer: the notice of a case given to her, and once a day what rests on her list."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid5

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from portal.cases.confidentiality.queries import closed_to_some, matters
from portal.cases.models import Case, TimelineEntry
from portal.deadlines.hearers import Matter, who_hears
from portal.domain.calendar import in_london
from portal.domain.lifecycle import CaseStage
from portal.domain.policy.ladder import Hearer
from portal.messaging.words import Kind
from portal.people.colleagues import colleagues
from portal.store.database import scope_of
from portal.work.notices import Notice, desk_of, leave
from portal.work.programme import Open

RESTED = timedelta(days=14)  # the portal's own figure: no policy says how long a case may lie
OPEN = Case.stage != CaseStage.CLOSED.value


@dataclass(frozen=True, slots=True)
class Resting:
    """How many cases of one officer, or of nobody, need a look though nothing is due; and who may know of them."""

    matter: Matter
    count: int

    @property
    def assignee(self) -> UUID | None:
        """The officer who has them."""
        return self.matter.assignee


def tell_assignee(session: Session, ids: Mapping[str, UUID], now: datetime) -> None:
    """Tell an officer that a case is hers; not if she took it herself, or it has gone to somebody else since."""
    case_id, account_id = ids["case_id"], ids["account_id"]
    given = session.execute(
        select(TimelineEntry.id, TimelineEntry.account_id)
        .join(Case, (Case.landlord_id == TimelineEntry.landlord_id) & (Case.id == TimelineEntry.case_id))
        .where(Case.id == case_id, OPEN, Case.assigned_to == account_id, TimelineEntry.kind == "assigned")
        .order_by(TimelineEntry.at.desc(), TimelineEntry.id.desc())
        .limit(1)
    ).first()
    if given is None or given.account_id == account_id:
        return
    link = f"{desk_of(session)}/cases/{case_id}"
    leave(session, [Notice(account_id, given.id, Kind.ASSIGNED, link)], now)


def resting(session: Session, now: datetime) -> list[Resting]:
    """Cases without a next step, past the date until which they wait, or not touched for two weeks.

    HS-026 3.2 and STAR 1.6: a case is worked on actively, so one without a dated next step is shown and told.
    """
    touched = select(TimelineEntry.id).where(
        TimelineEntry.landlord_id == Case.landlord_id,
        TimelineEntry.case_id == Case.id,
        TimelineEntry.at > now - RESTED,
    )
    nothing_next = Case.next_due_at.is_(None) & Case.waiting_until.is_(None)
    rests = and_(OPEN, or_(nothing_next, Case.waiting_until < now, ~touched.exists()))
    rows = session.execute(
        select(Case.assigned_to, func.count()).where(rests, ~closed_to_some(session)).group_by(Case.assigned_to)
    )
    apart = session.scalars(select(Case.id).where(rests, closed_to_some(session))).all()
    return [
        *(Resting(Matter("", assignee=assignee), count) for assignee, count in rows),
        *(Resting(matter, 1) for matter in matters(session, apart).values()),
    ]


def send_digests(open_: Open, now: datetime) -> None:
    """One message a day to each who has something resting; whatever has nobody goes to those on duty."""
    with open_() as session:
        staff, counts = colleagues(session, now), Counter[UUID]()
        for each in resting(session, now):
            heard = who_hears(staff, Hearer.OFFICER, each.matter)
            if not heard.unattended:
                counts.update(dict.fromkeys(heard.accounts, each.count))
        today = uuid5(scope_of(session).landlord_id, f"digest {in_london(now).date()}")
        found = [Notice(who, today, Kind.DIGEST, "/desk/", count) for who, count in counts.items()]
        leave(session, found, now)

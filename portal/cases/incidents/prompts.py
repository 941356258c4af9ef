"""What a new incident asks of the officer: a fresh look at risk, and thinking of a child who was part of it.

Sources: AG/013 Objectives (violence tends to worsen); HS-026 4.7, 4.11; whg 2.4, 3.1; STAR 2.2, 3.14.
"""

from datetime import datetime, timedelta
from itertools import islice
from uuid import UUID

from sqlalchemy.orm import Session

from portal.cases.incidents.told import Told
from portal.cases.models import Case
from portal.cases.serious.service import Known, note_by_itself
from portal.cases.tasks import service as tasks
from portal.cases.tasks.service import Proposal
from portal.domain.calendar import WorkingCalendar, in_london
from portal.domain.serious import Because, Matter
from portal.domain.tasks import TaskKind
from portal.landlords.policies import pinned
from portal.store.audit import Actor

SOURCE = "incident"


def propose(
    session: Session, case: Case, first_id: UUID, told: Told, actor: Actor, now: datetime
) -> None:
    """Put the tasks on the case; a correction of the same incident asks for nothing twice."""
    under = pinned(session, case.policy_version_id)
    due_at, risk = end_of_next_working_day(under.calendar, now), under.policy.risk
    wanted = [
        (
            TaskKind.RISK_AGAIN,
            f"An incident was recorded ({told.happened.say()}). Look at the risk again.",
            risk.assessed_cases.clause or risk.instrument.clause,
        )
    ]
    if told.touches_a_child:
        words = "A child was part of an incident. Decide whether children’s services must know, and write down why."
        wanted.append((TaskKind.CHILD_SAFETY, words, risk.safeguarding.clause))
    if told.serious_crime:
        known = Known(told.what, Because.INCIDENT, first_id)
        note_by_itself(session, case.id, Matter.CRIME, known, actor, now)
    for kind, words, clause in wanted:
        proposal = Proposal(kind, words, due_at, clause, source=SOURCE, source_id=first_id)
        tasks.propose(session, case.id, proposal, actor, now)


def end_of_next_working_day(calendar: WorkingCalendar, now: datetime) -> datetime:
    """The portal's own target, no policy's: none of the first policies says how soon to look again."""
    tomorrow = in_london(now).date() + timedelta(days=1)
    return calendar.close_of_business(next(islice(calendar.working_days_from(tomorrow), 1)))

"""What follows when somebody offers a home for a need of ours: it is somebody's task to ask her."""

from datetime import datetime

from sqlalchemy import select

from portal.cases import service as cases
from portal.cases.tasks.proposed import tomorrow
from portal.cases.tasks.service import Proposal, propose
from portal.domain.tasks import TaskKind
from portal.homes.exchange.cards import thread_of
from portal.homes.exchange.models import ExchangeNeed
from portal.homes.exchange.needs import ANSWER
from portal.landlords.policies import pinned
from portal.store.audit import PORTAL
from portal.store.database import scope_of
from portal.work.programme import Open


def look_at_the_desk(open_: Open, now: datetime) -> None:
    """Each home that was offered and that nobody has answered becomes a task on the case. Twice is as good as once."""
    with open_() as session:
        rows = session.scalars(
            select(ExchangeNeed).where(
                ExchangeNeed.landlord_id == scope_of(session).landlord_id, ExchangeNeed.state == "posted"
            )
        ).all()
        for row in rows:
            thread = thread_of(session, row.thread)
            for home in thread.homes if thread else ():
                if home.refused or home.need_agrees:
                    continue
                under = pinned(session, cases.get(session, row.case_id).policy_version_id)
                words = "Another landlord has offered a home. Ask them, in a safe way, whether they want it."
                due_at = tomorrow(under.calendar, now)
                task = Proposal(TaskKind.EXCHANGE, words, due_at, source=ANSWER, source_id=home.side)
                propose(session, row.case_id, task, PORTAL, now)

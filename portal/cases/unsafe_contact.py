"""What follows a contact that happened though it was not safe: a senior is told at once, and looks whether they are.

Nobody hides it, because whoever records it loses nothing by it. Source: HS-026 4.5; the notice and its time are the
portal's own, no policy states them.
"""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from portal.cases.confidentiality.queries import matters
from portal.cases.models import Case
from portal.cases.opening import tell
from portal.cases.tasks.service import Proposal, propose
from portal.deadlines.hearers import who_hears
from portal.deadlines.telling import notices
from portal.domain.policy.ladder import Hearer
from portal.domain.tasks import TaskKind
from portal.messaging.words import Kind
from portal.people.colleagues import colleagues
from portal.store.audit import Actor
from portal.store.base import new_id
from portal.work.notices import desk_of, leave

AT_ONCE = timedelta(hours=1)


def follow(
    session: Session, case: Case, went_wrong: str, facts: dict[str, Any], actor: Actor, now: datetime
) -> None:
    """Write down what went wrong, tell a senior who may open the case, and set the task of looking after it."""
    entry_id = tell(session, case.id, "unsafe_contact", actor, now, facts=facts, words=went_wrong)
    matter = matters(session, [case.id])[case.id]
    heard = who_hears(colleagues(session, now), Hearer.SENIOR, matter)
    others = [each for each in heard.accounts if each != actor.account_id]
    leave(session, notices(heard, matter, Kind.EMERGENCY, entry_id, desk_of(session)), now)
    task = Proposal(
        TaskKind.UNSAFE_CONTACT,
        "A contact was not safe. Look whether they are, whether what is kept of safe contact is right, and what was "
        f"learned. What went wrong: {went_wrong}",
        now + AT_ONCE,
        owner=others[0] if others and not heard.unattended else None,
        source="unsafe contact",
        source_id=new_id(),
    )
    propose(session, case.id, task, actor, now)

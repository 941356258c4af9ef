"""Versions of the policy that wait for somebody: one that was proposed here, and one that the group offers."""

from collections.abc import Iterator

from sqlalchemy.orm import Session

from portal.domain.policy.said_date import last_day
from portal.governance.calendar.entries import Entry, Kind
from portal.governance.calendar.staff import Asked
from portal.governance.drafts.queries import draft, offered
from portal.governance.drafts.reading import as_policy


def proposal(session: Session, _asked: Asked) -> Iterator[Entry]:
    """A version that was proposed: unless somebody approves it before its day, it never comes into force."""
    found = draft(session)
    if found is None or found.is_open:
        return
    document = as_policy(found.content).whole().document
    key, name = f"approval {found.id} {found.revision}", document.version.value or document.cite
    day = last_day(document.in_force_from.value)
    yield Entry(Kind.APPROVAL, key, name, day, "policy/draft/decide", owner="Whoever may approve it")


def offer(session: Session, asked: Asked) -> Iterator[Entry]:
    """What the group wrote for all its members: here it changes nothing until somebody goes on with it."""
    since = offered(session)
    if since is not None:
        name = asked.policy.document.title.value or asked.policy.document.cite
        key, owner = f"offer {since.isoformat()}", "Whoever writes the policy"
        yield Entry(Kind.OFFER, key, name, None, "policy/draft", owner=owner)

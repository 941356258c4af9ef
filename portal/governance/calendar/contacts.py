"""Forums and contacts in the calendar: those whose day comes, and what is not set up though the policy promises it."""

from collections.abc import Iterator

from sqlalchemy.orm import Session

from portal.governance.calendar.entries import Entry, Kind
from portal.governance.calendar.staff import Asked, owned
from portal.partners.forums.queries import register

PATH = "forums"


def forums(session: Session, asked: Asked) -> Iterator[Entry]:
    """Each with its next day; a contact without a rhythm, and an empty register of what is promised, as a gap."""
    rows, promised = register(session), asked.policy.partners.forums
    clause = promised.clause or ""
    if promised.value and not rows:
        says = "No forum and no contact is set up yet"
        yield owned(asked, Entry(Kind.FORUM, "forums", says, None, PATH, asked.answering, clause=clause, gap=True))
    for each in rows:
        key, path = f"forum {each.id} {each.next_on}", f"{PATH}/{each.id}"
        gap = each.lacks_rhythm and each.next_on is None
        says = f"{each.name}: no rhythm is set" if each.lacks_rhythm else each.name
        yield owned(asked, Entry(Kind.FORUM, key, says, each.next_on, path, each.owner_id, clause=clause, gap=gap))

"""How and when somebody can be reached, shown before any number; and the showing of one, guarded and written down.

Sources: HS-026 3.3, 4.5; whg 2.1.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy.orm import Session

from portal.cases import service
from portal.cases.frame import Reader
from portal.cases.opening import tell
from portal.cases.words import CHANNELS
from portal.domain.contact import Channel, SafeContact, Verdict, guard, next_safe_moment
from portal.domain.contact.record import Said
from portal.domain.permissions import Permission
from portal.store import audit
from portal.store.audit import Fact

LEADS_TO = {
    Channel.CALL: "number",
    Channel.TEXT: "number",
    Channel.EMAIL: "email address",
    Channel.LETTER: "address",
    Channel.VISIT: "place",
    Channel.SOMEBODY_ELSE: "number of somebody else",
}
ASKED_APART = tuple(each for each in LEADS_TO if each is not Channel.SOMEBODY_ELSE)
"""The channels of which it is asked one by one whether they are safe; of somebody else, who they are."""


class WayRow(NamedTuple):
    """One channel at this moment: whether it is safe, why not, how, and when next."""

    channel: Channel
    name: str
    leads_to: str
    preferred: bool
    verdict: Verdict
    next_at: datetime | None
    said: str

    @property
    def allowed(self) -> bool:
        """Is it safe now?"""
        return self.verdict.allowed


@dataclass(frozen=True, slots=True)
class Revealed:
    """What came of asking for a number or address: the detail, or the reasons why it stays hidden."""

    way: WayRow
    detail: str | None


@dataclass(frozen=True, slots=True)
class Ways:
    """Every channel in the order in which to think of them, and what holds for each that they said is safe."""

    rows: tuple[WayRow, ...]
    always: tuple[str, ...]

    def __iter__(self) -> Iterator[WayRow]:
        """One channel after the other."""
        return iter(self.rows)

    def only(self, row: WayRow) -> tuple[str, ...]:
        """How to use this channel, beside what holds for each; nothing where it is not safe."""
        if row.said != Said.SAFE:
            return ()
        return tuple(each for each in row.verdict.how if each not in self.always)


def ways(safe: SafeContact, now: datetime) -> Ways:
    """Every channel: those safe now first, the preferred one at the top; then those that are not, with reasons."""
    rows = [way(safe, channel, now) for channel in LEADS_TO]
    rows.sort(key=lambda row: (not row.allowed, not row.preferred, row.said == "unknown"))
    return Ways(tuple(rows), _shared([row.verdict.how for row in rows if row.said == Said.SAFE]))


def _shared(hows: list[tuple[str, ...]]) -> tuple[str, ...]:
    """What several channels all say, told once; of one channel alone it is told there."""
    several = len(hows) > 1
    return tuple(each for each in hows[0] if all(each in other for other in hows[1:])) if several else ()


def way(safe: SafeContact, channel: Channel, now: datetime) -> WayRow:
    """One channel at this moment."""
    said = safe.way(channel)
    return WayRow(
        channel=channel,
        name=CHANNELS[channel],
        leads_to=LEADS_TO.get(channel, ""),
        preferred=said.preferred,
        verdict=guard(safe, channel, now),
        next_at=next_safe_moment(safe, channel, now),
        said=said.said.value,
    )


def reveal(session: Session, case_id: UUID, channel: Channel, reader: Reader, *, why: str = "") -> Revealed:
    """Show the number or address of a channel, if it is safe to use now or somebody overrides with a reason.

    Both answers are written into the audit; the reason of an override also into the timeline. Whether the
    reader may override is for the caller to know: `why` is empty for all who may not.
    """
    case = service.get(session, case_id)
    safe = service.safe_contact(session, case)
    row = way(safe, channel, reader.now)
    if not row.allowed and not why.strip():
        _record(session, Fact.CONTACT_REFUSED, case_id, channel, reader)
        return Revealed(row, None)
    if not row.allowed:
        facts = {"channel": channel.value, "for": "details"}
        tell(session, case_id, "override", reader.actor, reader.now, facts=facts, words=why.strip())
        overriding = Reader(reader.actor, Permission.CONTACT_OVERRIDE.value, reader.now)
        _record(session, Fact.CONTACT_OVERRIDDEN, case_id, channel, overriding)
    _record(session, Fact.CONTACT_DETAILS_READ, case_id, channel, reader)
    return Revealed(row, safe.way(channel).detail)


def refused(session: Session, case_id: UUID, channel: Channel, reader: Reader) -> None:
    """Write down that a contact was refused; for use after the attempt itself was rolled back."""
    _record(session, Fact.CONTACT_REFUSED, case_id, channel, reader)


def _record(session: Session, fact: Fact, case_id: UUID, what: str, reader: Reader) -> None:
    audit.record(
        session,
        fact,
        reader.actor,
        reader.now,
        permission=reader.permission,
        subject="case",
        subject_id=case_id,
        detail=what,
    )

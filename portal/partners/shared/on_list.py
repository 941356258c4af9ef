"""Everything that an agency's worker has in hand, in one list: cases that are shared, and what stands above this part.

What other parts have on the list is handed in by portal.app under the name ABOVE: the conference stands above agencies.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy.orm import Session

from portal.cases.disclosures.words import PARTS
from portal.domain.calendar import in_london
from portal.partners.asked import queries as asked
from portal.partners.shared.queries import SharedRow

ABOVE = "agency_list"


class Kind(StrEnum):
    """Why a case is on the list."""

    SHARED = "shared"
    CONFERENCE = "conference"


@dataclass(frozen=True, slots=True)
class Page:
    """Where something is opened: a page, and what it is about."""

    endpoint: str
    values: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class OnList:
    """One case: whose, why it is here, how it stands, and the next moment that counts; None where that is now."""

    kind: Kind
    reference: str
    page: Page
    landlord: str
    who: str
    why: tuple[str, ...]
    state: str
    look: str
    at: datetime | None


@dataclass(frozen=True, slots=True)
class ToDo:
    """One thing to do, and by when."""

    kind: Kind
    words: str
    page: Page
    due_on: date
    late: bool
    state: str
    whose: str


@dataclass(frozen=True, slots=True)
class InHand:
    """The list and what is to be done, each with the most pressing first."""

    cases: tuple[OnList, ...] = ()
    todo: tuple[ToDo, ...] = ()

    def only(self, kind: Kind | None) -> "InHand":
        """What is there for one reason alone."""
        if kind is None:
            return self
        return InHand(
            tuple(each for each in self.cases if each.kind is kind),
            tuple(each for each in self.todo if each.kind is kind),
        )


Above = Callable[[Session, datetime], InHand]


def in_hand(session: Session, rows: Iterable[SharedRow], above: Iterable[Above], now: datetime) -> InHand:
    """Everything that is there for whoever asks: what has no moment yet, then by the next one; what is over last."""
    found = [_shared(session, list(rows), in_london(now).date()), *(each(session, now) for each in above)]
    cases = [case for each in found for case in each.cases]
    todo = [one for each in found for one in each.todo]
    cases.sort(key=lambda each: (each.at is not None, (each.at or now) < now, each.at or now, each.reference))
    todo.sort(key=lambda each: (each.due_on, each.whose))
    return InHand(tuple(cases), tuple(todo))


def _shared(session: Session, rows: list[SharedRow], today: date) -> InHand:
    references = {each.id: each.offer["reference"] for each in rows}
    cases = tuple(
        OnList(
            Kind.SHARED, each.offer["reference"], Page("shared.case", {"grant_id": each.id}), each.landlord,
            each.made_name, tuple(PARTS[part] for part in each.parts), "Shared", "untimed", each.until_at,
        )
        for each in rows
        if each.accepted
    )  # fmt: skip
    todo = tuple(
        ToDo(
            Kind.SHARED, each.words, Page("asked.end", {"grant_id": each.grant_id, "asked_id": each.id}),
            each.due_on, each.late(today), f"Taken by {each.taken_name}" if each.taken_name else "Not taken yet",
            references.get(each.grant_id, ""),
        )
        for each in asked.open_ones(session)
    )  # fmt: skip
    return InHand(cases, todo)

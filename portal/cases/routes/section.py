"""Answering with a page of one section of a case, in the frame that all of them stand in."""

from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import Any, Protocol, TypeVar
from uuid import UUID

from flask import request, url_for
from werkzeug.wrappers import Response

from portal.cases import frame, reaching
from portal.cases.frame import Frame
from portal.cases.routes.blueprint import reader
from portal.cases.sections import Group, Section, sections_for
from portal.cases.service import NoSuchCaseError
from portal.cases.words import WAITING_FOR
from portal.deadlines import words
from portal.domain.permissions import Permission, permissions_of
from portal.store.scope import NOBODY
from portal.web.fragments import page
from portal.web.here import now
from portal.web.landlord import current_landlord, work
from portal.web.principal import me

SHOWN_TO = {
    each.name.lower(): each
    for each in (
        Permission.CASE_WORK,
        Permission.CASE_ASSIGN,
        Permission.CASE_CLOSE,
        Permission.CONTACT_OVERRIDE,
        Permission.AUDIT_READ,
        Permission.CLOSING_APPROVE,
        Permission.RECORD_KEEP,
        Permission.IDENTITY_READ,
        Permission.POLICY_APPROVE,
    )
}
"""What a page of a case asks of its reader, by the name that templates have for it."""
Link = tuple[str, str, str, str]
"""A section: its title, its address behind that of the case, its endpoint, and the part of the portal that it is in."""


class HasId(Protocol):
    """A row of a case, with an id of its own."""

    @property
    def id(self) -> UUID:
        """Which one it is."""


Row = TypeVar("Row", bound=HasId)


def one_of(case_id: UUID, rows: Callable[[Any, Frame], Iterable[Row]], wanted: UUID) -> tuple[Frame, Row]:
    """A case and one of its rows; another case's row looks as if it were not there."""
    with work() as session:
        found = frame.read(session, case_id, reader())
        row = next((each for each in rows(session, found) if each.id == wanted), None)
    if row is None:
        raise NoSuchCaseError
    return found, row


Line = TypeVar("Line")


def newest_of(rows: Sequence[Line], most: int) -> tuple[Sequence[Line], bool]:
    """The newest lines of a long list, and whether older ones were left out; all of them where the page asks so."""
    return (rows, False) if whole() else (rows[:most], len(rows) > most)


def whole() -> bool:
    """Was the page asked for with everything that it has?"""
    return request.args.get("whole") == "yes"


def section(
    template: str, found: Frame, *, block: str | None = None, status: int = 200, **context: object
) -> Response:
    """A page of a case; `template` extends layouts/case.html and fills its block `section`."""
    return page(template, block=block, status=status, **framed(found) | context)


def framed(found: Frame) -> dict[str, Any]:
    """What the frame is made from."""
    may = permissions_of(me().roles.get(current_landlord().id, frozenset()))
    return {
        "story": found,
        "case": found.case,
        "ways": reaching.ways(found.safe, now()),
        "revealed": None,
        "may": {name: each in may for name, each in SHOWN_TO.items()},
        "sections": _links(may),
        "next_act": words.act(found.case.next_stop_act),
        "waits": WAITING_FOR.get(found.case.waiting_for or "", found.case.waiting_for),
    }


@cache
def _links(may: frozenset[Permission]) -> list[tuple[Group, list[Link]]]:
    """The sections under their headings, alike for all cases and for everybody who may open the same ones."""
    case = url_for("cases.case", case_id=NOBODY)

    def link(each: Section) -> Link:
        url = url_for(each.endpoint, case_id=NOBODY)
        if not url.startswith(case):
            raise ValueError(f"The section {each.title} does not stand behind the address of its case.")
        return each.title, url.removeprefix(case), each.endpoint, each.endpoint.partition(".")[0]

    return [(group, [link(each) for each in found]) for group, found in sections_for(may)]

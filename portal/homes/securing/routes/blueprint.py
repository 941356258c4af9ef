"""What the pages about the present home share: their addresses, and what is known of it in the frame of its case."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import Blueprint, url_for
from werkzeug.wrappers import Response

from portal.cases import frame
from portal.cases.frame import Frame
from portal.cases.routes.blueprint import CASE, reader
from portal.homes.securing import queries
from portal.homes.securing.queries import HomeWork
from portal.homes.securing.words import JOBS, PAYERS, POLICE, RIGHTS, SOURCES, STATES, URGENCIES, pounds
from portal.web.fragments import moved
from portal.web.landlord import work

HOME = CASE + "/home"
pages = Blueprint("securing", __name__, url_prefix="/desk")
WORDS: dict[str, Any] = {
    "sources": SOURCES,
    "states": STATES,
    "rights": RIGHTS,
    "payers": PAYERS,
    "police": POLICE,
    "urgencies": URGENCIES,
    "jobs": JOBS,
    "pounds": pounds,
}


@dataclass(frozen=True, slots=True)
class HomePage:
    """The frame of a case, and what is done about its home."""

    frame: Frame
    work: HomeWork


def read(case_id: UUID) -> HomePage:
    """Both, written into the audit as a reading."""
    with work() as session:
        found = frame.read(session, case_id, reader())
        return HomePage(found, queries.home_work(session, case_id, found.policy))


def kept(case_id: UUID, what: str) -> str:
    """The address of the section, which says what was kept."""
    return url_for("securing.home", case_id=case_id, done=what)


def back(case_id: UUID, what: str) -> Response:
    """To the section."""
    return moved(kept(case_id, what))

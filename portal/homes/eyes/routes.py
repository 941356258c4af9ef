"""The page on which the papers of a case are read as somebody else would read them."""

from typing import Any
from uuid import UUID

from flask import Blueprint, request
from werkzeug.wrappers import Response

from portal.cases import frame
from portal.cases.routes.blueprint import CASE, reader
from portal.cases.routes.section import section
from portal.domain.calendar import in_london
from portal.domain.eyes import Eyes
from portal.domain.permissions import Permission
from portal.homes.eyes import queries
from portal.homes.eyes.words import EYES, HOW, PAPERS
from portal.homes.securing.words import URGENCIES
from portal.web.access import needs
from portal.web.here import now
from portal.web.landlord import work

pages = Blueprint("eyes", __name__, url_prefix="/desk")
WORDS: dict[str, Any] = {"eyes": EYES, "papers": PAPERS, "how": HOW, "urgencies": URGENCIES}


@pages.get(CASE + "/tenancy-file/<uuid:request_id>/as")
@needs(Permission.CASE_READ)
def read_as(case_id: UUID, request_id: UUID) -> Response:
    """Every paper as the joint tenant reads it, or the solicitor, the contractor, the call centre."""
    wanted = request.args.get("who", "")
    who = Eyes(wanted) if wanted in set(Eyes) else Eyes.JOINT_TENANT
    with work() as session:
        found = frame.read(session, case_id, reader())
        read = queries.read_as(session, found, request_id, who, in_london(now()).date())
    return section("homes/eyes/read_as.html", found, block="read_as", row=read.row, seen=read.seen, reads=who, **WORDS)

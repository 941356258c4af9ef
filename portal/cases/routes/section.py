"""Answering with a page of one section of a case, in the frame that all of them stand in."""

from typing import Any

from werkzeug.wrappers import Response

from portal.cases import reaching
from portal.cases.frame import Frame
from portal.cases.sections import SECTIONS, grouped
from portal.cases.words import WAITING_FOR
from portal.deadlines import words
from portal.domain.permissions import Permission
from portal.web.fragments import page
from portal.web.here import now
from portal.web.landlord import current_landlord
from portal.web.principal import me

SHOWN_TO = (
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


def section(
    template: str, found: Frame, *, block: str | None = None, status: int = 200, **context: object
) -> Response:
    """A page of a case; `template` extends layouts/case.html and fills its block `section`."""
    return page(template, block=block, status=status, **framed(found) | context)


def framed(found: Frame) -> dict[str, Any]:
    """What the frame is made from."""
    here = current_landlord().id
    return {
        "story": found,
        "case": found.case,
        "ways": reaching.ways(found.safe, now()),
        "revealed": None,
        "may": {each.name.lower(): me().can(here, each) for each in SHOWN_TO},
        "sections": grouped(each for each in SECTIONS if me().can(here, each.permission)),
        "next_act": words.act(found.case.next_stop_act),
        "waits": WAITING_FOR.get(found.case.waiting_for or "", found.case.waiting_for),
    }

"""The page of one case, its timeline, and the showing of a number."""

from typing import Any
from uuid import UUID

from flask import request
from werkzeug.wrappers import Response

from portal.cases import preferences, reaching, story
from portal.cases.forms import NoteForm, NumberForm
from portal.cases.narrowing import Narrowed
from portal.cases.reaching import Revealed
from portal.cases.routes.blueprint import CASE, pages, reader
from portal.cases.routes.section import framed
from portal.cases.signposts import queries as signposts
from portal.cases.timeline import SHOWN
from portal.domain.contact import Channel
from portal.domain.for_whom import TAGS
from portal.domain.permissions import Permission
from portal.web.access import needs
from portal.web.forms import blank
from portal.web.fragments import page
from portal.web.here import now
from portal.web.landlord import current_landlord, work
from portal.web.principal import me

FRAME = "layouts/case.html"


@pages.get(CASE)
@needs(Permission.CASE_READ)
def case(case_id: UUID) -> Response:
    """The whole case; with htmx only its timeline, of the kind or page that was asked for."""
    return page("cases/case.html", block="timeline", **shown(case_id))


@pages.post(CASE + "/number")
@needs(Permission.CASE_WORK)
def number(case_id: UUID) -> Response:
    """Show a number or address, or say why it stays hidden. Nothing is shown before how and when."""
    form = NumberForm()
    if not form.validate():
        return page("cases/case.html", block="reach", of=FRAME, status=422, **shown(case_id))
    may_override = me().can(current_landlord().id, Permission.CONTACT_OVERRIDE)
    why = (form.why.data or "") if may_override else ""
    with work() as session:
        revealed = reaching.reveal(session, case_id, Channel(form.channel.data), reader(), why=why)
    status = 200 if revealed.detail is not None else 422
    return page("cases/case.html", block="reach", of=FRAME, status=status, **shown(case_id, revealed))


def shown(case_id: UUID, revealed: Revealed | None = None, note: NoteForm | None = None) -> dict[str, Any]:
    """What the page of a case is made from."""
    with work() as session:
        told = signposts.pose_told_in(session, case_id)
        found = story.read(session, case_id, reader(), Narrowed.read(request.args))
        writers = story.writers(session, found.timeline, now())
    return framed(found) | {
        "revealed": revealed,
        "to_offer": signposts.still_to_offer(found, told(), signposts.services_of(current_landlord().face)),
        "for_whom": TAGS,
        "kinds": SHOWN,
        "wishes": [preferences.WISHES[wish] for wish in found.wishes],
        "writers": writers,
        "note": note or blank(NoteForm),
    }

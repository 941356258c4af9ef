"""The pages: asking an agency, and its answer."""

from typing import Any
from uuid import UUID

from flask import Blueprint, current_app, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException, NotFound
from werkzeug.wrappers import Response

from portal.cases import frame
from portal.cases.routes.blueprint import CASE, reader
from portal.cases.routes.section import section
from portal.cases.tasks.forms import ENDINGS
from portal.cases.tasks.service import Ending
from portal.domain.agency_roles import AgencyPermission
from portal.domain.calendar import in_london
from portal.domain.permissions import Permission
from portal.partners.asked import queries, service
from portal.partners.asked.forms import AskForm, CameForm
from portal.partners.asked.service import AskedChangedError, AskedRefusedError, NotAskedError
from portal.partners.grants import queries as grants
from portal.partners.grants.service import NoSuchGrantError
from portal.partners.shared.queries import SharedRow
from portal.partners.shared.service import NotSharedError, offered
from portal.store.audit import Actor
from portal.web.access import needs, needs_at_agency
from portal.web.fragments import kept, moved, page
from portal.web.here import agency_work, my_agency, now, taking_in
from portal.web.landlord import work
from portal.web.principal import actor, me

pages = Blueprint("asked", __name__, url_prefix="/desk")
ONE = "/partner/cases/<uuid:grant_id>/asked/<uuid:asked_id>"


@pages.app_errorhandler(NotAskedError)
def missing(_error: Exception) -> HTTPException | ResponseReturnValue:
    """What is asked of others answers as what never was."""
    return current_app.handle_http_exception(NotFound())


@pages.route(CASE + "/agencies/<uuid:grant_id>/ask", methods=["GET", "POST"])
@needs(Permission.CASE_WORK)
def ask(case_id: UUID, grant_id: UUID) -> Response:
    """Ask an agency that has the case to do something."""
    form = AskForm()
    with work() as session:
        found = frame.read(session, case_id, reader())
        row = grants.one(session, case_id, grant_id)
    if row is None:
        raise NoSuchGrantError
    if form.is_submitted() and form.validate():
        try:
            with work() as session:
                service.ask(session, case_id, grant_id, form.words.data, form.due_on.data, actor(), now())
        except AskedRefusedError as refused:
            form.refuse(refused.field, str(refused))
        else:
            return moved(url_for("grants.grants", case_id=case_id, done="asked"))
    status = 422 if form.is_submitted() else 200
    return section("partners/asked/ask.html", found, status=status, form=form, row=row)


@pages.post(ONE + "/take")
@needs_at_agency(AgencyPermission.CASES_READ)
def take(grant_id: UUID, asked_id: UUID) -> Response:
    """Somebody here does it."""
    done = "asked-taken"
    _shared(grant_id)
    try:
        with agency_work() as session:
            service.take(session, grant_id, asked_id, _actor(), now())
    except AskedChangedError:
        done = "asked-meanwhile"
    return kept(
        url_for("shared.case", grant_id=grant_id, done=done), "partners/shared/case.html", "asked",
        lambda: _asked(grant_id),
    )  # fmt: skip


@pages.route(ONE, methods=["GET", "POST"])
@needs_at_agency(AgencyPermission.CASES_READ)
def end(grant_id: UUID, asked_id: UUID) -> Response:
    """What came of it."""
    form, row = CameForm(), _shared(grant_id)
    with agency_work() as session:
        asked = next((each for each in queries.of_grant(session, grant_id) if each.id == asked_id), None)
    if asked is None:
        raise NotAskedError
    if asked.ended_at:
        return moved(url_for("shared.case", grant_id=grant_id, done="asked-meanwhile"))
    if form.is_submitted() and form.validate():
        ending = Ending(form.ending.data)
        try:
            with agency_work() as session:
                service.end(session, grant_id, asked_id, ending, form.words.data or "", _actor(), now())
        except AskedRefusedError as refused:
            form.refuse(refused.field, str(refused))
        except AskedChangedError:
            return moved(url_for("shared.case", grant_id=grant_id, done="asked-meanwhile"))
        else:
            with taking_in(row.landlord_id) as session:
                service.note_end(session, asked.case_id, asked_id, ending, _actor(), now())
            return moved(url_for("shared.case", grant_id=grant_id, done="asked-ended"))
    status = 422 if form.is_submitted() else 200
    return page(
        "partners/asked/end.html", block="ends", status=status, agency=my_agency(), row=row, asked=asked, form=form
    )


def _shared(grant_id: UUID) -> SharedRow:
    with agency_work() as session:
        found = offered(session, grant_id)
    if not found.accepted:
        raise NotSharedError
    return found


def _asked(grant_id: UUID) -> dict[str, Any]:
    """What is asked about this case, as it is now: only where it is still shared."""
    row = _shared(grant_id)
    with agency_work() as session:
        todo = queries.of_grant(session, grant_id)
    return {"row": row, "todo": todo, "today": in_london(now()).date(), "endings": ENDINGS}


def _actor() -> Actor:
    return Actor(me().account_id, f"{me().name}, {my_agency().name}")

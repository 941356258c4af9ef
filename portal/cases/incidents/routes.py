"""The incident log of a case: reading it, adding to it, and correcting by adding."""

from uuid import UUID

from flask import Blueprint, request, url_for
from werkzeug.wrappers import Response

from portal.cases import frame
from portal.cases.incidents import queries, service
from portal.cases.incidents.forms import CorrectionForm, IncidentForm
from portal.cases.incidents.service import CorrectedAlreadyError
from portal.cases.routes.blueprint import CASE, reader
from portal.cases.routes.section import section
from portal.cases.service import NoSuchCaseError
from portal.domain.calendar import in_london
from portal.domain.happened import UnfitTimeError
from portal.domain.permissions import Permission
from portal.web.access import needs
from portal.web.fragments import moved
from portal.web.here import now
from portal.web.landlord import work
from portal.web.principal import actor

pages = Blueprint("incidents", __name__, url_prefix="/desk")


@pages.get(CASE + "/incidents")
@needs(Permission.CASE_READ)
def incidents(case_id: UUID) -> Response:
    """What has been done to them, what happened last first."""
    with work() as session:
        found = frame.read(session, case_id, reader())
        log = queries.log(session, case_id, request.args.get("before", ""))
    return section("cases/incidents/incidents.html", found, log=log)


@pages.get(CASE + "/incidents/new")
@needs(Permission.CASE_WORK)
def new_incident(case_id: UUID) -> Response:
    """The form for an incident; it was told now, unless somebody says otherwise."""
    at = in_london(now())
    return _form(case_id, IncidentForm(told_day=at.date(), told_time=at.time()))


@pages.post(CASE + "/incidents/new")
@needs(Permission.CASE_WORK)
def record_incident(case_id: UUID) -> Response:
    """Keep an incident; nothing that was typed is lost where the time does not fit together."""
    form = IncidentForm()
    if not form.validate():
        return _form(case_id, form, status=422)
    try:
        with work() as session:
            service.record(session, case_id, form.told(), actor(), now())
    except UnfitTimeError as unfit:
        form.refuse(unfit.field, str(unfit))
        return _form(case_id, form, status=422)
    return moved(url_for("incidents.incidents", case_id=case_id, done="incident"))


@pages.get(CASE + "/incidents/<uuid:incident_id>/correct")
@needs(Permission.CASE_WORK)
def correction(case_id: UUID, incident_id: UUID) -> Response:
    """The record as it is, to be put right by another."""
    with work() as session:
        kept = queries.kept(session, case_id, incident_id)
    if kept is None:
        raise NoSuchCaseError
    return _form(case_id, CorrectionForm(data=CorrectionForm.filled(kept) | {"why": ""}), incident_id=incident_id)


@pages.post(CASE + "/incidents/<uuid:incident_id>/correct")
@needs(Permission.CASE_WORK)
def correct_incident(case_id: UUID, incident_id: UUID) -> Response:
    """Keep the correction beside the first record; where somebody was quicker, both are shown."""
    form = CorrectionForm()
    status, changed = 422, False
    if form.validate():
        try:
            with work() as session:
                service.correct(session, case_id, incident_id, form.told(), actor(), now())
        except UnfitTimeError as unfit:
            form.refuse(unfit.field, str(unfit))
        except CorrectedAlreadyError:
            status, changed = 409, True
        else:
            return moved(url_for("incidents.incidents", case_id=case_id, done="incident-corrected"))
    return _form(case_id, form, incident_id=incident_id, status=status, changed=changed)


def _form(
    case_id: UUID,
    form: IncidentForm,
    *,
    incident_id: UUID | None = None,
    status: int = 200,
    changed: bool = False,
) -> Response:
    with work() as session:
        found = frame.read(session, case_id, reader())
        first = queries.one(session, case_id, incident_id) if incident_id else None
        newer = queries.one(session, case_id, first.corrected_by) if first and first.corrected_by else None
    if incident_id and first is None:
        raise NoSuchCaseError
    return section(
        "cases/incidents/form.html", found, status=status, form=form, first=first, newer=newer, changed=changed
    )

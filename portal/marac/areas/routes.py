"""The pages on which a coordinator sees to an area: how it works, its numbers, meetings, and who sits there."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import Blueprint, current_app, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException, NotFound
from werkzeug.wrappers import Response

from portal.cases.disclosures.words import RECIPIENTS
from portal.domain.agency_roles import AgencyPermission
from portal.marac.areas import queries, service
from portal.marac.areas.forms import AreaForm, LinesForm, MeetingForm, SeatForm
from portal.marac.areas.queries import AreaRow
from portal.marac.areas.service import AreaChangedMeanwhileError, AreaRefusedError, NoSuchAreaError
from portal.partners.agencies.queries import agencies
from portal.web.access import needs_at_agency
from portal.web.forms import Form
from portal.web.fragments import kept, page
from portal.web.here import agency_work, my_agency, now
from portal.web.landlord import Work
from portal.web.principal import actor

pages = Blueprint("areas", __name__, url_prefix="/desk/partner/conference")
ONE = "/areas/<uuid:area_id>"


@pages.app_errorhandler(NoSuchAreaError)
def missing(_error: Exception) -> HTTPException | ResponseReturnValue:
    """An area of another coordinator answers as one that never was."""
    return current_app.handle_http_exception(NotFound())


@pages.route(ONE, methods=["GET", "POST"])
@needs_at_agency(AgencyPermission.CONFERENCE)
def area(area_id: UUID) -> Response:
    """How it works."""
    form = AreaForm()
    if not form.is_submitted():
        return _page(area_id)
    if form.validate():
        try:
            with agency_work() as session:
                service.change(session, area_id, form.revision.data, form.terms(), actor())
        except AreaChangedMeanwhileError:
            form.revision.data = _area(area_id).revision
            return _page(area_id, area=form, changed=True, status=409)
        return _kept(area_id, "conference-area")
    return _page(area_id, area=form, status=422)


@pages.post(ONE + "/lines")
@needs_at_agency(AgencyPermission.CONFERENCE)
def lines(area_id: UUID) -> Response:
    """Its own numbers from a day on."""
    form = LinesForm()
    return _keep(
        area_id, "lines", form, lambda session: service.draw_lines(session, area_id, form.lines(), actor(), now())
    )


@pages.post(ONE + "/meetings")
@needs_at_agency(AgencyPermission.CONFERENCE)
def meet(area_id: UUID) -> Response:
    """A meeting for the calendar."""
    form = MeetingForm()
    return _keep(
        area_id,
        "meeting",
        form,
        lambda session: service.meet(session, area_id, form.at(), form.closes_at(), actor(), now()),
    )


@pages.post(ONE + "/seats")
@needs_at_agency(AgencyPermission.CONFERENCE)
def seat(area_id: UUID) -> Response:
    """An agency sits there."""
    form, row = SeatForm(), _area(area_id)
    with agency_work() as session:
        form.offer(agencies(session), row)
    return _keep(
        area_id,
        "seat",
        form,
        lambda session: service.seat(session, area_id, UUID(form.agency.data), actor(), now()),
    )


@pages.post(ONE + "/seats/<uuid:seat_id>/end")
@needs_at_agency(AgencyPermission.CONFERENCE)
def unseat(area_id: UUID, seat_id: UUID) -> Response:
    """It sits there no more."""
    with agency_work() as session:
        service.unseat(session, area_id, seat_id, now())
    return _kept(area_id, "conference-unseated")


def _keep(area_id: UUID, name: str, form: Form, write: Callable[[Work], object]) -> Response:
    """Keep what one of the forms says, or show the page with what is wrong in it."""
    _area(area_id)
    if form.validate():
        try:
            with agency_work() as session:
                write(session)
        except AreaRefusedError as refused:
            form.refuse(refused.field, str(refused))
        else:
            return _kept(area_id, f"conference-{name}")
    return _page(area_id, status=422, **{name: form})


def _area(area_id: UUID) -> AreaRow:
    with agency_work() as session:
        row = queries.area(session, area_id)
    if row is None or row.agency_id != my_agency().id:
        raise NoSuchAreaError
    return row


def _kept(area_id: UUID, done: str) -> Response:
    url = url_for("areas.area", area_id=area_id, done=done)
    return kept(url, "marac/area.html", "area", lambda: _seen(area_id) | {"done": done})


def _page(area_id: UUID, *, status: int = 200, changed: bool = False, **forms: Form) -> Response:
    return page("marac/area.html", block="area", status=status, **_seen(area_id, changed=changed, **forms))


def _seen(area_id: UUID, *, changed: bool = False, **forms: Form) -> dict[str, Any]:
    row = _area(area_id)
    with agency_work() as session:
        listed = agencies(session)
    same = {
        "rhythm": row.rhythm, "deadline_days": row.deadline_days, "secure_address": row.secure_address,
        "contact": row.contact, "revision": row.revision,
    }  # fmt: skip
    seats = forms.get("seat") or SeatForm(formdata=None)
    if isinstance(seats, SeatForm):
        seats.offer(listed, row)
    shown = {
        "area_form": forms.get("area") or AreaForm(formdata=None, data=same),
        "lines_form": forms.get("lines") or LinesForm(formdata=None),
        "meeting_form": forms.get("meeting") or MeetingForm(formdata=None),
        "seat_form": seats,
    }
    wrong = next(iter(forms.values()), shown["area_form"])
    return {
        "agency": my_agency(), "row": row, "changed": changed, "wrong": wrong, "kinds": RECIPIENTS,
        "now_at": now(), "today": queries.today(now()), **shown,
    }  # fmt: skip

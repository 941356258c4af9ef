"""The pages of minutes and attendance."""

from uuid import UUID

from flask import Blueprint, current_app, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException, NotFound
from werkzeug.wrappers import Response

from portal.cases import frame
from portal.cases.routes.blueprint import CASE, reader
from portal.cases.routes.section import section
from portal.domain.agency_roles import AgencyPermission
from portal.domain.permissions import Permission
from portal.marac.areas import queries as areas
from portal.marac.areas import service as area_service
from portal.marac.areas.forms import AttendedForm
from portal.marac.areas.service import AreaRefusedError, NoSuchAreaError
from portal.marac.board.actor import at_agency
from portal.marac.board.routes import agenda
from portal.marac.board.service import found as on_board
from portal.marac.board.service import mine
from portal.marac.minutes import queries, service
from portal.marac.minutes.forms import AttendanceForm, MinutesForm
from portal.marac.minutes.service import AttendanceRefusedError, NoMinutesError
from portal.marac.papers.service import About
from portal.marac.referrals import queries as referrals
from portal.web.access import needs, needs_at_agency
from portal.web.fragments import kept as kept_in_place
from portal.web.fragments import moved, page
from portal.web.here import agency_work, my_agency, now, taking_in
from portal.web.landlord import current_landlord, work
from portal.web.principal import actor

pages = Blueprint("minutes", __name__, url_prefix="/desk")
OURS = CASE + "/conference/<uuid:conference_id>/minutes"
THEIRS = "/partner/conference/cases/<uuid:conference_id>/minutes"
SITTING = "/partner/conference/meetings/<uuid:sitting_id>/attended"


@pages.app_errorhandler(NoMinutesError)
def missing(_error: Exception) -> HTTPException | ResponseReturnValue:
    """Minutes that are not there for whoever asks answer as what never was."""
    return current_app.handle_http_exception(NotFound())


@pages.get(OURS)
@needs(Permission.CONFERENCE_MINUTES)
def ours(case_id: UUID, conference_id: UUID) -> Response:
    """Minutes at the landlord, for those who are cleared for them, once they were circulated."""
    about = About(current_landlord().id, case_id, conference_id)
    with work() as session:
        found = frame.read(session, case_id, reader())
        row = referrals.one(session, case_id, conference_id)
        if row is None:
            raise NoMinutesError
        kept = service.opened(session, about, actor(), now())
    return section("marac/minutes.html", found, row=row, kept=kept)


@pages.route(THEIRS, methods=["GET", "POST"])
@needs_at_agency(AgencyPermission.CONFERENCE)
def theirs(conference_id: UUID) -> Response:
    """The coordinator writes them; those who sit there read them once they were circulated."""
    form = MinutesForm()
    with agency_work() as session:
        row = on_board(session, conference_id)
        kept = queries.minutes(session, row.landlord_id, conference_id)
    if form.is_submitted() or row.mine:
        with agency_work() as session:
            row = mine(session, conference_id)
        if row.meeting_id is None:
            raise NoMinutesError
    elif kept is None:
        raise NoMinutesError
    about = About(row.landlord_id, row.case_id, conference_id)
    if form.is_submitted() and form.validate() and row.meeting_id:
        with agency_work() as session:
            service.write(
                session, about, row.meeting_id, form.words.data, at_agency(), now(), circulated=form.circulated.data
            )
        with taking_in(row.landlord_id) as session:
            service.note(session, about, "written", at_agency(), now())
        return moved(url_for("board.one", conference_id=conference_id, done="conference-minutes"))
    if not form.is_submitted():
        form.words.data, form.circulated.data = (kept.words, kept.circulated) if kept else ("", False)
        with taking_in(row.landlord_id) as session:
            service.note(session, about, "read", at_agency(), now())
    status = 422 if form.is_submitted() else 200
    return page(
        "marac/their_minutes.html", block="form", status=status, agency=my_agency(), row=row, form=form, kept=kept
    )


@pages.route("/<landlord>/conference/meetings/<uuid:sitting_id>", methods=["GET", "POST"])
@needs(Permission.CASE_WORK)
def attendance(sitting_id: UUID) -> Response:
    """Whether somebody of this landlord was there."""
    form = AttendanceForm()
    with work() as session:
        row, known = areas.meeting(session, sitting_id), queries.attendance(session, sitting_id)
        cases = [each for each in referrals.here(session) if each.meeting_id == sitting_id]
    if row is None or not cases:
        raise NoMinutesError
    if form.is_submitted() and form.validate():
        try:
            with work() as session:
                service.attend(
                    session, sitting_id, came=form.came.data == "yes", who=form.who.data or "",
                    reason=form.reason.data or "", actor=actor(), now=now(),
                )  # fmt: skip
        except AttendanceRefusedError as refused:
            form.refuse(refused.field, str(refused))
        else:
            return moved(url_for("conference.here", done="conference-attended"))
    elif not form.is_submitted() and known:
        form.came.data = "yes" if known[0].came else "no"
        form.who.data, form.reason.data = known[0].said["who"], known[0].said["reason"]
    return page(
        "marac/attendance.html", status=422 if form.is_submitted() else 200, here=current_landlord(), row=row,
        form=form, cases=cases, known=known,
    )  # fmt: skip


@pages.post(SITTING)
@needs_at_agency(AgencyPermission.CONFERENCE)
def attended(sitting_id: UUID) -> Response:
    """The coordinator keeps which agencies came."""
    form = AttendedForm()
    with agency_work() as session:
        row = areas.meeting(session, sitting_id)
        area = areas.area(session, row.area_id) if row else None
    if row is None or area is None or area.agency_id != my_agency().id:
        raise NoSuchAreaError
    came = {each.agency_id: str(each.agency_id) in (form.came.data or []) for each in area.seats}
    done = "conference-attended"
    try:
        with agency_work() as session:
            area_service.attended(session, area.id, sitting_id, came, at_agency(), now())
    except AreaRefusedError:
        done = "conference-meanwhile"
    url = url_for("board.meeting", sitting_id=sitting_id, done=done)
    return kept_in_place(url, "marac/meeting.html", "came", lambda: agenda(sitting_id) | {"done": done})

"""The pages of meetings: booking one, moving it, and what came of it."""

from typing import Any
from uuid import UUID

from flask import Blueprint, request, url_for
from werkzeug.wrappers import Response

from portal.cases import frame, reaching
from portal.cases.frame import Frame
from portal.cases.meetings import queries, service
from portal.cases.meetings.forms import BookForm, MoveForm, OutcomeForm
from portal.cases.meetings.queries import SHOWN, MeetingRow, unsafe_now
from portal.cases.meetings.service import AlreadyEndedError, MomentPassedError, PlaceRefusedError
from portal.cases.meetings.words import AGREED, AT, PURPOSES, STATES
from portal.cases.routes.blueprint import CASE, reader
from portal.cases.routes.section import newest_of, one_of, section, whole
from portal.cases.service import ContactRefusedError
from portal.domain.contact import Channel
from portal.domain.meetings import diary
from portal.domain.permissions import Permission
from portal.landlords.stored_face import open_offices
from portal.people.queries import caseworkers
from portal.web.access import needs
from portal.web.fragments import moved
from portal.web.here import now
from portal.web.landlord import current_landlord, work
from portal.web.principal import actor, me

pages = Blueprint("meetings", __name__, url_prefix="/desk")
MEETINGS = CASE + "/meetings"
MEETING = MEETINGS + "/<uuid:meeting_id>"
NOT_YET = "This moment has not come yet: until then it can be moved or called off."
ANEW = "Call this meeting off, and book anew."
PASSED = "This moment has passed. What has happened already is recorded as a contact."


@pages.get(MEETINGS)
@needs(Permission.CASE_READ)
def meetings(case_id: UUID) -> Response:
    """The meetings that are booked, and what came of the others."""
    with work() as session:
        found = frame.read(session, case_id, reader())
        rows, more = newest_of(queries.of_case(session, case_id, None if whole() else SHOWN + 1), SHOWN)
    return section(
        "cases/meetings/meetings.html",
        found,
        booked=[each for each in reversed(rows) if each.state == "booked"],
        ended=[each for each in rows if each.state != "booked"],
        at=AT,
        agreed=AGREED,
        purposes=PURPOSES,
        states=STATES,
        more=more,
        diary=diary(found.case.reference),
        unsafe=[each.id for each in rows if unsafe_now(each, found.case.staff_risk, found.case.assigned_to)],
    )


@pages.route(MEETINGS + "/book", methods=["GET", "POST"])
@needs(Permission.CASE_WORK)
def book(case_id: UUID) -> Response:
    """Book a meeting: at an open office, at an agreed safe place, or at their home where that is safe."""
    with work() as session:
        found = frame.read(session, case_id, reader())
        offices, who = open_offices(session), caseworkers(session, now(), found.case.route)
    form, status = BookForm(), 200
    form.offer(offices, who)
    if request.method == "POST":
        status = 422
        if form.validate():
            try:
                with work() as session:
                    service.book(session, case_id, form.booking(may_override=_may()), actor(), now())
            except PlaceRefusedError as refused:
                for name, sentence in refused.wrong.items():
                    form.refuse(name, sentence)
            except MomentPassedError:
                form.refuse("day", PASSED)
            except ContactRefusedError as refused:
                return _refused(found, form, refused, "cases/meetings/book.html", offices=offices)
            else:
                return moved(url_for("meetings.meetings", case_id=case_id, done="meeting"))
    return _page("cases/meetings/book.html", found, form, status, offices=offices)


@pages.route(MEETING + "/move", methods=["GET", "POST"])
@needs(Permission.CASE_WORK)
def move(case_id: UUID, meeting_id: UUID) -> Response:
    """Another time for a meeting; the guard is asked again."""
    found, row = _read(case_id, meeting_id)
    form, status = MoveForm(revision=row.revision), 200
    if form.is_submitted():
        status = 422
        if form.validate():
            to, revision = form.to(may_override=_may()), form.revision.data
            try:
                with work() as session:
                    service.move(session, case_id, meeting_id, revision, to, actor(), now())
            except AlreadyEndedError:
                status, form.revision.data = 409, row.revision
            except PlaceRefusedError as refused:
                form.refuse("day", *refused.wrong.values(), ANEW)
            except MomentPassedError:
                form.refuse("day", PASSED)
            except ContactRefusedError as refused:
                return _refused(found, form, refused, "cases/meetings/move.html", meeting=row)
            else:
                return moved(url_for("meetings.meetings", case_id=case_id, done="meeting-moved"))
    return _page("cases/meetings/move.html", found, form, status, meeting=row)


@pages.route(MEETING + "/outcome", methods=["GET", "POST"])
@needs(Permission.CASE_WORK)
def outcome(case_id: UUID, meeting_id: UUID) -> Response:
    """What came of a meeting."""
    found, row = _read(case_id, meeting_id)
    form, status = OutcomeForm(revision=row.revision), 200
    if form.is_submitted():
        status = 422
        if form.validate():
            words, revision = form.words.data or "", form.revision.data
            try:
                with work() as session:
                    service.end(session, case_id, meeting_id, revision, form.state, words, actor(), now())
            except AlreadyEndedError:
                status, form.revision.data = 409, row.revision
            except MomentPassedError:
                form.refuse("came", NOT_YET)
            else:
                done = "meeting-held" if form.state == "held" else "meeting-ended"
                return moved(url_for("meetings.meetings", case_id=case_id, done=done))
    return _page("cases/meetings/outcome.html", found, form, status, meeting=row)


def _read(case_id: UUID, meeting_id: UUID) -> tuple[Frame, MeetingRow]:
    return one_of(case_id, lambda session, _: queries.of_case(session, case_id), meeting_id)


def _refused(found: Frame, form: Any, refused: ContactRefusedError, template: str, **context: object) -> Response:  # noqa: ANN401 - two forms
    """The hour or the way is not safe: said beside the day, and written down as a refusal."""
    form.refuse("day", *refused.reasons)
    with work() as session:
        reaching.refused(session, found.case.id, Channel.VISIT, reader())
    return _page(template, found, form, 422, refused=True, **context)


def _page(template: str, found: Frame, form: Any, status: int, **context: object) -> Response:  # noqa: ANN401
    shown: dict[str, Any] = {"refused": False, "may_override": _may(), "at": AT, "states": STATES} | context
    return section(template, found, status=status, form=form, changed=status == 409, **shown)  # noqa: PLR2004


def _may() -> bool:
    return me().can(current_landlord().id, Permission.CONTACT_OVERRIDE)

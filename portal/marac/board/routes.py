"""The pages of an area's board: for its coordinator, and for the agencies that sit there."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from flask import Blueprint, current_app, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException, NotFound
from werkzeug.wrappers import Response

from portal.domain.agency_roles import AgencyPermission
from portal.domain.calendar import in_london
from portal.domain.marac import Shown
from portal.marac.actions import queries as actions
from portal.marac.actions.words import LOOKS as ACTION_LOOKS
from portal.marac.actions.words import STATES as ACTION_STATES
from portal.marac.areas import queries as areas
from portal.marac.board import queries, service
from portal.marac.board.actor import at_agency
from portal.marac.board.forms import ListForm, MoveForm, ReturnForm, StepForm
from portal.marac.board.queries import BoardRow
from portal.marac.board.service import NotOnBoardError
from portal.marac.minutes import queries as minutes
from portal.marac.papers import queries as papers
from portal.marac.referrals import deciding
from portal.marac.referrals.sending import open_for
from portal.marac.referrals.service import ReferralChangedError, ReferralRefusedError
from portal.marac.referrals.transfer import Moved
from portal.marac.referrals.words import CRITERIA, LOOKS, STATES
from portal.web.access import needs_at_agency
from portal.web.fragments import kept, moved, page
from portal.web.here import agency_work, my_agency, now, taking_in
from portal.web.principal import permission_used

pages = Blueprint("board", __name__, url_prefix="/desk/partner/conference")
ONE = "/cases/<uuid:conference_id>"
SAYS: dict[str, Any] = {
    "criteria": CRITERIA, "states": STATES, "looks": LOOKS, "action_states": ACTION_STATES,
    "action_looks": ACTION_LOOKS,
}  # fmt: skip


@pages.app_errorhandler(NotOnBoardError)
def missing(_error: Exception) -> HTTPException | ResponseReturnValue:
    """What is not there for this agency answers as what never was."""
    return current_app.handle_http_exception(NotFound())


@pages.get("")
@needs_at_agency(AgencyPermission.CONFERENCE)
def board() -> Response:
    """Every case that is there, over all landlords, with the areas and their meetings."""
    with agency_work() as session:
        rows, known = queries.board(session), service.my_areas(session, my_agency().id)
        todo = actions.of_agency(session, my_agency().id)
    return page(
        "marac/board.html", agency=my_agency(), rows=rows, areas=known, todo=todo, today=_today(), now_at=now(), **SAYS
    )


@pages.get("/meetings/<uuid:sitting_id>")
@needs_at_agency(AgencyPermission.CONFERENCE)
def meeting(sitting_id: UUID) -> Response:
    """The agenda of one meeting."""
    return page("marac/meeting.html", **agenda(sitting_id))


def agenda(sitting_id: UUID) -> dict[str, Any]:
    """Everything on the page of a meeting."""
    with agency_work() as session:
        row = areas.meeting(session, sitting_id)
        known = {each.id: each for each in service.my_areas(session, my_agency().id)}
        cases, still = queries.board(session), actions.open_ones(session)
        came, from_landlords = minutes.who_came(session, sitting_id), minutes.attendance(session, sitting_id)
    if row is None or row.area_id not in known:
        raise NotOnBoardError
    area = known[row.area_id]
    former = max((each.at for each in area.meetings if each.at < row.at), default=None)
    past = [
        each
        for each in cases
        if each.area_id == area.id
        and each.flagged_until
        and each.flagged_until < row.at.date()
        and (former is None or each.flagged_until >= former.date())
    ]
    ours = {each.id: each for each in cases if each.area_id == area.id}
    return {
        "agency": my_agency(), "row": row, "area": area, "past": past, "now_at": now(), "today": _today(),
        "came": came, "from_landlords": from_landlords, "coordinates": area.agency_id == my_agency().id,
        "still": [(each, ours[each.conference_id]) for each in still if each.conference_id in ours],
        "cases": [each for each in cases if each.meeting_id == row.id], **SAYS,
    }  # fmt: skip


@pages.get(ONE)
@needs_at_agency(AgencyPermission.CONFERENCE)
def one(conference_id: UUID) -> Response:
    """One case: how contact is safe first, then why it is here and what went with it."""
    return _one(conference_id)


@pages.post(ONE + "/list")
@needs_at_agency(AgencyPermission.CONFERENCE)
def list_(conference_id: UUID) -> Response:
    """Put it on the agenda of a meeting."""
    form = ListForm()
    form.offer(_coming(conference_id))

    def write(case_id: UUID, landlord_id: UUID) -> None:
        with taking_in(landlord_id) as session:
            deciding.list_for(
                session, case_id, conference_id, form.revision.data, UUID(form.meeting.data), at_agency(), now()
            )

    return _decide(conference_id, form, "list", write)


@pages.post(ONE + "/return")
@needs_at_agency(AgencyPermission.CONFERENCE)
def give_back(conference_id: UUID) -> Response:
    """Give it back with a reason."""
    form = ReturnForm()

    def write(case_id: UUID, landlord_id: UUID) -> None:
        with taking_in(landlord_id) as session:
            deciding.give_back(
                session, case_id, conference_id, form.revision.data, form.reason.data, at_agency(), now()
            )

    return _decide(conference_id, form, "returned", write)


@pages.post(ONE + "/move")
@needs_at_agency(AgencyPermission.CONFERENCE)
def move(conference_id: UUID) -> Response:
    """Transfer it to another area."""
    form = MoveForm()
    with agency_work() as session:
        row, known = service.mine(session, conference_id), areas.areas(session)
    form.offer(known, next(each for each in known if each.id == row.area_id))
    before = _before(row)

    def write(case_id: UUID, landlord_id: UUID) -> None:
        where = Moved(UUID(form.area.data), form.reason.data, before)
        with taking_in(landlord_id) as session:
            deciding.move(session, case_id, conference_id, form.revision.data, where, at_agency(), now())

    return _decide(conference_id, form, "moved", write)


@pages.post(ONE + "/heard")
@needs_at_agency(AgencyPermission.CONFERENCE)
def heard(conference_id: UUID) -> Response:
    """It was heard."""
    form = StepForm()

    def write(case_id: UUID, landlord_id: UUID) -> None:
        with taking_in(landlord_id) as session:
            deciding.hear(session, case_id, conference_id, form.revision.data, at_agency(), now())

    return _decide(conference_id, form, "heard", write)


def _decide(conference_id: UUID, form: StepForm, step: str, write: Callable[[UUID, UUID], None]) -> Response:
    """What a coordinator decides: first it must be there for them, by the database; then it is written."""
    with agency_work() as session:
        row = service.mine(session, conference_id)
    if not form.validate():
        return _one(conference_id, form, 422)
    try:
        write(row.case_id, row.landlord_id)
    except ReferralRefusedError as refused:
        form.refuse(refused.field, str(refused))
        return _one(conference_id, form, 422)
    except ReferralChangedError:
        return moved(url_for("board.one", conference_id=conference_id, done="conference-meanwhile"))
    if step == "moved":
        return moved(url_for("board.board", done="conference-moved"))
    done = {"list": "conference-listed", "returned": "conference-returned", "heard": "conference-heard"}[step]
    url = url_for("board.one", conference_id=conference_id, done=done)
    return kept(url, "marac/board_one.html", "one", lambda: _seen(conference_id) | {"done": done})


def _before(row: BoardRow) -> tuple[dict[str, str], ...]:
    """What the other area is to have: what all who sit here read, and what was agreed. Minutes never go along."""
    with agency_work() as session:
        written = papers.of_referral(session, row.landlord_id, row.id)
        todo = actions.of_referral(session, row.landlord_id, row.id)
    sheets = [
        {"who": each.agency or row.landlord, "what": each.words, "how": each.actor}
        for each in written
        if each.action_id is None and each.shown is Shown.ALL
    ]
    agreed = [
        {"who": each.whose, "what": each.words, "how": ACTION_STATES[each.state(_today())]}
        for each in todo
        if each.agency_id is None or each.shown
    ]
    return (*sheets, *agreed)


def _coming(conference_id: UUID) -> list[areas.MeetingRow]:
    with agency_work() as session:
        row = service.mine(session, conference_id)
        area = areas.area(session, row.area_id)
    return [each for each in area.meetings if each.at > now()] if area else []


def _one(conference_id: UUID, form: StepForm | None = None, status: int = 200) -> Response:
    return page("marac/board_one.html", block="one", status=status, **_seen(conference_id, form))


def _seen(conference_id: UUID, form: StepForm | None = None) -> dict[str, Any]:
    """Write down who opens it, make the copy what the record is now, and only then read what is there."""
    with agency_work() as session:
        landlord_id = service.found(session, conference_id).landlord_id
    with taking_in(landlord_id) as session:
        open_for(session, conference_id, at_agency(), permission_used(), now())
    with agency_work() as session:
        row, known = service.found(session, conference_id), areas.areas(session)
        written = papers.of_referral(session, landlord_id, conference_id)
        todo = actions.of_referral(session, landlord_id, conference_id)
        said = minutes.minutes(session, landlord_id, conference_id)
    area = next(each for each in known if each.id == row.area_id)
    listing = form if isinstance(form, ListForm) else ListForm(formdata=None)
    listing.offer([each for each in area.meetings if each.at > now()])
    moving = form if isinstance(form, MoveForm) else MoveForm(formdata=None)
    moving.offer(known, area)
    giving = form if isinstance(form, ReturnForm) else ReturnForm(formdata=None)
    return {
        "agency": my_agency(), "row": row, "area": area, "form": form or listing, "list_form": listing,
        "move_form": moving, "return_form": giving, "now_at": now(), "today": _today(), "actions": todo,
        "papers": written, "minutes": said, **SAYS,
    }  # fmt: skip


def _today() -> date:
    return in_london(now()).date()

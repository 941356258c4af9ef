"""The pages of an agency's worker: my cases over all landlords, an offer, a case, one part of it."""

from uuid import UUID

from flask import Blueprint, current_app, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException, NotFound
from werkzeug.wrappers import Response

from portal.cases.disclosures.words import PARTS
from portal.cases.tasks.forms import ENDINGS
from portal.domain.agency_roles import AgencyPermission
from portal.domain.calendar import in_london
from portal.domain.sharing import Part
from portal.partners.asked import queries as asked
from portal.partners.entries import queries as entries
from portal.partners.grants.copies import RULES, bring_up_to_date
from portal.partners.grants.service import NoSuchGrantError
from portal.partners.kept.queries import nobody_has
from portal.partners.shared import queries, service
from portal.partners.shared.forms import AnswerForm
from portal.partners.shared.on_list import ABOVE, Kind, in_hand
from portal.partners.shared.queries import SharedRow, Shown
from portal.partners.shared.service import AnsweredMeanwhileError, NotSharedError
from portal.store.audit import Actor
from portal.web.access import needs_at_agency
from portal.web.fragments import moved, page
from portal.web.here import agency_work, my_agency, now, taking_in
from portal.web.principal import me, permission_used

pages = Blueprint("shared", __name__, url_prefix="/desk/partner")
ONE = "/cases/<uuid:grant_id>"
SHOWS = {"": "All", Kind.SHARED.value: "Shared with you", Kind.CONFERENCE.value: "MARAC"}
PART = f"<any({', '.join(each.value for each in Part)}):part>"


@pages.app_errorhandler(NotSharedError)
def missing(_error: Exception) -> HTTPException | ResponseReturnValue:
    """What is not shared, not shared any more or not yet answers as what never was."""
    return current_app.handle_http_exception(NotFound())


@pages.get("/cases")
@needs_at_agency(AgencyPermission.CASES_READ)
def cases() -> Response:
    """My cases, over all landlords: those that are shared, and those before a conference, in one list."""
    wanted = request.args.get("show", "")
    show = wanted if wanted in SHOWS else ""
    with agency_work() as session:
        rows = queries.my_cases(session)
        hand = in_hand(session, rows, current_app.extensions[ABOVE], now())
        nobodys = nobody_has(session)
    return page(
        "partners/shared/cases.html",
        block="mine",
        agency=my_agency(),
        waiting=[each for each in rows if not each.accepted],
        nobodys=nobodys,
        hand=hand.only(Kind(show) if show else None),
        show=show,
        shows=SHOWS,
    )


@pages.get(ONE)
@needs_at_agency(AgencyPermission.CASES_READ)
def case(grant_id: UUID) -> Response:
    """An offer that waits for an answer; once it was taken, how contact is safe, and which parts are shared."""
    with agency_work() as session:
        found = service.offered(session, grant_id)
    if not found.accepted:
        return _offer(found, AnswerForm())
    row, rules, _ = _open(found, None)
    with agency_work() as session:
        todo, written = asked.of_grant(session, grant_id), entries.of_grant(session, grant_id)
    return page(
        "partners/shared/case.html", agency=my_agency(), row=row, rules=rules, parts=PARTS, todo=todo,
        written=written, today=in_london(now()).date(), endings=ENDINGS,
    )  # fmt: skip


@pages.get(ONE + "/" + PART)
@needs_at_agency(AgencyPermission.CASES_READ)
def part(grant_id: UUID, part: str) -> Response:
    """One part that was shared."""
    with agency_work() as session:
        found, wanted = service.offered(session, grant_id), Part(part)
    if not found.accepted or wanted not in found.parts:
        raise NotSharedError
    row, rules, shown = _open(found, wanted)
    return page(
        "partners/shared/part.html",
        block="shown",
        agency=my_agency(), row=row, rules=rules, parts=PARTS, wanted=wanted, shown=shown,
    )  # fmt: skip


@pages.post(ONE + "/answer")
@needs_at_agency(AgencyPermission.CASES_READ)
def answer(grant_id: UUID) -> Response:
    """Take it, or decline it with a reason."""
    form = AnswerForm()
    if not form.complete():
        with agency_work() as session:
            found = service.offered(session, grant_id)
        return _offer(found, form, 422)
    try:
        with agency_work() as session:
            found = service.answer(
                session, grant_id, accepts=form.accepts(), reason=form.reason.data or "", actor=_actor(), now=now()
            )
    except AnsweredMeanwhileError:
        return moved(url_for("shared.cases", done="shared-meanwhile"))
    with taking_in(found.landlord_id) as session:
        service.tell_landlord(session, grant_id, accepts=form.accepts(), actor=_actor(), now=now())
    if form.accepts():
        return moved(url_for("shared.case", grant_id=grant_id, done="shared-taken"))
    return moved(url_for("shared.cases", done="shared-declined"))


def _open(found: SharedRow, wanted: Part | None) -> tuple[SharedRow, tuple[str, ...], Shown | None]:
    """Write down who opens what, make the copies what the record is now, and only then read what is there."""
    try:
        with taking_in(found.landlord_id) as session:
            bring_up_to_date(session, found.id, wanted or RULES, _actor(), permission_used(), now())
    except NoSuchGrantError:
        raise NotSharedError from None
    with agency_work() as session:
        return service.opened(session, found.id, wanted)


def _offer(found: SharedRow, form: AnswerForm, status: int = 200) -> Response:
    return page(
        "partners/shared/offer.html", block="offer", status=status, agency=my_agency(), row=found, form=form,
        parts=PARTS,
    )  # fmt: skip


def _actor() -> Actor:
    """Whoever reads, as the landlord's audit names them: with their agency."""
    return Actor(me().account_id, f"{me().name}, {my_agency().name}")

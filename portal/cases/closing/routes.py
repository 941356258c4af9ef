"""Closing a case, and deciding about a closing that somebody asked for."""

from uuid import UUID

from flask import Blueprint, current_app, request
from werkzeug.wrappers import Response

from portal.cases import frame, story
from portal.cases.closing import service
from portal.cases.closing.checks import ABOVE, concerns
from portal.cases.closing.forms import RESIDUALS, TOLD, CloseForm, DecideForm
from portal.cases.closing.service import Decision, NothingAskedError, OwnClosingError
from portal.cases.routes.blueprint import CASE, case_url, reader
from portal.cases.routes.section import section
from portal.cases.service import (
    ChildConcernOpenError,
    EditedMeanwhileError,
    NoSuchCaseError,
    SeriousMatterOpenError,
)
from portal.cases.words import CLOSE_REASONS
from portal.domain.lifecycle import MoveRefusedError
from portal.domain.permissions import Permission
from portal.web.access import needs
from portal.web.fragments import moved
from portal.web.here import now
from portal.web.landlord import work
from portal.web.principal import actor

pages = Blueprint("closing", __name__, url_prefix="/desk")


@pages.route(CASE + "/close", methods=["GET", "POST"])
@needs(Permission.CASE_CLOSE)
def close(case_id: UUID) -> Response:
    """Close the case, or ask a second person to agree to it."""
    form = CloseForm()
    with work() as session:
        found = frame.read(session, case_id, reader())
        against = concerns(session, found, current_app.extensions[ABOVE])
    status, changed = 200, False
    if request.method == "POST":
        status = 422
        if form.validate() and not form.refused(concerned=bool(against)) and not any(each.bars for each in against):
            try:
                with work() as session:
                    story.unchanged(session, case_id, form.revision.data)
                    closed = service.close(session, case_id, form.closing(), actor(), now())
            except (EditedMeanwhileError, MoveRefusedError):
                status, changed = 409, True
            else:
                return moved(case_url(case_id, "closed" if closed else "closing-asked"))
    if status in {200, 409}:
        form.revision.data = found.case.revision
    return section(
        "cases/closing/close.html", found, status=status, form=form, against=against, changed=changed
    )


@pages.route(CASE + "/close/decision", methods=["GET", "POST"])
@needs(Permission.CLOSING_APPROVE)
def decide(case_id: UUID) -> Response:
    """Agree to a closing, or refuse it with the reason."""
    form = DecideForm()
    with work() as session:
        found = frame.read(session, case_id, reader())
        try:
            asked = service.waiting(session, case_id)
        except NothingAskedError:
            raise NoSuchCaseError from None
        closing = service.asked_for(session, asked)
    if request.method == "POST" and form.validate():
        decision = Decision(form.decision.data)
        try:
            with work() as session:
                service.decide(session, case_id, decision, form.words.data, actor(), now())
        except OwnClosingError:
            form.refuse("decision", "You asked for this, or have the case: somebody else must decide.")
        except ChildConcernOpenError:
            form.refuse("decision", "A concern about a child waits: refer it first, under Safeguarding.")
        except SeriousMatterOpenError:
            form.refuse("decision", "A serious matter waits for its answer first, under Safeguarding.")
        except NothingAskedError:
            return moved(case_url(case_id, "meanwhile"))
        else:
            return moved(case_url(case_id, "closed" if decision is Decision.AGREED else "closing-refused"))
    return section(
        "cases/closing/decide.html",
        found,
        status=422 if request.method == "POST" else 200,
        form=form,
        asked=asked,
        closing=closing,
        reasons=CLOSE_REASONS,
        residuals=RESIDUALS,
        told=TOLD,
    )

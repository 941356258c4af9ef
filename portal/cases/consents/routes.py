"""The pages about consent."""

from datetime import timedelta
from uuid import UUID

from flask import Blueprint, url_for
from werkzeug.wrappers import Response

from portal.cases import frame
from portal.cases.consents import queries, service
from portal.cases.consents.forms import ConsentForm, WithdrawForm
from portal.cases.consents.service import AlreadyEndedError, ConsentDatesError
from portal.cases.disclosures.words import GIVEN_HOW, PARTS, RECIPIENTS
from portal.cases.routes.blueprint import CASE, reader
from portal.cases.routes.section import section
from portal.cases.service import NoSuchCaseError
from portal.domain.calendar import in_london
from portal.domain.permissions import Permission
from portal.web.access import needs
from portal.web.fragments import moved
from portal.web.here import now
from portal.web.landlord import current_landlord, work
from portal.web.principal import actor

pages = Blueprint("consents", __name__, url_prefix="/desk")
LASTS = timedelta(days=90)
"""What the form proposes; the person decides."""


@pages.get(CASE + "/consents")
@needs(Permission.CASE_READ)
def consents(case_id: UUID) -> Response:
    """What they have agreed to, and what has ended."""
    today = in_london(now())
    return _page(case_id, ConsentForm(day=today.date(), time=today.time(), until=(today + LASTS).date()))


@pages.post(CASE + "/consents")
@needs(Permission.CASE_WORK)
def give(case_id: UUID) -> Response:
    """Record a consent."""
    form = ConsentForm()
    if form.validate():
        try:
            with work() as session:
                service.give(session, case_id, form.consent(), actor(), now())
        except ConsentDatesError as wrong:
            form.refuse(wrong.field, str(wrong))
        else:
            return moved(url_for("consents.consents", case_id=case_id, done="consent"))
    return _page(case_id, form, status=422)


@pages.route(CASE + "/consents/<uuid:consent_id>/withdraw", methods=["GET", "POST"])
@needs(Permission.CASE_WORK)
def withdraw(case_id: UUID, consent_id: UUID) -> Response:
    """They take it back: it holds at once."""
    form = WithdrawForm()
    status = 200
    if form.is_submitted():
        status = 422
        if form.validate():
            try:
                with work() as session:
                    service.withdraw(session, case_id, consent_id, form.words.data or "", actor(), now())
            except AlreadyEndedError:
                return moved(url_for("consents.consents", case_id=case_id, done="meanwhile"))
            return moved(url_for("consents.consents", case_id=case_id, done="withdrawn"))
    with work() as session:
        found = frame.read(session, case_id, reader())
        row = next((each for each in queries.of_case(session, case_id, now()) if each.id == consent_id), None)
    if row is None:
        raise NoSuchCaseError
    return section("cases/consents/withdraw.html", found, status=status, form=form, row=row, parts=PARTS)


def _page(case_id: UUID, form: ConsentForm, *, status: int = 200) -> Response:
    with work() as session:
        found = frame.read(session, case_id, reader())
        rows = queries.of_case(session, case_id, now())
    return section(
        "cases/consents/consents.html",
        found,
        status=status,
        form=form,
        rows=[(each, each.state(now())) for each in rows],
        parts=PARTS,
        how=GIVEN_HOW,
        recipients=RECIPIENTS,
        bodies=directory(),
    )


def directory() -> list[str]:
    """The bodies that this landlord's list of help names, to pick from."""
    face = current_landlord().face
    return [each["name"] for each in (*face.get("local", ()), *face.get("national", ()))]

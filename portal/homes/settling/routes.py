"""The pages about staying and settling."""

from typing import Any
from uuid import UUID

from flask import Blueprint, url_for
from werkzeug.wrappers import Response

from portal.cases import frame
from portal.cases.frame import Frame
from portal.cases.routes.blueprint import CASE, reader
from portal.cases.routes.section import section
from portal.domain.permissions import Permission
from portal.homes.routes import answer_form, is_manager
from portal.homes.settling import queries, service
from portal.homes.settling.forms import DivideForm, RentForm, StayForm
from portal.homes.settling.queries import Settling
from portal.homes.settling.words import DIVIDED, PLAN, RENT, RENT_ANSWERS
from portal.web.access import needs
from portal.web.forms import Form
from portal.web.here import now
from portal.web.landlord import Keep, Work, work
from portal.web.principal import actor

pages = Blueprint("settling", __name__, url_prefix="/desk")
SETTLING = CASE + "/settling"
WORDS: dict[str, Any] = {
    "rents": RENT,
    "rent_answers": RENT_ANSWERS,
    "divided": DIVIDED,
    "plans": PLAN,
}


@pages.get(SETTLING)
@needs(Permission.CASE_READ)
def settling(case_id: UUID) -> Response:
    """The plan to stay, what was agreed about rent, and the arrears."""
    found, known = _read(case_id)
    return section("homes/settling/settling.html", found, known=known, **WORDS)


@pages.route(SETTLING + "/stay", methods=["GET", "POST"])
@needs(Permission.CASE_WORK)
def stay(case_id: UUID) -> Response:
    """Keep the plan to stay."""
    found, known = _read(case_id)
    form = StayForm(data=StayForm.filled(known.plan))

    def keep(session: Work) -> None:
        revision, force = form.revision.data, form.force.data == "yes"
        service.stay(session, case_id, revision, form.plan(), actor(), now(), in_force=force)

    return _form("stay", found, known, form, keep)


@pages.route(SETTLING + "/rent", methods=["GET", "POST"])
@needs(Permission.CASE_WORK)
def rent(case_id: UUID) -> Response:
    """Keep what was offered about rent."""
    found, known = _read(case_id)
    form = RentForm()

    def keep(session: Work) -> None:
        service.rent(session, case_id, form.rent(), actor(), now())

    return _form("rent", found, known, form, keep)


@pages.route(SETTLING + "/arrears", methods=["GET", "POST"])
@needs(Permission.CASE_WORK)
def divide(case_id: UUID) -> Response:
    """A manager decides about the arrears."""
    found, known = _read(case_id)
    form = DivideForm()

    def keep(session: Work) -> None:
        service.divide(session, case_id, form.division(), actor(), now(), is_manager=is_manager())

    return _form("arrears", found, known, form, keep)


def _read(case_id: UUID) -> tuple[Frame, Settling]:
    with work() as session:
        found = frame.read(session, case_id, reader())
        return found, queries.settling_of(session, case_id)


def _form(name: str, found: Frame, known: Settling, form: Form, keep: Keep) -> Response:
    return answer_form(
        f"homes/settling/{name}.html",
        found,
        form,
        keep,
        url_for("settling.settling", case_id=found.case.id, done=f"settling_{name}"),
        revision=known.plan.revision if known.plan else 0,
        known=known,
        **WORDS,
    )

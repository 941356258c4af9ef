"""How the home is held: the section, writing it down, advice for joint tenants, a notice to quit that came."""

from uuid import UUID

from flask import url_for
from werkzeug.wrappers import Response

from portal.cases.routes.section import section
from portal.cases.service import NoSuchCaseError
from portal.domain.permissions import Permission
from portal.homes.tenancy import service
from portal.homes.tenancy.forms import AdviceForm, AnswerForm, HoldForm, QuitForm, today
from portal.homes.tenancy.routes.blueprint import TENANCY, WORDS, form_page, pages, read, services
from portal.landlords.orders import catalogue
from portal.web.access import needs
from portal.web.fragments import moved
from portal.web.here import now
from portal.web.landlord import Work
from portal.web.principal import actor

OCCUPATION = "occupation"


@pages.get(TENANCY)
@needs(Permission.CASE_READ)
def tenancy(case_id: UUID) -> Response:
    """How the home is held, what might be done and what was, by clause and law."""
    found = read(case_id)
    order = catalogue().find(OCCUPATION)
    return section(
        "homes/tenancy/tenancy.html",
        found.frame,
        known=found.known,
        order=order,
        services=services(),
        **WORDS,
    )


@pages.route(TENANCY + "/held", methods=["GET", "POST"])
@needs(Permission.CASE_WORK)
def hold(case_id: UUID) -> Response:
    """Keep how the home is held."""
    found = read(case_id)
    form = HoldForm(data=HoldForm.filled(found.known.held))

    def keep(session: Work) -> None:
        said = form.words.data or ""
        service.hold(session, case_id, form.revision.data, form.holding(), said, actor(), now())

    revision = found.known.held.revision if found.known.held else 0
    return form_page("held", found, form, keep, "tenancy_held", revision=revision)


@pages.route(TENANCY + "/advice", methods=["GET", "POST"])
@needs(Permission.CASE_WORK)
def advise(case_id: UUID) -> Response:
    """A joint tenant was pointed to independent advice."""
    found = read(case_id)
    if not found.known.joint:
        return moved(url_for("tenancy.tenancy", case_id=case_id))
    form = AdviceForm()

    def keep(session: Work) -> None:
        service.advise(session, case_id, form.advised(), actor(), now())

    order = catalogue().find(OCCUPATION)
    return form_page("advice", found, form, keep, "joint_advice", order=order)


@pages.route(TENANCY + "/notice", methods=["GET", "POST"])
@needs(Permission.CASE_WORK)
def quit_arrived(case_id: UUID) -> Response:
    """A notice to quit came."""
    found = read(case_id)
    form = QuitForm(arrived_on=today())

    def keep(session: Work) -> None:
        service.quit_arrived(session, case_id, form.arrived(), actor(), now())

    return form_page("quit", found, form, keep, "quit_arrived")


@pages.route(TENANCY + "/notice/<uuid:notice_id>", methods=["GET", "POST"])
@needs(Permission.CASE_WORK)
def quit_answered(case_id: UUID, notice_id: UUID) -> Response:
    """What was done about it."""
    found = read(case_id)
    row = next((each for each in found.known.alarms if each.id == notice_id), None)
    if row is None:
        raise NoSuchCaseError
    form = AnswerForm()

    def keep(session: Work) -> None:
        service.quit_answered(session, case_id, notice_id, form.words.data, actor(), now())

    return form_page("quit_answered", found, form, keep, "quit_answered", row=row)

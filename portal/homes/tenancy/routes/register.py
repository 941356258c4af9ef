"""The housing register: beginning an investigation, its decision, and the letter that names nobody."""

from uuid import UUID

from werkzeug.wrappers import Response

from portal.cases.routes.section import section
from portal.cases.service import NoSuchCaseError
from portal.domain.permissions import Permission
from portal.homes.routes import is_manager
from portal.homes.tenancy import register
from portal.homes.tenancy.forms import ApplyForm, OpenForm, VerdictForm
from portal.homes.tenancy.queries import CheckRow
from portal.homes.tenancy.routes.blueprint import TENANCY, WORDS, TenancyPage, form_page, pages, read
from portal.web.access import needs
from portal.web.fragments import page
from portal.web.here import now
from portal.web.landlord import Work, current_landlord, work
from portal.web.principal import actor

CHECK = TENANCY + "/register/<uuid:check_id>"


@pages.route(TENANCY + "/register", methods=["GET", "POST"])
@needs(Permission.CASE_WORK)
def start(case_id: UUID) -> Response:
    """Begin an investigation."""
    found = read(case_id)
    form = OpenForm()

    def keep(session: Work) -> None:
        register.start(session, case_id, form.opened(), actor(), now())

    return form_page("register", found, form, keep, "register_opened")


@pages.route("/<landlord>/register", methods=["GET", "POST"])
@needs(Permission.CASE_WORK)
def apply() -> Response:
    """Look whether an applicant is known to harm; where they are, an investigation begins."""
    form, found, status = ApplyForm(), None, 200
    if form.is_submitted():
        status = 422
        if form.validate():
            status = 200
            name, born, application = form.name.data, form.born.data, form.application.data
            with work() as session:
                found = register.apply(session, name, born, application, actor(), now())
    return page("homes/tenancy/apply.html", status=status, form=form, found=found, here=current_landlord())


@pages.route(CHECK, methods=["GET", "POST"])
@needs(Permission.CASE_WORK)
def verdict(case_id: UUID, check_id: UUID) -> Response:
    """End it with a decision."""
    found, row = _check(case_id, check_id)
    form = VerdictForm(data=VerdictForm.filled(row))

    def keep(session: Work) -> None:
        said, revision = form.found(), form.revision.data
        register.decide(session, case_id, check_id, revision, said, actor(), now(), is_manager=is_manager())

    return form_page("verdict", found, form, keep, "register_decided", revision=row.revision, row=row)


@pages.get(CHECK + "/letter")
@needs(Permission.CASE_WORK)
def letter(case_id: UUID, check_id: UUID) -> Response:
    """What is written to the applicant: the decision and the right to answer, and nobody’s name but theirs."""
    found, row = _check(case_id, check_id)
    if row.verdict is None:
        raise NoSuchCaseError
    return section("homes/tenancy/letter.html", found.frame, row=row, **WORDS)


def _check(case_id: UUID, check_id: UUID) -> tuple[TenancyPage, CheckRow]:
    found = read(case_id)
    row = found.known.check(check_id)
    if row is None:
        raise NoSuchCaseError
    return found, row

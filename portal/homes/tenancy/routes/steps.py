"""A step against the person who harms: asking for it, deciding, its dates, how it ended; and help to change."""

from uuid import UUID

from werkzeug.wrappers import Response

from portal.cases.service import NoSuchCaseError
from portal.domain.permissions import Permission
from portal.homes.routes import is_manager
from portal.homes.tenancy import change, steps
from portal.homes.tenancy.forms import ChangeForm, DatesForm, DecideForm, EndForm, StepForm
from portal.homes.tenancy.queries import StepRow
from portal.homes.tenancy.routes.blueprint import TENANCY, TenancyPage, form_page, pages, read, services
from portal.web.access import needs
from portal.web.here import now
from portal.web.landlord import Work
from portal.web.principal import actor

STEP = TENANCY + "/steps/<uuid:step_id>"


@pages.route(TENANCY + "/ask", methods=["GET", "POST"])
@needs(Permission.CASE_WORK)
def ask(case_id: UUID) -> Response:
    """Ask a manager for a step; not while it would put somebody at risk."""
    found = read(case_id)
    form = StepForm()
    form.offer(found.known.ways)

    def keep(session: Work) -> None:
        steps.ask(session, case_id, form.asked(), actor(), now())

    return form_page("ask", found, form, keep, "tenancy_asked")


@pages.route(STEP, methods=["GET", "POST"])
@needs(Permission.CASE_WORK)
def decide(case_id: UUID, step_id: UUID) -> Response:
    """A manager agrees to a step, or not."""
    found, row = _step(case_id, step_id)
    form = DecideForm(data=DecideForm.filled(row))
    form.offer(found.known.ways)

    def keep(session: Work) -> None:
        said, revision = form.decided(), form.revision.data
        steps.decide(session, case_id, step_id, revision, said, actor(), now(), is_manager=is_manager())

    return form_page("decide", found, form, keep, "tenancy_decided", revision=row.revision, row=row)


@pages.route(STEP + "/dates", methods=["GET", "POST"])
@needs(Permission.CASE_WORK)
def dates(case_id: UUID, step_id: UUID) -> Response:
    """The dates of a step that was agreed to."""
    found, row = _step(case_id, step_id)
    form = DatesForm(data=DatesForm.filled(row))

    def keep(session: Work) -> None:
        steps.date_it(session, case_id, step_id, form.revision.data, form.dates(), actor(), now())

    return form_page("dates", found, form, keep, "tenancy_dates", revision=row.revision, row=row)


@pages.route(STEP + "/end", methods=["GET", "POST"])
@needs(Permission.CASE_WORK)
def end(case_id: UUID, step_id: UUID) -> Response:
    """How a step ended."""
    found, row = _step(case_id, step_id)
    form = EndForm(revision=row.revision)

    def keep(session: Work) -> None:
        steps.end(session, case_id, step_id, form.revision.data, form.words.data, actor(), now())

    return form_page("end", found, form, keep, "tenancy_ended", revision=row.revision, row=row)


@pages.route(TENANCY + "/change", methods=["GET", "POST"])
@needs(Permission.CASE_WORK)
def tell_of_change(case_id: UUID) -> Response:
    """Somebody who harms was told where to get help to change."""
    found = read(case_id)
    form = ChangeForm()
    form.offer({each: one["name"] for each, one in services().items()})

    def keep(session: Work) -> None:
        change.tell_of(session, case_id, form.told(), actor(), now())

    return form_page("change", found, form, keep, "change_offer", services=services())


def _step(case_id: UUID, step_id: UUID) -> tuple[TenancyPage, StepRow]:
    found = read(case_id)
    row = found.known.step(step_id)
    if row is None:
        raise NoSuchCaseError
    return found, row

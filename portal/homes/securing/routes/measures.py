"""What makes the home safer: the section, asking for a measure, deciding on it, declining it."""

from uuid import UUID

from werkzeug.wrappers import Response

from portal.cases.routes.section import section
from portal.cases.service import NoSuchCaseError
from portal.domain.permissions import Permission
from portal.homes.routes import answer_form, is_manager
from portal.homes.securing import service
from portal.homes.securing.forms import AskForm, DecideForm, DeclineForm
from portal.homes.securing.queries import MeasureRow
from portal.homes.securing.routes.blueprint import HOME, WORDS, HomePage, back, kept, pages, read
from portal.web.access import needs
from portal.web.here import now
from portal.web.landlord import Work, work
from portal.web.principal import actor

MEASURE = HOME + "/measures/<uuid:measure_id>"


@pages.get(HOME)
@needs(Permission.CASE_READ)
def home(case_id: UUID) -> Response:
    """What was asked for, what was broken, and every job."""
    found = read(case_id)
    return section("homes/securing/home.html", found.frame, work=found.work, **WORDS)


@pages.route(HOME + "/measures/ask", methods=["GET", "POST"])
@needs(Permission.CASE_WORK)
def ask(case_id: UUID) -> Response:
    """Ask for a measure that the policy names."""
    found = read(case_id)
    form = AskForm()
    form.offer(found.frame.policy)
    if form.is_submitted() and form.validate():
        with work() as session:
            service.ask(session, case_id, form.asked(), actor(), now())
        return back(case_id, "measure")
    status = 422 if form.is_submitted() else 200
    return section("homes/securing/ask.html", found.frame, status=status, form=form)


@pages.route(MEASURE, methods=["GET", "POST"])
@needs(Permission.CASE_WORK)
def decide(case_id: UUID, measure_id: UUID) -> Response:
    """Agree to a measure or refuse it, with what the policy wants weighed."""
    found, row = _measure(case_id, measure_id)
    form = DecideForm(revision=row.revision)

    def keep(session: Work) -> None:
        revision, said = form.revision.data, form.decided()
        service.decide(session, case_id, measure_id, revision, said, actor(), now(), is_manager=is_manager())

    return answer_form(
        "homes/securing/decide.html",
        found.frame,
        form,
        keep,
        kept(case_id, "measure_decided"),
        revision=row.revision,
        row=row,
        securing=found.frame.policy.securing,
        **WORDS,
    )


@pages.route(MEASURE + "/decline", methods=["GET", "POST"])
@needs(Permission.CASE_WORK)
def decline(case_id: UUID, measure_id: UUID) -> Response:
    """They do not want it."""
    found, row = _measure(case_id, measure_id)
    form = DeclineForm(revision=row.revision)

    def keep(session: Work) -> None:
        service.decline(session, case_id, measure_id, form.revision.data, form.words.data, actor(), now())

    return answer_form(
        "homes/securing/decline.html",
        found.frame,
        form,
        keep,
        kept(case_id, "measure_declined"),
        revision=row.revision,
        row=row,
        **WORDS,
    )


def _measure(case_id: UUID, measure_id: UUID) -> tuple[HomePage, MeasureRow]:
    found = read(case_id)
    row = found.work.measure(measure_id)
    if row is None:
        raise NoSuchCaseError
    return found, row

"""Jobs for contractors: ordering one, its link, and what became of it."""

from contextlib import suppress
from uuid import UUID

from flask import url_for
from werkzeug.wrappers import Response

from portal.cases.frame import Frame
from portal.cases.routes.section import section
from portal.cases.service import EditedMeanwhileError, NoSuchCaseError
from portal.domain.calendar import in_london
from portal.domain.permissions import Permission
from portal.homes.flags.queries import two_needed
from portal.homes.securing import queries, work_orders
from portal.homes.securing.forms import EndJobForm, OrderForm
from portal.homes.securing.queries import JobRow
from portal.homes.securing.routes.blueprint import HOME, WORDS, HomePage, back, pages, read
from portal.homes.securing.work_orders import About, NotAgreedError, TellingWordsError, VisitError
from portal.web.access import needs
from portal.web.fragments import moved
from portal.web.here import now
from portal.web.landlord import work
from portal.web.principal import actor

JOB = HOME + "/jobs/<uuid:job_id>"
BLAND = "The contractor reads this: write the work alone."


@pages.route(HOME + "/measures/<uuid:measure_id>/job", methods=["GET", "POST"])
@needs(Permission.CASE_WORK)
def order_measure(case_id: UUID, measure_id: UUID) -> Response:
    """Order what was agreed to."""
    found = read(case_id)
    row = found.work.measure(measure_id)
    if row is None:
        raise NoSuchCaseError
    return _order(case_id, found, About(measure_id=measure_id), row.measure.title, "routine")


@pages.route(HOME + "/damage/<uuid:damage_id>/job", methods=["GET", "POST"])
@needs(Permission.CASE_WORK)
def order_repair(case_id: UUID, damage_id: UUID) -> Response:
    """Order the repair of something that was broken."""
    found = read(case_id)
    row = found.work.broken(damage_id)
    if row is None:
        raise NoSuchCaseError
    urgency = "emergency" if row.unsafe else "routine"
    return _order(case_id, found, About(damage_id=damage_id), "Repair", urgency)


@pages.get(JOB)
@needs(Permission.CASE_READ)
def job(case_id: UUID, job_id: UUID) -> Response:
    """One job: what the contractor sees of it, and what stays here."""
    found, row = _job(case_id, job_id)
    return _job_page(found.frame, row, EndJobForm(), link="")


@pages.post(JOB + "/link")
@needs(Permission.CASE_WORK)
def link(case_id: UUID, job_id: UUID) -> Response:
    """A new link, shown once; whichever was handed out before opens nothing any more."""
    found, _row = _job(case_id, job_id)
    try:
        with work() as session:
            secret = work_orders.hand_out(session, case_id, job_id, actor(), now())
    except EditedMeanwhileError:
        return moved(url_for("securing.job", case_id=case_id, job_id=job_id))
    found, row = _job(case_id, job_id)
    shown = url_for("job_links.show", secret=secret, _external=True)
    return _job_page(found.frame, row, EndJobForm(), link=shown)


@pages.post(JOB + "/link/close")
@needs(Permission.CASE_WORK)
def close_link(case_id: UUID, job_id: UUID) -> Response:
    """The link opens nothing any more, and no other takes its place."""
    with suppress(EditedMeanwhileError), work() as session:
        work_orders.take_back(session, case_id, job_id, actor(), now())
    return moved(url_for("securing.job", case_id=case_id, job_id=job_id, done="job_closed"))


@pages.post(JOB + "/end")
@needs(Permission.CASE_WORK)
def end(case_id: UUID, job_id: UUID) -> Response:
    """The job is done, or was called off."""
    found, row = _job(case_id, job_id)
    form = EndJobForm()
    if form.validate():
        try:
            with work() as session:
                work_orders.end(
                    session,
                    case_id,
                    job_id,
                    done=form.done.data == "yes",
                    at=form.moment(),
                    words=form.words.data or "",
                    actor=actor(),
                    now=now(),
                )
        except VisitError:
            form.refuse("day", "This has not come yet: record it when it is done.")
        except EditedMeanwhileError:
            return _job_page(found.frame, row, form, link="", status=409)
        else:
            return back(case_id, "job_ended")
    return _job_page(found.frame, row, form, link="", status=422)


def _order(case_id: UUID, found: HomePage, about: About, what: str, urgency: str) -> Response:
    form = OrderForm(where=found.frame.answers.address, urgency=urgency)
    if form.is_submitted() and form.validate():
        try:
            with work() as session:
                job_id = work_orders.order(session, case_id, about, form.job(), actor(), now())
        except TellingWordsError as telling:
            form.refuse(telling.where, *telling.reasons, BLAND)
        except VisitError:
            form.refuse("until", "The visit ends before it begins, or is over.")
        except NotAgreedError:
            form.refuse("what", "This is not agreed to, or is ordered already.")
        else:
            return moved(url_for("securing.job", case_id=case_id, job_id=job_id, done="job"))
    status = 422 if form.is_submitted() else 200
    return section(
        "homes/securing/order.html", found.frame, status=status, form=form, what=what, safe=found.frame.safe
    )


def _job(case_id: UUID, job_id: UUID) -> tuple[HomePage, JobRow]:
    found = read(case_id)
    row = found.work.job(job_id)
    if row is None:
        raise NoSuchCaseError
    return found, row


def _job_page(found: Frame, row: JobRow, form: EndJobForm, *, link: str, status: int = 200) -> Response:
    with work() as session:
        times, last = queries.opened(session, row.id)
        sheet = queries.as_shown(row, two=two_needed(session, found.case.id))
    here = in_london(now())
    if not form.is_submitted() or link:
        form.day.data, form.time.data = here.date(), here.time()
    return section(
        "homes/securing/job.html",
        found,
        status=status,
        job=row,
        sheet=sheet,
        form=form,
        link=link,
        times=times,
        last=last,
        changed=status == 409,  # noqa: PLR2004 - the answer's own number
        **WORDS,
    )

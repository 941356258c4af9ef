"""The pages on which a tenancy file is gone through before anybody is given of it."""

from typing import Any
from uuid import UUID

from flask import Blueprint, request, url_for
from werkzeug.wrappers import Response

from portal.cases import frame
from portal.cases.frame import Frame
from portal.cases.routes.blueprint import CASE, reader
from portal.cases.routes.section import section
from portal.cases.service import EditedMeanwhileError
from portal.cases.tenancy_file import papers, queries, service
from portal.cases.tenancy_file.forms import AskedForm, DropForm, FirstForm, GatherForm, PaperForm, SignForm
from portal.cases.tenancy_file.papers import UnfitDecisionError
from portal.cases.tenancy_file.queries import RequestRow
from portal.cases.tenancy_file.service import NoAuthorityError, NotPreparedError, NotSignedError, OwnWorkError
from portal.cases.tenancy_file.words import ACTS_AS, ASKERS, GIVINGS, KINDS, RELATIONS
from portal.domain.calendar import in_london
from portal.domain.permissions import Permission
from portal.web.access import needs
from portal.web.files import download
from portal.web.fragments import moved
from portal.web.here import now
from portal.web.landlord import Keep, current_landlord, work
from portal.web.principal import actor, me

pages = Blueprint("tenancy_file", __name__, url_prefix="/desk")
HERE = CASE + "/tenancy-file"
REQUEST = HERE + "/<uuid:request_id>"
NAME, PAPER = "tenancy-file.txt", "tenancy-file.pdf"
PAPERS = REQUEST + "/papers/<int:number>"
SAYS: dict[str, Any] = {
    "askers": ASKERS, "acts_as": ACTS_AS, "relations": RELATIONS, "kinds": KINDS, "givings": GIVINGS,
}  # fmt: skip


@pages.get(HERE)
@needs(Permission.CASE_READ)
def requests(case_id: UUID) -> Response:
    """Who has asked to see the tenancy file, and what they were given."""
    with work() as session:
        found = frame.read(session, case_id, reader())
        rows = queries.requests(session, case_id)
    return section("cases/tenancy_file/requests.html", found, rows=rows, **SAYS)


@pages.route(HERE + "/add", methods=["GET", "POST"])
@needs(Permission.CASE_WORK)
def add(case_id: UUID) -> Response:
    """Write a request down."""
    with work() as session:
        found = frame.read(session, case_id, reader())
    form, status = AskedForm(acts_for=found.answers.other_person.name, asked_on=in_london(now()).date()), 200
    if form.is_submitted():
        status = 422
        if form.validate() and not form.refused():
            with work() as session:
                request_id = service.record(session, case_id, form.asked(), actor(), now())
            return moved(url_for(".one_request", case_id=case_id, request_id=request_id, done="file-asked"))
    return section("cases/tenancy_file/add.html", found, status=status, form=form)


@pages.get(REQUEST)
@needs(Permission.CASE_READ)
def one_request(case_id: UUID, request_id: UUID) -> Response:
    """The papers that were gathered, what becomes of each, and all of it as he would read it."""
    return _page(case_id, request_id)


@pages.route(REQUEST + "/gather", methods=["GET", "POST"])
@needs(Permission.CASE_WORK)
def gather(case_id: UUID, request_id: UUID) -> Response:
    """Lay a paper in."""
    found, row = _read(case_id, request_id)
    form, status = GatherForm(), 200
    if form.is_submitted():
        status = 422
        if form.validate():
            with work() as session:
                number = papers.gather(session, case_id, request_id, form.gathered(), actor(), now())
            return moved(
                url_for(".paper", case_id=case_id, request_id=request_id, number=number, done="file-laid-in")
            )
    return section("cases/tenancy_file/gather.html", found, status=status, row=row, form=form, **SAYS)


@pages.route(PAPERS, methods=["GET", "POST"])
@needs(Permission.CASE_WORK)
def paper(case_id: UUID, request_id: UUID, number: int) -> Response:
    """One paper, line by line: what becomes of it, and by which answers."""
    found, row = _read(case_id, request_id)
    one = row.paper(number)
    form, status = PaperForm(data=PaperForm.filled(one)), 200
    if form.is_submitted():
        status = 422
        if form.validate():
            try:
                with work() as session:
                    said = form.decided()
                    papers.decide(session, case_id, request_id, number, form.revision.data, said, actor(), now())
            except UnfitDecisionError as unfit:
                for each in unfit.lacking:
                    form.refuse(each.field, each.says)
            except EditedMeanwhileError:
                status, form.revision.data = 409, one.revision
            else:
                return _back(case_id, request_id, "file-decided")
    changed = status == 409  # noqa: PLR2004 - Conflict
    page = "cases/tenancy_file/paper.html"
    return section(page, found, status=status, row=row, one=one, form=form, changed=changed, **SAYS)


@pages.post(PAPERS + "/drop")
@needs(Permission.CASE_WORK)
def drop(case_id: UUID, request_id: UUID, number: int) -> Response:
    """Take a paper away that was gathered by mistake."""
    form = DropForm(prefix="drop")
    return _do(case_id, request_id, form, "file-dropped", lambda session: papers.drop(
        session, case_id, request_id, number, form.revision.data, actor(), now()
    ))  # fmt: skip


@pages.post(REQUEST + "/first")
@needs(Permission.CASE_WORK)
def sign_first(case_id: UUID, request_id: UUID) -> Response:
    """Sign first: every paper is decided on."""
    form = FirstForm(prefix="first")
    return _do(case_id, request_id, form, "file-signed-first", lambda session: service.sign_first(
        session, case_id, request_id, form.revision.data, actor(), now()
    ))  # fmt: skip


@pages.post(REQUEST + "/sign")
@needs(Permission.SHARE_APPROVE)
def sign(case_id: UUID, request_id: UUID) -> Response:
    """Sign what is left, as the second person."""
    form = SignForm(prefix="sign")
    return _do(case_id, request_id, form, "file-signed", lambda session: service.sign(
        session, case_id, request_id, form.revision.data, actor(), now()
    ))  # fmt: skip


@pages.post(REQUEST + "/file")
@needs(Permission.CASE_WORK)
def give(case_id: UUID, request_id: UUID) -> Response:
    """What is given, as a file of plain words, or on paper with the letter before it."""
    refused, as_paper = "", request.form.get("as") == "paper"
    try:
        with work() as session:
            data = service.give(session, case_id, request_id, actor(), now(), as_paper=as_paper)
    except NotSignedError:
        refused = "One person alone gives nothing of the file away: two have to sign first."
    except NoAuthorityError:
        refused = "Nobody has seen yet that this person may act for another. See it, then record it anew."
    else:
        return download(PAPER if as_paper else NAME, data)
    return _page(case_id, request_id, status=422, refused=refused)


def _do(case_id: UUID, request_id: UUID, form: Any, done: str, keep: Keep) -> Response:  # noqa: ANN401 - one of three
    sent: dict[str, Any] = {type(form).__name__: form}
    if not form.validate():
        return _page(case_id, request_id, status=422, sent=sent)
    try:
        with work() as session:
            keep(session)
    except EditedMeanwhileError:
        return _page(case_id, request_id, status=409, sent=sent)
    except OwnWorkError:
        form.refuse("sure", "You had a hand in this yourself: somebody else has to sign.")
    except NotPreparedError:
        form.refuse("sure", "Not every paper is here and decided on yet, or nobody has signed first.")
    else:
        return _back(case_id, request_id, done)
    return _page(case_id, request_id, status=422, sent=sent)


def _read(case_id: UUID, request_id: UUID) -> tuple[Frame, RequestRow]:
    with work() as session:
        return frame.read(session, case_id, reader()), queries.one(session, case_id, request_id)


def _back(case_id: UUID, request_id: UUID, done: str) -> Response:
    return moved(url_for(".one_request", case_id=case_id, request_id=request_id, done=done))


def _page(
    case_id: UUID, request_id: UUID, *, status: int = 200, sent: dict[str, Any] | None = None, refused: str = ""
) -> Response:
    found, row = _read(case_id, request_id)
    forms = {
        "FirstForm": FirstForm(formdata=None, prefix="first"),
        "SignForm": SignForm(formdata=None, prefix="sign"),
    } | (sent or {})
    for each in forms.values():
        each.revision.data = row.revision
        each.revision.raw_data = None
    mine = me().account_id
    return section(
        "cases/tenancy_file/request.html",
        found,
        status=status,
        row=row,
        form=next(iter((sent or {}).values()), forms["SignForm"]),
        forms=forms,
        changed=status == 409,  # noqa: PLR2004 - Conflict
        refused=refused,
        may_sign=me().can(current_landlord().id, Permission.SHARE_APPROVE) and not row.touched_by(mine),
        **SAYS,
    )

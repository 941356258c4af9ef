"""Reports for boards and committees: the list, one of them as a page and as a PDF, and sending it."""

from uuid import UUID

from flask import Blueprint, request, url_for
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from portal.domain.figures import Quarter, quarters
from portal.domain.packs import bodies
from portal.domain.permissions import Permission
from portal.landlords.policies import in_force
from portal.reports.packs import queries, service
from portal.reports.packs.forms import AskForm, SendForm, WordsForm
from portal.reports.packs.paper import paper_of
from portal.reports.packs.queries import PackFound
from portal.reports.packs.service import NoSuchPackError, NotReadyError, WrittenMeanwhileError
from portal.web.access import needs
from portal.web.files import download
from portal.web.forms import options
from portal.web.fragments import moved, page
from portal.web.here import now
from portal.web.landlord import current_landlord, work
from portal.web.principal import actor, me

pages = Blueprint("packs", __name__, url_prefix="/desk/<landlord>/packs")
ONE = "/<uuid:pack_id>"


@pages.get("")
@needs(Permission.FIGURES_READ)
def packs() -> Response:
    """The reports: all of them for whoever makes them, those that were sent for everybody else."""
    return _list(AskForm())


@pages.post("")
@needs(Permission.PACK_MAKE)
def ask() -> Response:
    """Ask for one. A worker makes it; the page says how far it is."""
    form = AskForm()
    with work() as session:
        told = {each.name: each for each in bodies(in_force(session, now()).policy)}
    _choices(form, list(told))
    if not form.validate():
        return _list(form, status=422)
    quarter = Quarter.read(form.quarter.data)
    if quarter is None:
        raise NotFound
    with work() as session:
        pack_id = service.ask(session, told[form.body.data], quarter, actor(), now())
    return moved(url_for("packs.pack", pack_id=pack_id, done="pack-asked"))


@pages.get(ONE)
@needs(Permission.FIGURES_READ)
def pack(pack_id: UUID) -> Response:
    """One report."""
    return _pack(pack_id, WordsForm())


@pages.post(ONE)
@needs(Permission.PACK_MAKE)
def write(pack_id: UUID) -> Response:
    """Keep the words beside the figures."""
    form = WordsForm()
    _found(pack_id)
    if not form.validate():
        return _pack(pack_id, form, status=422)
    try:
        with work() as session:
            service.write(session, pack_id, form.said(), form.revision.data, actor(), now())
    except NoSuchPackError:
        raise NotFound from None
    except WrittenMeanwhileError:
        return _pack(pack_id, form, status=409)
    return moved(url_for("packs.pack", pack_id=pack_id, done="pack-written"))


@pages.post(ONE + "/send")
@needs(Permission.PACK_MAKE)
def send(pack_id: UUID) -> Response:
    """Send it to its body."""
    form = SendForm()
    _found(pack_id)
    if not form.validate():
        return _pack(pack_id, WordsForm(), status=422)
    try:
        with work() as session:
            service.send(session, pack_id, form.revision.data, actor(), now())
    except NoSuchPackError:
        raise NotFound from None
    except WrittenMeanwhileError:
        return _pack(pack_id, WordsForm(), status=409)
    except NotReadyError:
        words = WordsForm()
        words.refuse(
            "summary", "It can be sent once the quarter is over, its figures are made and this is written."
        )
        return _pack(pack_id, words, status=422)
    return moved(url_for("packs.pack", pack_id=pack_id, done="pack-sent"))


@pages.get(ONE + "/paper")
@needs(Permission.FIGURES_READ)
def paper(pack_id: UUID) -> Response:
    """The same as a PDF that can be read aloud; its name says nothing."""
    found = _found(pack_id)
    if found.contents is None:
        raise NotFound
    return download(f"report-{found.row.quarter}.pdf", paper_of(found, current_landlord().name))


def _makes() -> bool:
    return me().can(current_landlord().id, Permission.PACK_MAKE)


def _found(pack_id: UUID) -> PackFound:
    try:
        with work() as session:
            return service.read(session, pack_id, actor(), now(), only_sent=not _makes())
    except NoSuchPackError:
        raise NotFound from None


def _choices(form: AskForm, names: list[str]) -> None:
    form.body.choices = options({each: each for each in names})
    form.quarter.choices = options({str(each): each.say() for each in quarters(now())})


def _list(form: AskForm, *, status: int = 200) -> Response:
    with work() as session:
        told = bodies(in_force(session, now()).policy)
        rows = queries.listed(session, only_sent=not _makes())
    _choices(form, [each.name for each in told])
    if not form.is_submitted():
        form.quarter.data = str(quarters(now())[1])
    here = current_landlord()
    return page(
        "reports/packs/list.html", status=status, here=here, rows=rows, told=told, form=form, makes=_makes()
    )


def _pack(pack_id: UUID, form: WordsForm, *, status: int = 200) -> Response:
    found = _found(pack_id)
    if status in {200, 409} or not request.form.get("summary"):
        form.revision.data = found.row.revision
    if not form.is_submitted() or "summary" not in request.form:
        form.summary.data, form.actions.data = found.said.summary, found.said.actions
    return page(
        "reports/packs/pack.html",
        block="pack_body" if status == 200 else None,  # noqa: PLR2004
        status=status,
        here=current_landlord(),
        found=found,
        form=form,
        makes=_makes() and found.row.sent_at is None,
        over=found.row.quarter.over(found.row.made_at or now()),
        changed=status == 409,  # noqa: PLR2004
    )

"""The pages of files that are taken over: reading one in, what its columns mean, how far it is, taking it back."""

from uuid import UUID

from flask import Blueprint, url_for
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from portal.domain.importing import MOST_FAULTS
from portal.domain.permissions import Permission
from portal.systems.importing import queries, service, taking_over
from portal.systems.importing.forms import FileForm, MappingForm
from portal.systems.importing.queries import ImportPage
from portal.systems.importing.reading import UnreadableFileError
from portal.systems.importing.service import NoSuchImportError
from portal.systems.importing.taking_over import AddedToError
from portal.web.access import needs
from portal.web.files import takes_files
from portal.web.fragments import moved, page
from portal.web.here import now, taking_in
from portal.web.landlord import current_landlord, work
from portal.web.principal import actor

pages = Blueprint("importing", __name__, url_prefix="/desk/<landlord>/systems/cases")
IMPORT = Permission.CASES_IMPORT
ONE = "/<uuid:import_id>"


@pages.get("")
@needs(IMPORT)
def imports() -> Response:
    """Every file, how far it is, and a form for another."""
    return _page(FileForm())


@pages.post("")
@takes_files
@needs(IMPORT)
def read_in() -> Response:
    """Read a file in. Nothing is taken over yet."""
    form = FileForm()
    if not form.validate():
        return _page(form, status=422)
    try:
        with work() as session:
            import_id = service.read_in(session, form.file.data.read(), actor(), now())
    except UnreadableFileError as wrong:
        form.refuse("file", wrong.says)
        return _page(form, status=422)
    return moved(url_for("importing.columns", import_id=import_id))


@pages.get(ONE)
@needs(IMPORT)
def columns(import_id: UUID) -> Response:
    """What the columns mean, and every fault by line and column."""
    found = _found(import_id)
    form = MappingForm(formdata=None)
    form.offer(found.head)
    form.fill(found.mapped)
    return _one(found, form)


@pages.post(ONE)
@needs(IMPORT)
def map_columns(import_id: UUID) -> Response:
    """Say what the columns mean; the file is looked through again."""
    found = _found(import_id)
    form = MappingForm()
    form.offer(found.head)
    try:
        with work() as session:
            service.map_columns(session, import_id, form.mapped(), actor(), now())
    except NoSuchImportError:
        return _one(found, form, status=409)
    return moved(url_for("importing.columns", import_id=import_id, done="columns-kept"))


@pages.post(ONE + "/take-over")
@needs(IMPORT)
def take_over(import_id: UUID) -> Response:
    """Take it over: a worker does."""
    return _did(service.ask, import_id, "import-asked")


@pages.post(ONE + "/drop")
@needs(IMPORT)
def drop(import_id: UUID) -> Response:
    """Not this file."""
    return _did(service.drop, import_id, "import-dropped")


@pages.post(ONE + "/undo")
@needs(IMPORT)
def undo(import_id: UUID) -> Response:
    """Take its cases back, as long as nothing was added to any of them; whoever does is shown none of them."""
    try:
        with taking_in(current_landlord().id) as session:
            taking_over.undo(session, import_id, actor(), now())
    except NoSuchImportError:
        raise NotFound from None
    except AddedToError as added:
        return _page(FileForm(formdata=None), status=409, added=added.count)
    return moved(url_for("importing.imports", done="import-undone"))


def _did(verb: object, import_id: UUID, done: str) -> Response:
    assert callable(verb)  # noqa: S101 - one of the verbs above
    try:
        with work() as session:
            verb(session, import_id, actor(), now())
    except NoSuchImportError:
        raise NotFound from None
    return moved(url_for("importing.imports", done=done))


def _found(import_id: UUID) -> ImportPage:
    with work() as session:
        found = queries.one(session, import_id)
    if found is None:
        raise NotFound
    return found


def _one(found: ImportPage, form: MappingForm, *, status: int = 200) -> Response:
    return page(
        "systems/import.html", status=status, here=current_landlord(), row=found.row, head=found.head,
        wrong=found.wrong, form=form, most=MOST_FAULTS, changed=status == 409,  # noqa: PLR2004 - the answer's own
    )  # fmt: skip


def _page(form: FileForm, *, status: int = 200, added: int = 0) -> Response:
    with work() as session:
        rows = queries.imports(session)
    return page(
        "systems/imports.html",
        block="imports_made" if status == 200 else None,  # noqa: PLR2004 - the answer's own number
        status=status,
        here=current_landlord(),
        form=form,
        rows=rows,
        added=added,
        waits=any(each.waits for each in rows),
    )

"""The pages of files that are taken over: reading one in, what its columns mean, how far it is, taking it back.

Each kind of file has addresses and a permission of its own; what is done is written once.
"""

from collections.abc import Callable
from functools import partial, wraps
from uuid import UUID

from flask import Blueprint, url_for
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from portal.domain.importing.kinds import PERMISSIONS, Kind
from portal.domain.importing.table import MOST_FAULTS
from portal.people.handing_over import CODE_HOLDS
from portal.systems.importing import queries, service, taking_over
from portal.systems.importing.forms import MAPPING_FORMS, FileForm, MappingForm
from portal.systems.importing.queries import ImportPage
from portal.systems.importing.reading import UnreadableFileError
from portal.systems.importing.service import NoSuchImportError
from portal.systems.importing.taking_over import AddedToError
from portal.systems.importing.words import SAID
from portal.web.access import needs
from portal.web.files import takes_files
from portal.web.fragments import moved, page
from portal.web.here import now, taking_in
from portal.web.landlord import current_landlord, work
from portal.web.principal import actor

pages = Blueprint("importing", __name__, url_prefix="/desk/<landlord>/systems")
IDS = {Kind.CASES: "import_id", Kind.PEOPLE: "people_import_id", Kind.HOMES: "homes_import_id"}
"""What the id of a file is called in an address: a file of one kind is no file of another."""
ONE = "/<uuid:{}>"
CHANGED = 409


def imports(kind: Kind) -> Response:
    """Every file, how far it is, and a form for another."""
    return _page(kind, FileForm.of(kind))


def read_in(kind: Kind) -> Response:
    """Read a file in. Nothing is taken over yet."""
    form = FileForm.of(kind)
    if not form.validate():
        return _page(kind, form, status=422)
    try:
        with work() as session:
            import_id = service.read_in(session, kind, form.file.data.read(), actor(), now())
    except UnreadableFileError as wrong:
        form.refuse("file", wrong.says)
        return _page(kind, form, status=422)
    return moved(_to(kind, "columns", import_id))


def columns(kind: Kind, import_id: UUID) -> Response:
    """What the columns mean, and every fault by line and column."""
    found = _found(kind, import_id)
    form = MAPPING_FORMS[kind](formdata=None)
    form.offer(found.head)
    form.fill(found.mapped)
    return _one(kind, found, form)


def map_columns(kind: Kind, import_id: UUID) -> Response:
    """Say what the columns mean; the file is looked through again."""
    found = _found(kind, import_id)
    form = MAPPING_FORMS[kind]()
    form.offer(found.head)
    try:
        with work() as session:
            service.map_columns(session, kind, import_id, form.mapped(), actor(), now())
    except NoSuchImportError:
        return _one(kind, found, form, status=CHANGED)
    return moved(_to(kind, "columns", import_id, "columns-kept"))


def take_over(kind: Kind, import_id: UUID) -> Response:
    """Take it over: a worker does. Where something is wrong with it by now, that is shown."""
    try:
        with work() as session:
            goes = service.ask(session, kind, import_id, actor(), now())
    except NoSuchImportError:
        raise NotFound from None
    return moved(_to(kind, "imports", done="import-asked") if goes else _to(kind, "columns", import_id))


def drop(kind: Kind, import_id: UUID) -> Response:
    """Not this file."""
    try:
        with work() as session:
            service.drop(session, kind, import_id, actor(), now())
    except NoSuchImportError:
        raise NotFound from None
    return moved(_to(kind, "imports", done="import-dropped"))


def undo(kind: Kind, import_id: UUID) -> Response:
    """Take all of it back, as long as nothing was built on it; whoever does is shown nothing of it."""
    try:
        with taking_in(current_landlord().id) as session:
            taking_over.ask_back(session, kind, import_id, actor(), now())
    except NoSuchImportError:
        raise NotFound from None
    except AddedToError as added:
        return _page(kind, FileForm.of(kind, formdata=None), status=CHANGED, added=added.count)
    return moved(_to(kind, "imports", done="import-undo-asked"))


def codes(kind: Kind, import_id: UUID) -> Response:
    """The codes of those who were invited: shown once, on the page that answers."""
    try:
        with work() as session:
            found = service.hand_over_codes(session, kind, import_id, actor(), now())
    except NoSuchImportError:
        raise NotFound from None
    return page(
        "systems/codes.html", here=current_landlord(), codes=found, days=CODE_HOLDS.days,
        back=_to(kind, "imports"), said=SAID[kind],
    )  # fmt: skip


VIEWS: tuple[tuple[str, str, Callable[..., Response]], ...] = (
    ("GET", "", imports),
    ("POST", "", takes_files(read_in)),
    ("GET", ONE, columns),
    ("POST", ONE, map_columns),
    ("POST", ONE + "/take-over", take_over),
    ("POST", ONE + "/drop", drop),
    ("POST", ONE + "/undo", undo),
)


def _of(kind: Kind, view: Callable[..., Response]) -> Callable[..., Response]:
    @wraps(view)
    def answer(**parts: UUID) -> Response:
        return view(kind, *(parts[name] for name in IDS.values() if name in parts))

    return needs(PERMISSIONS[kind])(answer)


for _kind in Kind:
    for _method, _rule, _view in VIEWS:
        _address = f"/{_kind.value}{_rule.format(IDS[_kind])}"
        pages.add_url_rule(_address, f"{_kind.value}_{_view.__name__}", _of(_kind, _view), methods=[_method])
pages.add_url_rule(
    f"/people{ONE}/codes".format(IDS[Kind.PEOPLE]), "people_codes", _of(Kind.PEOPLE, codes), methods=["POST"]
)


def _to(kind: Kind, name: str, import_id: UUID | None = None, done: str | None = None) -> str:
    parts = {IDS[kind]: import_id} if import_id else {}
    return url_for(f"importing.{kind.value}_{name}", **parts, done=done)  # type: ignore[arg-type]


def _found(kind: Kind, import_id: UUID) -> ImportPage:
    with work() as session:
        found = queries.one(session, kind, import_id)
    if found is None:
        raise NotFound
    return found


def _one(kind: Kind, found: ImportPage, form: MappingForm, *, status: int = 200) -> Response:
    return page(
        "systems/import.html", status=status, here=current_landlord(), found=found, row=found.row, form=form,
        most=MOST_FAULTS, changed=status == CHANGED, said=SAID[kind], to=partial(_to, kind),
    )  # fmt: skip


def _page(kind: Kind, form: FileForm, *, status: int = 200, added: int = 0) -> Response:
    with work() as session:
        rows = queries.imports(session, kind)
        homes = queries.homes(session) if kind is Kind.HOMES else None
    return page(
        "systems/imports.html",
        block="imports_made" if status == 200 else None,  # noqa: PLR2004 - the answer's own number
        status=status,
        here=current_landlord(),
        form=form,
        rows=rows,
        added=added,
        homes=homes,
        waits=any(each.waits for each in rows),
        said=SAID[kind],
        to=partial(_to, kind),
    )

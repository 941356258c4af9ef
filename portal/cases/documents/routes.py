"""The pages of documents. A file is looked into and scanned first, and only ever leaves as a download."""

from hashlib import sha256
from uuid import UUID

from flask import Blueprint, request, url_for
from werkzeug.wrappers import Response

from portal.cases import frame
from portal.cases.documents import queries, service
from portal.cases.documents.forms import DocumentForm, FileForm, MarkForm, VersionForm
from portal.cases.documents.inspection import inspect
from portal.cases.documents.media import RefusedFileError
from portal.cases.documents.scanner import MalwareError, ScannerAwayError, scanner_at
from portal.cases.documents.service import Marked, NoSuchDocumentError, Received, ReplacedMeanwhileError
from portal.cases.documents.words import KINDS
from portal.cases.frame import Frame
from portal.cases.routes.blueprint import CASE, reader
from portal.cases.routes.section import section
from portal.domain.permissions import Permission
from portal.web.access import needs
from portal.web.files import download, takes_files
from portal.web.fragments import moved
from portal.web.here import now, portal
from portal.web.landlord import work
from portal.web.principal import actor

pages = Blueprint("documents", __name__, url_prefix="/desk")
DOCUMENT = CASE + "/documents/<uuid:document_id>"
MB = 1024 * 1024


@pages.get(CASE + "/documents")
@needs(Permission.CASE_READ)
def documents(case_id: UUID) -> Response:
    """The newest version of each document."""
    return _list(case_id, DocumentForm())


@pages.post(CASE + "/documents")
@needs(Permission.CASE_WORK)
@takes_files
def add(case_id: UUID) -> Response:
    """Keep a file, if it is one that a case takes."""
    form = DocumentForm()
    _framed(case_id)
    if form.validate() and (received := look_into(case_id, form)):
        with work() as session:
            made = service.add(session, case_id, form.about(), received, actor(), now())
        return moved(url_for("documents.document", case_id=case_id, document_id=made, done="document"))
    return _list(case_id, form, status=422)


@pages.get(DOCUMENT)
@needs(Permission.CASE_READ)
def document(case_id: UUID, document_id: UUID) -> Response:
    """One document with all its versions."""
    return _document(case_id, document_id, VersionForm(), MarkForm())


@pages.get(DOCUMENT + "/file")
@needs(Permission.CASE_READ)
def file(case_id: UUID, document_id: UUID) -> Response:
    """The file itself: asked for anew each time, never by an address that works for somebody else."""
    with work() as session:
        handed = service.hand_out(session, case_id, document_id, reader())
    return download(handed.name, handed.data)


@pages.post(DOCUMENT + "/version")
@needs(Permission.CASE_WORK)
@takes_files
def add_version(case_id: UUID, document_id: UUID) -> Response:
    """Put a newer version in its place; the old one stays."""
    form = VersionForm()
    _row(case_id, document_id)
    if form.validate() and (received := look_into(case_id, form)):
        about = form.about(form.why.data)
        try:
            with work() as session:
                made = service.correct(session, case_id, document_id, about, received, actor(), now())
        except ReplacedMeanwhileError:
            return _document(case_id, document_id, form, MarkForm(formdata=None), status=409)
        return moved(url_for("documents.document", case_id=case_id, document_id=made, done="version"))
    return _document(case_id, document_id, form, MarkForm(formdata=None), status=422)


@pages.post(DOCUMENT + "/keep-back")
@needs(Permission.CASE_WORK)
def keep_back(case_id: UUID, document_id: UUID) -> Response:
    """Mark a document, in all its versions, as not to leave."""
    form = MarkForm()
    first_id = _row(case_id, document_id).first_id
    if not form.validate():
        return _document(case_id, document_id, VersionForm(formdata=None), form, status=422)
    with work() as session:
        service.keep_back(session, case_id, Marked.DOCUMENT, first_id, form.words.data, actor(), now())
    return moved(url_for("documents.document", case_id=case_id, document_id=document_id, done="kept-back"))


@pages.post(DOCUMENT + "/lift")
@needs(Permission.SHARE_APPROVE)
def lift(case_id: UUID, document_id: UUID) -> Response:
    """Lift the mark again, with the reason."""
    form = MarkForm()
    first_id = _row(case_id, document_id).first_id
    if not form.validate():
        return _document(case_id, document_id, VersionForm(formdata=None), form, status=422)
    with work() as session:
        service.lift(session, case_id, first_id, form.words.data, actor(), now())
    return moved(url_for("documents.document", case_id=case_id, document_id=document_id, done="lifted"))


def look_into(case_id: UUID, form: FileForm) -> Received | None:
    """The file looked into and scanned; None where it is refused, with the reason beside the question."""
    data: bytes = form.file.data.stream.read()
    settings = portal().settings
    why = ""
    if len(data) > settings.largest_file:
        why = f"This file is larger than {settings.largest_file // MB} MB. Send it smaller, or in parts."
    else:
        try:
            inspected = inspect(form.file.data.filename or "", data)
            scanner_at(settings.portal_malware_scanner).check(data)
        except RefusedFileError as refused:
            why = str(refused)
        except MalwareError:
            why = "The malware scanner says that this file does harm. It was not kept. Tell whoever sent it."
        except ScannerAwayError:
            why = "The malware scanner does not answer, so nothing can be kept. Try again in a few minutes."
        else:
            return Received(inspected, sha256(data).hexdigest(), bool(settings.portal_malware_scanner))
    form.refuse("file", why)
    with work() as session:
        service.refused(session, case_id, actor(), now())
    return None


def _framed(case_id: UUID) -> Frame:
    with work() as session:
        return frame.read(session, case_id, reader())


def _list(case_id: UUID, form: DocumentForm, *, status: int = 200) -> Response:
    with work() as session:
        found = frame.read(session, case_id, reader())
        page = queries.current(session, case_id, request.args.get("before", ""))
    return section(
        "cases/documents/documents.html",
        found,
        block="documents" if status == 200 else None,  # noqa: PLR2004
        status=status,
        form=form,
        page=page,
        kinds=KINDS,
        largest=portal().settings.portal_largest_file_mb,
    )


def _row(case_id: UUID, document_id: UUID) -> queries.DocumentRow:
    with work() as session:
        frame.read(session, case_id, reader())
        row = queries.one(session, case_id, document_id)
    if row is None:
        raise NoSuchDocumentError
    return row


def _document(
    case_id: UUID, document_id: UUID, form: VersionForm, mark: MarkForm, *, status: int = 200
) -> Response:
    with work() as session:
        found = frame.read(session, case_id, reader())
        row = queries.one(session, case_id, document_id)
        versions = queries.versions(session, case_id, row.first_id) if row else []
    if row is None:
        raise NoSuchDocumentError
    return section(
        "cases/documents/document.html",
        found,
        status=status,
        form=mark if mark.errors else form,
        version=form,
        mark=mark,
        row=row,
        versions=versions,
        newest=versions[0],
        changed=status == 409,  # noqa: PLR2004
        kinds=KINDS,
        largest=portal().settings.portal_largest_file_mb,
    )



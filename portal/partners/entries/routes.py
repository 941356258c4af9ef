"""The pages of an agency's own entries, and what a landlord finds of them."""

from uuid import UUID

from flask import Blueprint, url_for
from werkzeug.wrappers import Response

from portal.cases import frame
from portal.cases.documents.inspection import inspect
from portal.cases.documents.media import RefusedFileError
from portal.cases.documents.scanner import MalwareError, ScannerAwayError, scanner_at
from portal.cases.routes.blueprint import CASE, reader
from portal.cases.service import NoSuchCaseError
from portal.domain.agency_roles import AgencyPermission
from portal.domain.permissions import Permission
from portal.partners.entries import queries, service
from portal.partners.entries.forms import KINDS, EntryForm
from portal.partners.entries.queries import EntryKind
from portal.partners.entries.service import EntryRefusedError, Written
from portal.partners.shared.queries import SharedRow
from portal.partners.shared.service import NotSharedError, offered
from portal.store.audit import Actor
from portal.web.access import needs, needs_at_agency
from portal.web.files import download, takes_files
from portal.web.fragments import moved, page
from portal.web.here import agency_work, my_agency, now, portal, taking_in
from portal.web.landlord import work
from portal.web.principal import actor, me

pages = Blueprint("entries", __name__, url_prefix="/desk")
OURS = "/partner/cases/<uuid:grant_id>/entries"


@pages.get(OURS)
@needs_at_agency(AgencyPermission.CASES_READ)
def entries(grant_id: UUID) -> Response:
    """What this agency wrote beside the case."""
    return _page(_shared(grant_id), EntryForm(formdata=None))


@pages.post(OURS)
@needs_at_agency(AgencyPermission.CASES_READ)
@takes_files
def write(grant_id: UUID) -> Response:
    """Write something."""
    row, form = _shared(grant_id), EntryForm()
    looked = _look_into(form) if form.complete() else None
    if looked is None:
        return _page(row, form, 422)
    data, ending = looked
    written = Written(
        EntryKind(form.kind.data), form.words.data, form.at(now()), form.shown.data, data or None, ending
    )
    try:
        with agency_work() as session:
            service.write(session, grant_id, written, _actor(), now())
            case_id = queries.of_grant(session, grant_id)[0].case_id
    except EntryRefusedError as refused:
        form.refuse(refused.field, str(refused))
        return _page(row, form, 422)
    with taking_in(row.landlord_id) as session:
        service.note(session, case_id, grant_id, written.kind.value, _actor(), now())
    return moved(url_for("entries.entries", grant_id=grant_id, done="entry"))


@pages.get(OURS + "/<uuid:entry_id>/file")
@needs_at_agency(AgencyPermission.CASES_READ)
def file(grant_id: UUID, entry_id: UUID) -> Response:
    """A document of this agency's own."""
    row = _shared(grant_id)
    with agency_work() as session:
        found = queries.file_of(session, entry_id)
    if found is None or found[0].grant_id != grant_id:
        raise NotSharedError
    with taking_in(row.landlord_id) as session:
        service.note(session, found[0].case_id, grant_id, "opened", _actor(), now())
    return download(f"document-{entry_id.hex[-6:]}.{found[0].ending}", found[1])


@pages.get(CASE + "/agencies/entries/<uuid:entry_id>/file")
@needs(Permission.CASE_READ)
def theirs(case_id: UUID, entry_id: UUID) -> Response:
    """A document that an agency shows to the landlord."""
    with work() as session:
        frame.read(session, case_id, reader())
        found = queries.file_of(session, entry_id)
        if found is None or found[0].case_id != case_id:
            raise NoSuchCaseError
        service.note(session, case_id, found[0].grant_id, "opened", actor(), now())
    return download(f"document-{entry_id.hex[-6:]}.{found[0].ending}", found[1])


def _shared(grant_id: UUID) -> SharedRow:
    with agency_work() as session:
        found = offered(session, grant_id)
    if not found.accepted:
        raise NotSharedError
    return found


def _look_into(form: EntryForm) -> tuple[bytes, str] | None:
    """The file, looked into and scanned; empty where there is none, None where it is refused."""
    upload = form.file.data
    if not upload or not upload.filename:
        return b"", ""
    data: bytes = upload.stream.read()
    settings = portal().settings
    if len(data) > settings.largest_file:
        form.refuse("file", f"This file is larger than {settings.portal_largest_file_mb} MB. Send it smaller.")
        return None
    try:
        found = inspect(upload.filename, data)
        scanner_at(settings.portal_malware_scanner).check(data)
    except RefusedFileError as refused:
        form.refuse("file", str(refused))
    except MalwareError:
        form.refuse("file", "The malware scanner says that this file does harm. It was not kept.")
    except ScannerAwayError:
        form.refuse("file", "The malware scanner does not answer, so nothing can be kept. Try again later.")
    else:
        return found.data, found.media.suffixes[0]
    return None


def _page(row: SharedRow, form: EntryForm, status: int = 200) -> Response:
    with agency_work() as session:
        rows = queries.of_grant(session, row.id)
    return page(
        "partners/entries/entries.html", block="written", status=status, agency=my_agency(), row=row, rows=rows,
        form=form, kinds=KINDS, largest=portal().settings.portal_largest_file_mb,
    )  # fmt: skip


def _actor() -> Actor:
    return Actor(me().account_id, f"{me().name}, {my_agency().name}")

"""Adding a note, and putting one right by another."""

from uuid import UUID

from werkzeug.wrappers import Response

from portal.cases import frame, notes
from portal.cases.forms import CorrectNoteForm, NoteForm
from portal.cases.notes import CorrectedAlreadyError
from portal.cases.routes.blueprint import CASE, case_url, pages, reader
from portal.cases.routes.case import shown
from portal.cases.routes.section import section
from portal.cases.service import NoSuchCaseError
from portal.domain.happened import UnfitTimeError
from portal.domain.permissions import Permission
from portal.web.access import needs
from portal.web.fragments import kept, moved, page
from portal.web.here import now
from portal.web.landlord import work
from portal.web.principal import actor


@pages.post(CASE + "/notes")
@needs(Permission.CASE_WORK)
def add_note(case_id: UUID) -> Response:
    """Add a note; with htmx the timeline comes back with it."""
    form = NoteForm()
    try:
        if not form.validate():
            return page("cases/case.html", block="timeline", status=422, **shown(case_id, note=form))
        with work() as session:
            notes.add(session, case_id, form.words.data, actor(), now(), day=form.day.data)
    except UnfitTimeError as unfit:
        form.refuse("day", str(unfit))
        return page("cases/case.html", block="timeline", status=422, **shown(case_id, note=form))
    return kept(
        case_url(case_id, "note"),
        "cases/case.html",
        "timeline",
        lambda: shown(case_id) | {"said": "Note added."},
    )


@pages.route(CASE + "/notes/<uuid:note_id>/correct", methods=["GET", "POST"])
@needs(Permission.CASE_WORK)
def correct_note(case_id: UUID, note_id: UUID) -> Response:
    """Put a note right by another; the first stays as it was written."""
    with work() as session:
        found = frame.read(session, case_id, reader())
        first = notes.one(session, case_id, note_id)
    if first is None:
        raise NoSuchCaseError
    form, status, changed = CorrectNoteForm(words=first.words), 200, False
    if form.is_submitted():
        status = 422
        if form.validate():
            try:
                with work() as session:
                    notes.correct(session, case_id, note_id, form.words.data, actor(), now())
            except CorrectedAlreadyError:
                status, changed = 409, True
            else:
                return moved(case_url(case_id, "note-corrected"))
    return section("cases/correct_note.html", found, status=status, form=form, first=first, changed=changed)

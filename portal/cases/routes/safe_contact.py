"""What is said about being reached safely, written down without showing a number that the guard would not show."""

from uuid import UUID

from flask import request
from werkzeug.wrappers import Response

from portal.cases import reaching, story
from portal.cases import safe_contact as record
from portal.cases.reaching import Revealed
from portal.cases.routes.blueprint import CASE, case_url, pages, reader
from portal.cases.safe_contact import NotVouchedError
from portal.cases.safe_contact_forms import ANOTHER_TIME, SHOW, SafeContactForm
from portal.cases.service import EditedMeanwhileError
from portal.cases.story import Story
from portal.domain.contact import Channel
from portal.domain.permissions import Permission
from portal.web.access import needs
from portal.web.fragments import moved, page
from portal.web.here import now
from portal.web.landlord import current_landlord, work
from portal.web.principal import actor, me

SAFE = CASE + "/safe-contact"


@pages.get(SAFE)
@needs(Permission.CASE_WORK)
def safe_contact(case_id: UUID) -> Response:
    """The whole record of safe contact, but for the numbers and addresses themselves."""
    found = _read(case_id)
    form = SafeContactForm(data=SafeContactForm.filled(found.safe) | {"revision": found.case.revision})
    return _page(found, form)


@pages.post(SAFE)
@needs(Permission.CASE_WORK)
def set_safe_contact(case_id: UUID) -> Response:
    """Replace the record; or add a row for times, or show a number through the guard, and keep what was typed."""
    form, found, wanted = SafeContactForm(), _read(case_id), request.form.get("do", "")
    form.know(found.safe)
    if wanted == ANOTHER_TIME:
        form.add_window()
        return _page(found, form)
    if wanted.startswith(SHOW):
        return _show(found, form, wanted.removeprefix(SHOW))
    if not form.validate():
        return _page(found, form, status=422)
    try:
        with work() as session:
            story.unchanged(session, case_id, form.revision.data)
            record.change(session, case_id, form.safe_contact(), form.vouched(), actor(), now())
    except NotVouchedError as refused:
        form.ask_whose_word(refused.opens, refused.missing)
        return _page(found, form, status=422)
    except EditedMeanwhileError:
        form.revision.raw_data = None
        form.revision.data = found.case.revision
        return _page(found, form, status=409)
    return moved(case_url(case_id, "safe-contact"))


def _show(found: Story, form: SafeContactForm, name: str) -> Response:
    """One number, as on the page of the case: if it is safe now, or with the reason of whoever may override."""
    if name not in set(Channel):
        return _page(found, form, status=422)
    why = (form.why.data or "") if _may_override() else ""
    with work() as session:
        revealed = reaching.reveal(session, found.case.id, Channel(name), reader(), why=why)
    return _page(found, form, status=200 if revealed.detail is not None else 422, revealed=revealed)


def _page(found: Story, form: SafeContactForm, *, status: int = 200, revealed: Revealed | None = None) -> Response:
    form.know(found.safe)
    return page(
        "cases/safe_contact.html",
        status=status,
        story=found,
        case=found.case,
        form=form,
        changed=status == 409,  # noqa: PLR2004 - Conflict
        revealed=revealed,
        may_override=_may_override(),
        ways=reaching.ASKED_APART,
    )


def _may_override() -> bool:
    return me().can(current_landlord().id, Permission.CONTACT_OVERRIDE)


def _read(case_id: UUID) -> Story:
    with work() as session:
        return story.read(session, case_id, reader())

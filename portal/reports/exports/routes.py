"""Files of figures and cases: asking for one, how far it is, and saving it."""

from uuid import UUID

from flask import Blueprint, url_for
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from portal.domain.exports import MOST_LINES
from portal.domain.figures import quarters
from portal.domain.permissions import Permission
from portal.reports.exports import queries, service
from portal.reports.exports.forms import ExportForm
from portal.reports.exports.service import (
    NoSuchExportError,
    NotAllowedError,
    StillRunsError,
    TooManyLinesError,
)
from portal.web.access import needs
from portal.web.files import download
from portal.web.fragments import moved, page
from portal.web.here import now
from portal.web.landlord import current_landlord, work
from portal.web.principal import actor, me

pages = Blueprint("exports", __name__, url_prefix="/desk/<landlord>/exports")
EXPORT = Permission.FIGURES_EXPORT


@pages.get("")
@needs(EXPORT)
def exports() -> Response:
    """The files that somebody asked for, and a form for another."""
    return _page(ExportForm())


@pages.post("")
@needs(EXPORT)
def ask() -> Response:
    """Ask for a file. A worker makes it."""
    form = ExportForm()
    _choices(form)
    if not form.validate():
        return _page(form, status=422)
    try:
        with work() as session:
            service.ask(session, form.asked(), actor(), now(), opens_cases=_opens_cases())
    except TooManyLinesError:
        form.refuse("period", f"That is more than {MOST_LINES:,} lines. Choose a quarter.")
        return _page(form, status=422)
    except StillRunsError:
        form.refuse("period", "Choose a quarter that is over: figures leave the portal only then.")
        return _page(form, status=422)
    except NotAllowedError:
        form.refuse("what", "Choose what it holds.")
        return _page(form, status=422)
    return moved(url_for("exports.exports", done="export-asked"))


@pages.get("/<uuid:export_id>/file")
@needs(EXPORT)
def file(export_id: UUID) -> Response:
    """Save it; its name says nothing."""
    try:
        with work() as session:
            row, data = service.save(session, export_id, actor(), now())
    except NoSuchExportError:
        raise NotFound from None
    return download(f"{row.number}.{row.form}", data)


def _opens_cases() -> bool:
    return me().can(current_landlord().id, Permission.CASE_READ)


def _choices(form: ExportForm) -> None:
    form.choose({str(each): each.say() for each in quarters(now())}, opens_cases=_opens_cases())


def _page(form: ExportForm, *, status: int = 200) -> Response:
    _choices(form)
    with work() as session:
        rows = queries.mine(session, me().account_id, now())
    return page(
        "reports/exports/exports.html",
        block="exports_made" if status == 200 else None,  # noqa: PLR2004 - the answer's own number
        status=status,
        here=current_landlord(),
        form=form,
        rows=rows,
        waits=any(each.made_at is None and not each.over for each in rows),
    )

"""Looking after the list of who else can help: what is due to be checked, and saying that it was."""

from uuid import UUID

from flask import Blueprint, abort, request, url_for
from werkzeug.wrappers import Response

from portal.directory import queries, service
from portal.directory.forms import HOW, CheckForm
from portal.directory.queries import Entry
from portal.directory.service import NotAKeeperError, NotCheckedYetError
from portal.domain.calendar import in_london
from portal.domain.permissions import Permission
from portal.web.access import needs
from portal.web.fragments import moved, page
from portal.web.here import now
from portal.web.landlord import current_landlord, work
from portal.web.principal import actor, me

pages = Blueprint("directory", __name__, url_prefix="/desk")
LIST = "/<landlord>/services/checks"


@pages.get(LIST)
@needs(Permission.DIRECTORY_KEEP)
def checks() -> Response:
    """Every entry with its last check; what nobody has made sure of for half a year stands first."""
    return page(
        "directory/checks.html",
        here=current_landlord(),
        entries=_entries(),
        how=HOW,
        today=in_london(now()).date().isoformat(),
        done=request.args.get("done", ""),
    )


@pages.route(LIST + "/add", methods=["GET", "POST"])
@needs(Permission.DIRECTORY_KEEP)
def check() -> Response:
    """Say that somebody rang a service, or looked it up: the one that was chosen, or the one that is longest due."""
    form, status, entry = CheckForm(), 200, _chosen()
    _offer(form, entry)
    if form.is_submitted():
        status = 422
        if form.validate():
            try:
                with work() as session:
                    service.check(session, entry.line["id"], form.found(), actor(), now())
                return moved(url_for("directory.checks", done="service-checked"))
            except NotCheckedYetError:
                form.refuse("on", "That day is still to come.")
            except NotAKeeperError:
                form.refuse("owner", "Choose somebody who works here.")
    return page("directory/check.html", status=status, here=current_landlord(), entry=entry, form=form)


def _chosen() -> Entry:
    wanted = request.form.get("service", "") if request.method == "POST" else request.args.get("service", "")
    own = [each for each in _entries() if each.local and wanted in ("", each.line["id"])]
    if not own:
        abort(404)
    return own[0]


def _offer(form: CheckForm, entry: Entry) -> None:
    with work() as session:
        keepers = queries.keepers(session, now())
    owner: UUID | None = entry.check.owner if entry.check else None
    form.offer(keepers, entry.line, me().account_id, owner)


def _entries() -> list[Entry]:
    with work() as session:
        return queries.entries(session, current_landlord().face)

"""The pages of forums and contacts: the register with one year of it, one of them, and changing it."""

from uuid import UUID

from flask import Blueprint, request, url_for
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from portal.domain.calendar import in_london
from portal.domain.forums import What
from portal.domain.permissions import Permission
from portal.landlords.policies import in_force
from portal.partners.forums import queries, service
from portal.partners.forums.forms import EndForm, ForumForm, TookPartForm, filled
from portal.partners.forums.queries import ForumRow
from portal.partners.forums.service import ForumMeanwhileError, NotYetHeldError
from portal.partners.forums.words import COUNTED, WHATS, WITHS
from portal.web.access import needs
from portal.web.fragments import moved, page
from portal.web.here import now
from portal.web.landlord import current_landlord, work
from portal.web.principal import actor, me

pages = Blueprint("forums", __name__, url_prefix="/desk/<landlord>/forums")
KEEP = Permission.AGREEMENT_KEEP
ONE = "/<uuid:forum_id>"


@pages.get("")
@needs(KEEP)
def register() -> Response:
    """Where this landlord takes part, what is due, and one year of it."""
    today = in_london(now()).date()
    with work() as session:
        rows, known = queries.register(session), queries.years(session, today.year)
        asked = request.args.get("year", "")
        year = int(asked) if asked in map(str, known) else today.year
        times = queries.times_in(session, year)
        promised = in_force(session, now()).policy.partners.forums
    return page(
        "partners/forums/register.html",
        here=current_landlord(),
        rows=rows,
        missing=queries.without_contact(rows),
        promised=promised,
        times=times,
        counts={says: sum(each.kind is kind for each in times) for kind, says in COUNTED.items()},
        year=year,
        years=known,
        today=today,
        whats=WHATS,
        withs=WITHS,
    )


@pages.route("/new", methods=["GET", "POST"])
@needs(KEEP)
def new() -> Response:
    """Put one in the register."""
    form = ForumForm()
    with work() as session:
        form.offer(service.keepers(session, now()), me().account_id)
    if form.validate_on_submit():
        with work() as session:
            made = service.begin(session, form.setting(), actor(), now())
        return moved(url_for("forums.forum", forum_id=made, done="forum"))
    status = 422 if form.is_submitted() else 200
    return page("partners/forums/edit.html", status=status, form=form, row=None, changed=False)


@pages.route(ONE, methods=["GET", "POST"])
@needs(KEEP)
def forum(forum_id: UUID) -> Response:
    """One of them, each time that somebody took part, and recording another."""
    row, form, status, changed = _row(forum_id), TookPartForm(), 200, False
    if not form.is_submitted():
        form.revision.data = row.revision
    elif not form.validate():
        status = 422
    else:
        try:
            with work() as session:
                service.took_part(session, forum_id, form.revision.data, form.held(), actor(), now())
        except NotYetHeldError:
            form.refuse("held_on", "Enter a day that has been: what is to come is the next day.")
            status = 422
        except ForumMeanwhileError:
            row, status, changed = _row(forum_id), 409, True
            form.revision.data = row.revision
        else:
            return moved(url_for("forums.forum", forum_id=forum_id, done="forum-held"))
    with work() as session:
        times = queries.times_of(session, forum_id)
    return page(
        "partners/forums/forum.html",
        status=status,
        form=form,
        row=row,
        changed=changed,
        times=times,
        today=in_london(now()).date(),
        contact=row.kind is What.CONTACT,
        whats=WHATS,
        withs=WITHS,
    )


@pages.route(ONE + "/change", methods=["GET", "POST"])
@needs(KEEP)
def change(forum_id: UUID) -> Response:
    """Change how it is set."""
    row, form, status, changed = _row(forum_id), ForumForm(), 200, False
    submitted = form.is_submitted()
    if row.ended:
        return moved(url_for("forums.forum", forum_id=forum_id))
    if not submitted:
        form = filled(row)
    with work() as session:
        form.offer(service.keepers(session, now()), row.owner_id)
    if submitted:
        status = 422
        if form.validate():
            try:
                with work() as session:
                    service.change(
                        session, forum_id, form.revision.data or 0, form.setting(), actor(), now()
                    )
            except ForumMeanwhileError:
                row, status, changed = _row(forum_id), 409, True
                form.revision.data = row.revision
            else:
                return moved(url_for("forums.forum", forum_id=forum_id, done="forum"))
    return page("partners/forums/edit.html", status=status, form=form, row=row, changed=changed)


@pages.post(ONE + "/end")
@needs(KEEP)
def end(forum_id: UUID) -> Response:
    """It goes on no more."""
    _row(forum_id)
    form = EndForm()
    if not form.validate():
        return moved(url_for("forums.forum", forum_id=forum_id))
    try:
        with work() as session:
            service.end(session, forum_id, form.revision.data, actor(), now())
    except ForumMeanwhileError:
        return moved(url_for("forums.forum", forum_id=forum_id, done="forum-meanwhile"))
    return moved(url_for("forums.register", done="forum-ended"))


def _row(forum_id: UUID) -> ForumRow:
    with work() as session:
        found = queries.one(session, forum_id)
    if found is None:
        raise NotFound
    return found

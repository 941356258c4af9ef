"""The pages of a case about what agencies can read of it in the portal."""

from datetime import timedelta
from uuid import UUID

from flask import Blueprint, url_for
from werkzeug.wrappers import Response

from portal.cases import frame
from portal.cases.disclosures.words import PARTS, RECIPIENTS
from portal.cases.routes.blueprint import CASE, reader
from portal.cases.routes.section import section
from portal.cases.tasks.forms import ENDINGS
from portal.domain.calendar import in_london
from portal.domain.permissions import Permission
from portal.partners.asked import queries as asked
from portal.partners.entries import queries as entries
from portal.partners.grants import queries, service
from portal.partners.grants.forms import ChangeForm, GrantForm, RevokeForm
from portal.partners.grants.offerable import offerable
from portal.partners.grants.queries import GrantRow
from portal.partners.grants.service import ChangedMeanwhileError, GrantRefusedError, NoSuchGrantError
from portal.web.access import needs
from portal.web.fragments import moved
from portal.web.here import now
from portal.web.landlord import work
from portal.web.principal import actor

pages = Blueprint("grants", __name__, url_prefix="/desk")
HERE = CASE + "/agencies"
ONE = HERE + "/<uuid:grant_id>"
LASTS = timedelta(days=28)
"""What the form proposes."""
INSTANT = timedelta(microseconds=1)


@pages.get(HERE)
@needs(Permission.CASE_READ)
def grants(case_id: UUID) -> Response:
    """Which agencies can read what of this case, and what they opened."""
    with work() as session:
        found = frame.read(session, case_id, reader())
        rows, offers = queries.of_case(session, case_id), offerable(session, case_id, now())
        todo, written = asked.of_case(session, case_id), entries.of_case(session, case_id)
    return section(
        "partners/grants/grants.html",
        found,
        rows=[(each, each.state(now()).value, each.stands(now())) for each in rows],
        offers=offers,
        todo=todo,
        written=written,
        today=in_london(now()).date(),
        endings=ENDINGS,
        parts=PARTS,
        kinds=RECIPIENTS,
    )


@pages.route(HERE + "/offer/<uuid:offered_id>", methods=["GET", "POST"])
@needs(Permission.CASE_WORK)
def grant(case_id: UUID, offered_id: UUID) -> Response:
    """Offer the case to the agency that a share is for; the offer has the share's id."""
    today = in_london(now()).date()
    with work() as session:
        found = frame.read(session, case_id, reader())
        offer = next((each for each in offerable(session, case_id, now()) if each.share.id == offered_id), None)
    if offer is None:
        raise NoSuchGrantError
    form, status = GrantForm(), 200
    form.offer(offer.parts)
    if not form.is_submitted():
        form.since.data, form.until.data = today, (now() + LASTS).date()
        if offer.latest and offer.latest < now() + LASTS:
            form.until.data = in_london(offer.latest - INSTANT).date()
    else:
        status = 422
        if form.validate():
            try:
                with work() as session:
                    service.grant(session, case_id, offered_id, form.wanted(today, now()), actor(), now())
            except GrantRefusedError as refused:
                form.refuse(refused.field, str(refused))
            else:
                return moved(url_for("grants.grants", case_id=case_id, done="grant"))
    return section("partners/grants/grant.html", found, status=status, form=form, offer=offer, parts=PARTS)


@pages.route(ONE, methods=["GET", "POST"])
@needs(Permission.CASE_WORK)
def change(case_id: UUID, grant_id: UUID) -> Response:
    """Narrow it, let it last longer, or end it."""
    row, form, changed = _row(case_id, grant_id), ChangeForm(), False
    if not row.stands(now()):
        return moved(url_for("grants.grants", case_id=case_id, done="grant-meanwhile"))
    form.offer(row.parts)
    status = 422 if form.is_submitted() else 200
    if not form.is_submitted():
        form.parts.data = [each.value for each in row.parts]
        form.until.data, form.revision.data = in_london(row.until_at - INSTANT).date(), row.revision
    elif form.revision.data != row.revision:
        changed, status, form.revision.data = True, 409, row.revision
    elif form.validate():
        try:
            with work() as session:
                service.change(
                    session, case_id, grant_id, row.revision, form.chosen(), form.ends(), actor(), now()
                )
        except GrantRefusedError as refused:
            form.refuse(refused.field, str(refused))
        except ChangedMeanwhileError:
            return moved(url_for("grants.change", case_id=case_id, grant_id=grant_id, done="grant-meanwhile"))
        else:
            return moved(url_for("grants.grants", case_id=case_id, done="grant-changed"))
    with work() as session:
        found = frame.read(session, case_id, reader())
    return section(
        "partners/grants/change.html", found, status=status, form=form, row=row, parts=PARTS, changed=changed
    )


@pages.post(ONE + "/end")
@needs(Permission.CASE_WORK)
def revoke(case_id: UUID, grant_id: UUID) -> Response:
    """End it at this instant."""
    row, form = _row(case_id, grant_id), RevokeForm()
    done = "grant-ended"
    try:
        with work() as session:
            service.revoke(session, case_id, grant_id, form.revision.data or row.revision, actor(), now())
    except ChangedMeanwhileError:
        done = "grant-meanwhile"
    return moved(url_for("grants.grants", case_id=case_id, done=done))


def _row(case_id: UUID, grant_id: UUID) -> GrantRow:
    with work() as session:
        found = queries.one(session, case_id, grant_id)
    if found is None:
        raise NoSuchGrantError
    return found

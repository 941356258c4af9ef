"""The pages on which a body writes its research: the landlord's own, and an agency's."""

from uuid import UUID

from flask import Blueprint, url_for
from werkzeug.wrappers import Response

from portal.cases import frame
from portal.cases.routes.blueprint import CASE, reader
from portal.cases.routes.section import section
from portal.domain.agency_roles import AgencyPermission
from portal.domain.permissions import Permission
from portal.marac.board.actor import at_agency
from portal.marac.board.service import found as on_board
from portal.marac.papers import noted, queries, service
from portal.marac.papers.forms import SHOWN, ResearchForm
from portal.marac.papers.queries import PaperRow
from portal.marac.papers.service import About, PaperChangedError
from portal.marac.referrals import queries as referrals
from portal.marac.referrals.service import NoSuchReferralError
from portal.web.access import needs, needs_at_agency
from portal.web.fragments import moved, page
from portal.web.here import agency_work, my_agency, now, taking_in
from portal.web.landlord import current_landlord, work
from portal.web.principal import actor

pages = Blueprint("papers", __name__, url_prefix="/desk")
OURS = CASE + "/conference/<uuid:conference_id>/research"
THEIRS = "/partner/conference/cases/<uuid:conference_id>/research"


@pages.route(OURS, methods=["GET", "POST"])
@needs(Permission.CASE_WORK)
def ours(case_id: UUID, conference_id: UUID) -> Response:
    """The landlord's own sheet."""
    form, changed = ResearchForm(), False
    with work() as session:
        found = frame.read(session, case_id, reader())
        row = referrals.one(session, case_id, conference_id)
        papers = queries.of_referral(session, current_landlord().id, conference_id)
    if row is None:
        raise NoSuchReferralError
    kept = next((each for each in queries.research(papers) if each.agency_id is None), None)
    if form.is_submitted() and form.validate():
        about = About(current_landlord().id, case_id, conference_id)
        try:
            with work() as session:
                service.write(
                    session, about, None, form.words.data, form.who(), form.revision.data, actor(), now()
                )
                noted.of_landlord(session, about, form.words.data, form.who(), actor(), now())
        except PaperChangedError:
            changed = True
        else:
            to = url_for("conference.one", case_id=case_id, conference_id=conference_id, done="conference-paper")
            return moved(to)
    status = _fill(form, kept, changed=changed)
    return section("marac/research.html", found, status=status, row=row, form=form, kept=kept, changed=changed)


@pages.route(THEIRS, methods=["GET", "POST"])
@needs_at_agency(AgencyPermission.CONFERENCE)
def theirs(conference_id: UUID) -> Response:
    """An agency's sheet: it stays the agency's own until it shows it."""
    form, changed, mine = ResearchForm(), False, my_agency()
    with agency_work() as session:
        row = on_board(session, conference_id)
        papers = queries.of_referral(session, row.landlord_id, conference_id)
    kept = next((each for each in queries.research(papers) if each.agency_id == mine.id), None)
    if form.is_submitted() and form.validate():
        about = About(row.landlord_id, row.case_id, conference_id)
        try:
            with agency_work() as session:
                service.write(
                    session, about, mine.id, form.words.data, form.who(), form.revision.data, at_agency(), now()
                )
        except PaperChangedError:
            changed = True
        else:
            with taking_in(row.landlord_id) as session:
                noted.of_agency(session, about, at_agency(), now())
            return moved(url_for("board.one", conference_id=conference_id, done="conference-paper"))
    status = _fill(form, kept, changed=changed)
    return page(
        "marac/their_research.html", block="form", status=status, agency=mine, row=row, form=form, kept=kept,
        changed=changed, shown=SHOWN,
    )  # fmt: skip


def _fill(form: ResearchForm, kept: PaperRow | None, *, changed: bool) -> int:
    """What the form begins with, and the status of its page."""
    if changed:
        form.revision.data = kept.revision if kept else 0
        return 409
    if form.is_submitted():
        return 422
    form.revision.data = kept.revision if kept else 0
    form.words.data = kept.words if kept else ""
    form.shown.data = kept.shown.value if kept else None
    return 200

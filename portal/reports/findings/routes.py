"""Audits and recommendations: the list, one drawn case, and ending a recommendation."""

from uuid import UUID

from flask import Blueprint, request, url_for
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from portal.domain.calendar import in_london
from portal.domain.findings import FOUND
from portal.domain.permissions import Permission
from portal.people.queries import colleagues
from portal.reports.findings import queries, service
from portal.reports.findings.forms import DrawForm, EvidenceForm, RecommendForm, SeenForm
from portal.reports.findings.service import NoSuchFindingError
from portal.web.access import needs
from portal.web.fragments import moved, page
from portal.web.here import now
from portal.web.landlord import current_landlord, work
from portal.web.principal import actor

pages = Blueprint("findings", __name__, url_prefix="/desk/<landlord>/findings")
KEEP = Permission.FINDINGS_KEEP


@pages.get("")
@needs(KEEP)
def findings() -> Response:
    """What was drawn, and what is recommended."""
    return _list(DrawForm(), RecommendForm())


@pages.post("/draw")
@needs(KEEP)
def draw() -> Response:
    """Draw closed cases by chance."""
    form = DrawForm()
    if not form.validate():
        return _list(form, RecommendForm(formdata=None), status=422)
    with work() as session:
        number = service.draw(session, form.count.data, form.again.data, actor(), now())
    return moved(url_for("findings.findings", done="audit-drawn" if number else "audit-none"))


@pages.post("")
@needs(KEEP)
def recommend() -> Response:
    """Recommend a change."""
    form = RecommendForm()
    form.names(_staff())
    if not form.validate():
        return _list(DrawForm(formdata=None), form, status=422)
    with work() as session:
        service.recommend(session, form.recommended(), actor(), now())
    return moved(url_for("findings.findings", done="recommended"))


@pages.route("/drawn/<uuid:drawn_id>", methods=["GET", "POST"])
@needs(KEEP)
def drawn(drawn_id: UUID) -> Response:
    """What the record of one drawn case keeps of the policy; nothing of what anybody said."""
    form = SeenForm()
    try:
        with work() as session:
            reference, unmet = service.look(session, drawn_id, actor(), now())
            if request.method == "POST" and form.validate():
                service.seen(session, drawn_id, actor(), now())
                return moved(url_for("findings.findings", done="audit-seen"))
    except NoSuchFindingError:
        raise NotFound from None
    return page("reports/findings/drawn.html", reference=reference, unmet=unmet, drawn_id=drawn_id)


@pages.route("/<uuid:found_id>/end", methods=["GET", "POST"])
@needs(KEEP)
def end(found_id: UUID) -> Response:
    """What shows that it is done."""
    form = EvidenceForm()
    with work() as session:
        row = next((each for each in queries.recommendations(session) if each.id == found_id), None)
    if row is None or row.ended_at:
        raise NotFound
    if request.method == "POST" and form.validate():
        try:
            with work() as session:
                service.end(session, found_id, form.evidence.data, actor(), now())
        except NoSuchFindingError:
            raise NotFound from None
        return moved(url_for("findings.findings", done="recommendation-ended"))
    status = 422 if request.method == "POST" else 200
    return page("reports/findings/end.html", status=status, row=row, form=form, found=FOUND)


def _staff() -> dict[str, str]:
    with work() as session:
        return {str(each.account_id): each.name for each in colleagues(session, now())}


def _list(draws: DrawForm, recommends: RecommendForm, *, status: int = 200) -> Response:
    recommends.names(_staff())
    with work() as session:
        rows, recommended = queries.drawn(session), queries.recommendations(session)
        newest = queries.latest_round(session)
        again_on = newest.again_on if newest else None
    return page(
        "reports/findings/list.html",
        status=status,
        here=current_landlord(),
        draws=draws,
        recommends=recommends,
        drawn=rows,
        recommended=recommended,
        again_on=again_on,
        today=in_london(now()).date(),
        found=FOUND,
    )

"""Casework review: the list with its sample, and the review of one case."""

from uuid import UUID

from flask import Blueprint, current_app, request, url_for
from werkzeug.wrappers import Response

from portal.cases import frame
from portal.cases.closing.checks import AT_REVIEW, of_checks
from portal.cases.reviews import queries, service
from portal.cases.reviews.forms import MARKS, DrawForm, ReviewForm
from portal.cases.reviews.service import Finding, NoSuchReviewError, OwnCaseError
from portal.cases.routes.blueprint import CASE, reader
from portal.cases.routes.section import section
from portal.cases.service import NoSuchCaseError
from portal.domain.casework_review import ITEMS, Item
from portal.domain.permissions import Permission
from portal.landlords.policies import close_of_business, in_force
from portal.web.access import needs
from portal.web.fragments import moved, page
from portal.web.here import now
from portal.web.landlord import current_landlord, work
from portal.web.principal import actor, me

pages = Blueprint("reviews", __name__, url_prefix="/desk")


@pages.get("/<landlord>/reviews")
@needs(Permission.CASEWORK_REVIEW)
def reviews() -> Response:
    """What waits to be reviewed, and what was."""
    return _list(DrawForm())


@pages.post("/<landlord>/reviews")
@needs(Permission.CASEWORK_REVIEW)
def draw() -> Response:
    """Draw a sample by chance."""
    form = DrawForm()
    if not form.validate():
        return _list(form, status=422)
    with work() as session:
        drawn = service.draw(session, form.count.data, actor(), now())
    return moved(url_for("reviews.reviews", done="drawn" if drawn else "none-drawn"))


@pages.route(CASE + "/reviews/<uuid:review_id>", methods=["GET", "POST"])
@needs(Permission.CASEWORK_REVIEW)
def review(case_id: UUID, review_id: UUID) -> Response:
    """Go through the checklist for one case."""
    form = ReviewForm()
    with work() as session:
        found = frame.read(session, case_id, reader())
        try:
            service.waiting(session, case_id, review_id)
        except NoSuchReviewError:
            raise NoSuchCaseError from None
        advised = queries.advised(session, case_id)
        against = of_checks(session, found, current_app.extensions[AT_REVIEW])
        because = queries.closed_because(session, case_id)
    holding = [f"{each.says} ({each.clause})" for each in against if each.holds_review]
    if request.method == "POST" and form.validate() and holding:
        form.refuse("words", *holding)
    elif request.method == "POST" and form.validate():
        try:
            with work() as session:
                due = close_of_business(session, form.day.data, now()) if form.day.data else None
                words, actions = form.words.data, form.actions.data or ""
                finding = Finding(form.marks(), form.about(), words, actions, due)
                service.record(session, case_id, review_id, finding, actor(), now())
        except OwnCaseError:
            form.refuse("words", "You have this case: somebody else must review it.")
        else:
            return moved(url_for("reviews.reviews", done="reviewed"))
    return section(
        "cases/reviews/review.html",
        found,
        status=422 if request.method == "POST" else 200,
        form=form,
        items=list(Item),
        review_id=review_id,
        advised=advised,
        against=against,
        because=because,
    )


@pages.get(CASE + "/reviews")
@needs(Permission.CASE_READ)
def of_case(case_id: UUID) -> Response:
    """What reviews of this case have found."""
    with work() as session:
        found = frame.read(session, case_id, reader())
        done = queries.of_case(session, case_id)
    return section("cases/reviews/of_case.html", found, done=done, items=ITEMS, marks=MARKS)


def _list(form: DrawForm, *, status: int = 200) -> Response:
    with work() as session:
        round_ = queries.current_round(session, in_force(session, now()).policy, now())
        to_do = queries.listed(session, me().account_id, done=False)
        done = queries.listed(session, me().account_id, done=True)
    if not form.is_submitted():
        form.count.data = round_.rhythm.cases
    return page(
        "cases/reviews/list.html",
        status=status,
        form=form,
        here=current_landlord(),
        round=round_,
        to_do=to_do,
        done=done,
    )

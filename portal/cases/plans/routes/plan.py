"""Reading a plan, writing it, agreeing it, looking at it again, and comparing its versions."""

from typing import Any
from uuid import UUID

from flask import request
from werkzeug.wrappers import Response

from portal.cases import frame
from portal.cases.plans import queries, service, watching
from portal.cases.plans.forms import ActionForm, AgreeForm, PlanForm, ReviewForm, filled, plan_form
from portal.cases.plans.parts import DIRECTIONS, HOWS, KINDS, OWNERS, PARTS, STATES
from portal.cases.plans.routes.blueprint import PLAN, PLANS, PlanPage, pages, plan_url, read
from portal.cases.routes.blueprint import reader
from portal.cases.routes.section import section
from portal.cases.service import EditedMeanwhileError, NoSuchCaseError
from portal.domain.calendar import in_london
from portal.domain.permissions import Permission
from portal.domain.plans import NotToAgreeError, PlanKind, difference
from portal.people.queries import caseworkers
from portal.web.access import needs
from portal.web.forms import options
from portal.web.fragments import moved
from portal.web.here import now
from portal.web.landlord import work
from portal.web.principal import actor

WORDS: dict[str, Any] = {
    "kinds": KINDS,
    "parts": PARTS,
    "directions": DIRECTIONS,
    "hows": HOWS,
    "owners": OWNERS,
    "states": STATES,
}


@pages.get(PLANS)
@needs(Permission.CASE_READ)
def plans(case_id: UUID) -> Response:
    """Both plans, how they stand, and what the policy asks for."""
    with work() as session:
        found = frame.read(session, case_id, reader())
        begun = queries.plans(session, case_id)
    missing = queries.missing(found.policy, begun)
    return section("cases/plans/plans.html", found, plans=begun, missing=missing, **WORDS)


@pages.get(PLAN)
@needs(Permission.CASE_READ)
def plan(case_id: UUID, kind: str) -> Response:
    """One plan as it stands."""
    return plan_page(case_id, kind, ActionForm())


def plan_page(case_id: UUID, kind: str, form: ActionForm, *, status: int = 200) -> Response:
    """The page of a plan, with the form for an action."""
    found = read(case_id, kind)
    with work() as session:
        older = queries.versions(session, found.plan.id) if found.plan.id else []
        who = caseworkers(session, now(), found.frame.case.route)
        watched = watching.since_agreed(session, case_id, found.plan, found.actions, now())
    offer_colleagues(form, who)
    return plan_section("cases/plans/plan.html", found, status=status, form=form, older=older, watched=watched)


def offer_colleagues(form: ActionForm, who: Any) -> None:  # noqa: ANN401 - rows of colleagues
    """The colleagues who can be given an action; nobody in particular is the officer of the case."""
    here = {"": "The officer of the case"} | {str(each.account_id): each.name for each in who}
    form.colleague.choices = options(here)


@pages.get(PLAN + "/write")
@needs(Permission.CASE_WORK)
def edit(case_id: UUID, kind: str) -> Response:
    """The draft, to be written on."""
    found = read(case_id, kind)
    shown = filled(found.plan.draft, not_to_send=found.plan.not_to_send, revision=found.plan.revision)
    return _write_page(found, plan_form(PlanKind(kind))(data=shown))


@pages.post(PLAN + "/write")
@needs(Permission.CASE_WORK)
def write(case_id: UUID, kind: str) -> Response:
    """Keep the draft; where somebody else wrote meanwhile, both stand side by side and nothing is lost."""
    form = plan_form(PlanKind(kind))()
    if not form.validate():
        return _write_page(read(case_id, kind), form, status=422)
    try:
        with work() as session:
            service.write(
                session,
                case_id,
                PlanKind(kind),
                form.content(),
                form.revision.data,
                actor(),
                now(),
                not_to_send=form.not_to_send.data,
            )
    except EditedMeanwhileError:
        return _write_page(read(case_id, kind), form, status=409, changed=True)
    return moved(plan_url(case_id, kind, "plan-written"))


@pages.get(PLAN + "/agree")
@needs(Permission.CASE_WORK)
def agreeing(case_id: UUID, kind: str) -> Response:
    """The draft as it stands, to be ticked as agreed; the policy's own rhythm is offered where it has one."""
    found, at = read(case_id, kind), in_london(now())
    offered = found.frame.policy.risk.plan_review.value
    rhythm = found.plan.rhythm
    form = AgreeForm(
        day=at.date(),
        time=at.time(),
        revision=found.plan.revision,
        every=rhythm.number if rhythm else offered.days if offered else None,
        unit=rhythm.unit.value if rhythm else "days" if offered and offered.days else "weeks",
    )
    return plan_section("cases/plans/agree.html", found, form=form, changed=False)


@pages.post(PLAN + "/agree")
@needs(Permission.CASE_WORK)
def agree(case_id: UUID, kind: str) -> Response:
    """Make it a version."""
    form, changed = AgreeForm(), False
    if form.validate():
        try:
            with work() as session:
                revision, agreement = form.revision.data, form.agreement()
                service.agree(session, case_id, PlanKind(kind), revision, agreement, actor(), now())
        except NotToAgreeError as refused:
            _refuse(form, refused)
        except EditedMeanwhileError:
            changed = True
        else:
            return moved(plan_url(case_id, kind, "plan-agreed"))
    found = read(case_id, kind)
    if changed:
        form.revision.data = found.plan.revision
    return plan_section(
        "cases/plans/agree.html", found, status=409 if changed else 422, form=form, changed=changed
    )


@pages.route(PLAN + "/review", methods=["GET", "POST"])
@needs(Permission.CASE_WORK)
def review(case_id: UUID, kind: str) -> Response:
    """It was looked at again; nothing is to change, or the draft is written on."""
    form, status, changed = ReviewForm(), 200, False
    if request.method == "POST":
        status = 422
        if form.validate():
            try:
                with work() as session:
                    revision, words = form.revision.data, form.words.data
                    service.reviewed(session, case_id, PlanKind(kind), revision, words, actor(), now())
            except NotToAgreeError as refused:
                _refuse(form, refused)
            except EditedMeanwhileError:
                status, changed = 409, True
            else:
                return moved(plan_url(case_id, kind, "plan-reviewed"))
    found = read(case_id, kind)
    if status in {200, 409}:
        form.revision.data = found.plan.revision
    return plan_section("cases/plans/review.html", found, status=status, form=form, changed=changed)


@pages.get(PLAN + "/versions/<int:number>")
@needs(Permission.CASE_READ)
def version(case_id: UUID, kind: str, number: int) -> Response:
    """A version as it was agreed, and what changed since the one before it."""
    found = read(case_id, kind)
    with work() as session:
        shown = queries.version(session, case_id, found.plan.id, number) if found.plan.id else None
        before = (
            queries.version(session, case_id, found.plan.id, number - 1) if shown and found.plan.id else None
        )
    if shown is None:
        raise NoSuchCaseError
    return plan_section(
        "cases/plans/version.html",
        found,
        shown=shown,
        before=before,
        difference=difference,
        **_changes(before, shown),
    )


def _changes(before: Any, shown: Any) -> dict[str, Any]:  # noqa: ANN401 - two versions, or one and nothing
    """Which actions came and which went between two versions."""
    then = {each.what for each in before.actions} if before else set()
    here = {each.what for each in shown.actions}
    return {"came": here - then if before else set(), "went": sorted(then - here)}


def _refuse(form: AgreeForm | ReviewForm, refused: NotToAgreeError) -> None:
    for name, sentence in refused.missing.items():
        form.refuse(name, sentence)


def _write_page(found: PlanPage, form: PlanForm, *, status: int = 200, changed: bool = False) -> Response:
    if changed:
        form.revision.data = found.plan.revision
    theirs = filled(found.plan.draft) if changed else {}
    return plan_section(
        "cases/plans/write.html", found, status=status, form=form, changed=changed, theirs=theirs
    )


def plan_section(template: str, found: PlanPage, *, status: int = 200, **context: Any) -> Response:  # noqa: ANN401
    beside: dict[str, Any] = {"page": found, "plan": found.plan, "kind": found.plan.kind, **WORDS}
    return section(template, found.frame, status=status, **beside, **context)

"""What officers do with a case: notes, assignment, waiting, repairs, closing and opening again."""

from uuid import UUID

from flask import request
from werkzeug.wrappers import Response

from portal.cases import assigning, preferences, repairs, stages, story, workload
from portal.cases.assigning import (
    CannotBeGivenError,
    ManagerDecidesError,
    NobodyTrainedError,
    NotToldError,
    ReasonNeededError,
    UntrainedError,
)
from portal.cases.confidentiality.queries import can_be_given
from portal.cases.forms import AssignForm, ReopenForm, RepairForm, RevisedForm, WaitForm
from portal.cases.routes.blueprint import CASE, case_url, pages, reader
from portal.cases.service import EditedMeanwhileError
from portal.domain.lifecycle import MoveRefusedError
from portal.domain.permissions import Permission
from portal.web.access import needs
from portal.web.forms import options
from portal.web.fragments import moved, page
from portal.web.here import now
from portal.web.landlord import Keep, Work, current_landlord, work
from portal.web.principal import actor, me

"""What to do with a session; sessions stay below the routes."""


@pages.get(CASE + "/assign")
@needs(Permission.CASE_ASSIGN)
def choose_officer(case_id: UUID) -> Response:
    """The colleagues who can be given the case, with what each can meet."""
    return _assign_page(case_id, AssignForm())


@pages.post(CASE + "/assign")
@needs(Permission.CASE_ASSIGN)
def assign(case_id: UUID) -> Response:
    """Give the case to somebody."""
    form = AssignForm()
    form.account_id.choices = options({form.account_id.data or "": ""})
    if not form.validate():
        return _assign_page(case_id, form, status=422)
    try:
        with work() as session:
            story.unchanged(session, case_id, form.revision.data)
            to = form.assignment(manages=_manages())
            assigning.assign(session, case_id, to, actor(), now())
    except ReasonNeededError as needed:
        form.refuse("why", str(needed))
    except (UntrainedError, NobodyTrainedError) as refused:
        form.refuse("account_id", str(refused))
        with work() as session:
            assigning.tell_of_refusal(session, case_id, refused, actor(), now())
    except (ManagerDecidesError, CannotBeGivenError) as refused:
        form.refuse("account_id", str(refused))
    except NotToldError:
        form.refuse("told", "The policy promises this. Tell them that it cannot be met, then say so here.")
    except EditedMeanwhileError:
        return _assign_page(case_id, form, status=409, changed=True)
    else:
        return moved(case_url(case_id, "assigned"))
    return _assign_page(case_id, form, status=422)


@pages.route(CASE + "/wait", methods=["GET", "POST"])
@needs(Permission.CASE_WORK)
def wait(case_id: UUID) -> Response:
    """Let the case wait for somebody else; its clocks go on."""
    form = WaitForm()

    def keep(session: Work) -> None:
        stages.wait_for(session, case_id, form.whom.data, form.moment(), actor(), now())

    return _stage(case_id, form, "cases/wait.html", "waiting", keep)


@pages.post(CASE + "/resume")
@needs(Permission.CASE_WORK)
def resume(case_id: UUID) -> Response:
    """The waiting is over."""
    try:
        with work() as session:
            stages.go_on(session, case_id, actor(), now())
    except MoveRefusedError:
        return moved(case_url(case_id, "meanwhile"))
    return moved(case_url(case_id, "resumed"))


@pages.route(CASE + "/reopen", methods=["GET", "POST"])
@needs(Permission.CASE_CLOSE)
def reopen(case_id: UUID) -> Response:
    """Open a closed case again."""
    form = ReopenForm()

    def keep(session: Work) -> None:
        stages.reopen(session, case_id, form.words.data, actor(), now())

    return _stage(case_id, form, "cases/reopen.html", "reopened", keep)


@pages.route(CASE + "/repaired", methods=["GET", "POST"])
@needs(Permission.CASE_WORK)
def repaired(case_id: UUID) -> Response:
    """Record that damage was repaired: the only act that ends a repair's clock."""
    form = RepairForm()

    def keep(session: Work) -> None:
        repairs.repaired(session, case_id, form.moment(), form.words.data, actor(), now())

    return _stage(case_id, form, "cases/repaired.html", "repaired", keep)


def _stage(case_id: UUID, form: RevisedForm, template: str, done: str, keep: Keep) -> Response:
    """Show a small form on a case, or do what it asks and go back to the case."""
    status, changed = 200, False
    if request.method == "POST":
        status = 422
        if form.validate():
            try:
                with work() as session:
                    story.unchanged(session, case_id, form.revision.data)
                    keep(session)
            except (EditedMeanwhileError, MoveRefusedError):
                status, changed = 409, True
            except repairs.NotYetDoneError:
                form.refuse("day", "A repair cannot be recorded before it is done.")
            except stages.WaitIsOverError:
                form.refuse("day", "This moment has passed. Choose until when to wait.")
            else:
                return moved(case_url(case_id, done))
    with work() as session:
        found = story.read(session, case_id, reader())
    if status in {200, 409}:
        form.revision.data = found.case.revision
    return page(template, status=status, story=found, case=found.case, form=form, changed=changed)


def _assign_page(case_id: UUID, form: AssignForm, *, status: int = 200, changed: bool = False) -> Response:
    with work() as session:
        found = story.read(session, case_id, reader())
        who = can_be_given(session, found.case, now())
        lack = assigning.untrained(session, found.case, now())
        has, most = workload.held(session), workload.most(session, now())
    found_choices = preferences.choices(
        who, found.case.preferences, sees_private=_manages(), untrained=lack
    )
    form.account_id.choices = options({each.account_id: each.name for each in found_choices})
    if status in {200, 409}:
        form.revision.data = found.case.revision
    return page(
        "cases/assign.html",
        block="assign",
        status=status,
        story=found,
        case=found.case,
        form=form,
        choices=found_choices,
        has={str(account): each for account, each in has.items()},
        most=most,
        nobody=preferences.met_by_nobody(found_choices),
        unasked=preferences.unasked(found.case.preferences),
        changed=changed,
    )


def _manages() -> bool:
    """Managers know what colleagues have offered in confidence (STAR 3.5)."""
    return me().can(current_landlord().id, Permission.STAFF_ROUTE_READ)

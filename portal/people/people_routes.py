"""Who works for a landlord: changing, ending; and choosing a first password with a code."""

from datetime import datetime, time, timedelta
from typing import TypeVar
from uuid import UUID

from flask import Blueprint, request, url_for
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from portal.domain.calendar import at_wall_clock, in_london
from portal.domain.permissions import ROLE_NAMES, Permission, Role, grantable, permissions_of
from portal.domain.training import Course, TrainingLevel
from portal.landlords.policies import in_force
from portal.people import administering, coming_in, inviting, resetting, training
from portal.people.administering import (
    NotYoursToGiveError,
    Part,
    PartChangedMeanwhileError,
)
from portal.people.devices import device_name
from portal.people.forms import ColleagueForm, CourseForm, FirstPasswordForm, PartForm
from portal.people.inviting import InvitationRow
from portal.people.proving.routes.blueprint import default
from portal.people.queries import Colleague, colleagues, last_day
from portal.people.routes import place
from portal.web.access import anyone, needs
from portal.web.forms import options
from portal.web.fragments import moved, page
from portal.web.here import now, public_work
from portal.web.landlord import current_landlord, work
from portal.web.limits import slow_sign_in
from portal.web.principal import actor, me, permission_used

Chosen = TypeVar("Chosen", bound=PartForm)

pages = Blueprint("staff", __name__, url_prefix="/desk")
PEOPLE = "/<landlord>/roles"
NOT_RIGHT = "The address and the code do not belong together, or the code is over. Ask for another."


@pages.get(PEOPLE)
@needs(Permission.PEOPLE_ADMIN)
def people() -> Response:
    """Everybody who works here, with what they may do."""
    with work() as session:
        administering.note_reading(session, actor(), permission_used(), now())
        found = colleagues(session, now())
        everybody = [each.account_id for each in found]
        held, invited = training.held_by(session, everybody), inviting.waiting(session)
    here = current_landlord()
    return page(
        "people/staff.html",
        here=here,
        people=found,
        courses=held,
        invited=invited,
        own_id=me().account_id,
        may_give=_may_give(),
        may_hand_over=me().can(here.id, Permission.TEAM_HANDOVER),
        today=in_london(now()).date(),
    )


@pages.route(PEOPLE + "/<uuid:account_id>", methods=["GET", "POST"])
@needs(Permission.PEOPLE_ADMIN)
def colleague(account_id: UUID) -> Response:
    """Set anew what a colleague may do here."""
    found = _colleague(account_id)
    form = offering(ColleagueForm(data=as_form(found) | {"revision": found.sign}))

    def shown(status: int, now_is: Colleague = found) -> Response:
        here, changed = current_landlord(), now_is is not found
        return page("people/colleague.html", status=status, here=here, form=form, colleague=now_is, changed=changed)

    if not form.is_submitted():
        return shown(200)
    if not form.validate():
        return shown(422)
    try:
        with work() as session:
            sign = form.revision.data or ""
            administering.change(session, account_id, part_of(form), sign, actor(), held_here(), now())
    except PartChangedMeanwhileError:
        now_is = _colleague(account_id)
        form.revision.data = now_is.sign
        return shown(409, now_is)
    except NotYoursToGiveError as refused:
        form.refuse("roles", str(refused))
        return shown(422)
    with public_work() as session:
        coming_in.look_at_factors(session, account_id, default(), now())
    return moved(url_for("staff.people", done="roles-changed"))


@pages.post(PEOPLE + "/<uuid:account_id>/end")
@needs(Permission.PEOPLE_ADMIN)
def end(account_id: UUID) -> Response:
    """Their access ends at once."""
    try:
        with work() as session:
            administering.end(session, account_id, actor(), now())
    except NotYoursToGiveError:
        raise NotFound from None
    return moved(url_for("staff.people", done="access-ended"))


@pages.post(PEOPLE + "/<uuid:account_id>/anew")
@needs(Permission.PEOPLE_ADMIN)
def start_anew(account_id: UUID) -> Response:
    """They lost their telephone or forgot their password: a code goes to their own address, and to nobody else."""
    try:
        with work() as session:
            resetting.start_anew(session, account_id, actor(), held_here(), now())
    except NotYoursToGiveError:
        return moved(url_for("staff.people", done="not-yours"))
    return moved(url_for("staff.people", done="started-anew"))


@pages.route(PEOPLE + "/course", methods=["GET", "POST"])
@needs(Permission.PEOPLE_ADMIN)
def course() -> Response:
    """Record a course that a colleague has completed."""
    form = CourseForm()
    with work() as session:
        found = colleagues(session, now())
        named = [each.name for each in in_force(session, now()).policy.governance.training.needed]
    form.who.choices = options(
        {"": "Choose a colleague"} | {str(each.account_id): each.name for each in found}
    )

    def shown(status: int) -> Response:
        return page("people/course.html", status=status, here=current_landlord(), form=form, names=named)

    if not form.is_submitted():
        return shown(200)
    if not form.validate(today=in_london(now()).date()):
        return shown(422)
    taken = Course(
        form.title.data,
        TrainingLevel(form.level.data),
        form.completed_on.data,
        form.valid_until.data,
        form.provider.data or "",
    )
    with work() as session:
        training.record(session, UUID(form.who.data), taken, actor(), now())
    return moved(url_for("staff.people", done="course-kept"))


@pages.get("/first-password")
@anyone
def first_password() -> Response:
    """Where somebody who was invited chooses a password."""
    return page("people/first_password.html", form=FirstPasswordForm())


@pages.post("/first-password")
@slow_sign_in(place)
@anyone
def choose_password() -> Response:
    """Take the code and the password; a wrong address and a wrong code get one answer."""
    form = FirstPasswordForm()
    if not form.validate():
        return page("people/first_password.html", status=422, form=form)
    with public_work() as session:
        device = device_name(request.headers.get("User-Agent", ""))
        fits = resetting.choose_password(
            session, form.email.data, form.code.data, form.password.data, device, now()
        )
    if not fits:
        form.refuse("code", NOT_RIGHT)
        return page("people/first_password.html", status=422, form=form)
    return moved(url_for("people.sign_in", done="password-chosen"))


def held_here() -> frozenset[Permission]:
    """All that whoever is signed in may do here."""
    return permissions_of(me().roles[current_landlord().id])


def _may_give() -> tuple[Role, ...]:
    return grantable(held_here())


def offering(form: Chosen) -> Chosen:
    """Only roles that whoever gives them holds are offered."""
    form.roles.choices = options({each.value: ROLE_NAMES[each] for each in _may_give()})
    return form


def _colleague(account_id: UUID) -> Colleague:
    with work() as session:
        found = next((each for each in colleagues(session, now()) if each.account_id == account_id), None)
    if found is None or (request.method == "POST" and found.account_id == me().account_id):
        raise NotFound
    return found


def as_form(found: Colleague | InvitationRow) -> dict[str, object]:
    """What the form shows of what somebody is, or is asked in as."""
    roles, until = [each.value for each in found.roles], last_day(found.ends_at)
    return {"roles": roles, "post": found.post, "on_duty": found.on_duty, "until": until}


def part_of(form: PartForm) -> Part:
    """What was chosen, as the services take it."""
    last: datetime | None = None
    if form.until.data:
        last = at_wall_clock(form.until.data + timedelta(days=1), time.min)
    return Part(
        tuple(Role(each) for each in form.roles.data), form.post.data or None, form.on_duty.data, last
    )

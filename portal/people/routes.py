"""Signing in and out, and a person's own sessions."""

from typing import cast
from urllib.parse import urlsplit
from uuid import UUID

from flask import Blueprint, current_app, redirect, request, session, url_for
from flask_login import login_user, logout_user
from werkzeug.wrappers import Response

from portal.domain.permissions import ROLE_NAMES
from portal.people import new_device, queries, service
from portal.people.devices import device_name
from portal.people.forms import SignInForm
from portal.people.known_devices import COOKIE, LASTS, Device, KnownDevices
from portal.people.proving.rules import default_of
from portal.people.service import SignedIn
from portal.people.throttle import Throttle
from portal.web.access import anyone, signed_in
from portal.web.fragments import moved, page
from portal.web.here import landlord_work, now, portal, public_work
from portal.web.landlord import landlords
from portal.web.limits import line, slow_sign_in
from portal.web.principal import current_principal, me

pages = Blueprint("people", __name__, url_prefix="/desk")
HOME = "/desk/"
NOT_KNOWN = "The email address or the password is not right."


def device() -> Device | None:
    """The device that asks, if anybody has signed in there before."""
    return _devices().read(request.cookies.get(COOKIE))


def place() -> str:
    """From where somebody tries to sign in: a device that is known, or else the line that it hangs on."""
    found = device()
    return found.name if found else line()


@pages.get("/sign-in")
@anyone
def sign_in() -> Response:
    """The page on which staff sign in; whoever is signed in already goes on to work."""
    wanted = local(request.args.get("next"))
    if current_principal():
        return redirect(wanted, 303)
    timed_out = "_user_id" in session
    return page("people/sign_in.html", form=SignInForm(next=wanted), timed_out=timed_out, wait=0)


@pages.post("/sign-in")
@slow_sign_in(place)
@anyone
def signing_in() -> Response:
    """Sign in. A wrong address and a wrong password get the same answer after the same work."""
    form, slow = SignInForm(), _throttle()
    if not form.validate():
        return page("people/sign_in.html", status=422, form=form, timed_out=False, wait=0)
    email = form.email.data
    tried_from = place() if known_here(email) else line()
    wait = slow.wait(email, tried_from, now())
    if wait:
        return page("people/sign_in.html", status=429, form=form, timed_out=False, wait=wait)
    with public_work() as work:
        asked = default_of(portal().settings.env)
        found = service.sign_in(work, email, form.password.data, _named(), now(), asked)
    if found is None:
        slow.wrong(email, tried_from, now())
        form.refuse("email", NOT_KNOWN)
        wait = slow.wait(email, tried_from, now())
        return page("people/sign_in.html", status=422, form=form, timed_out=False, wait=wait)
    slow.right(email, tried_from)
    if found.half:
        session.clear()
        session["half"] = found.token
        return moved(url_for("proving.second_step", next=local(form.next.data)))
    return let_in(found, email, form.next.data)


def let_in(found: SignedIn, email: str, wanted: str | None) -> Response:
    """Somebody has proved who they are: the session begins here, and they hear of a device that was not known."""
    with public_work() as work:
        principal = service.principal_of(work, found.token, now())
        strange = new_device.note(work, found.account_id, _named(), now(), known=known_here(email))
    if principal is None:
        return moved(url_for("people.sign_in"))
    session.clear()
    login_user(principal)
    if strange:
        with landlord_work(strange) as work:
            new_device.tell(work, principal.account_id, principal.session_id, now())
    return _remembered(moved(local(wanted)), device(), email)


@pages.post("/sign-out")
@signed_in
def sign_out() -> Response:
    """End this session on the server, then forget it here."""
    with public_work() as work:
        service.end(work, me().account_id, me().session_id, _named(), now())
    logout_user()
    session.clear()
    answer = moved(url_for("people.sign_in"))
    answer.headers["Clear-Site-Data"] = '"cache", "storage"'
    return answer


@pages.get("/me")
@signed_in
def mine() -> Response:
    """Who I am at which landlord, and where I am signed in."""
    with public_work() as work:
        sessions = queries.open_sessions(work, me().account_id, now() - service.IDLE, now())
    held = [
        (
            landlord,
            [says for role, says in ROLE_NAMES.items() if role in me().roles[landlord.id]],
            me().posts.get(landlord.id),
        )
        for landlord in landlords().values()
        if landlord.id in me().roles
    ]
    return page("people/me.html", sessions=sessions, held=held, this=me().session_id)


@pages.post("/me/sessions/<uuid:session_id>/end")
@signed_in
def end_session(session_id: UUID) -> Response:
    """End one of my sessions, on whatever device."""
    with public_work() as work:
        service.end(work, me().account_id, session_id, _named(), now())
    return moved(url_for("people.mine", done="session-ended"))


@pages.post("/me/sessions/end-others")
@signed_in
def end_others() -> Response:
    """End all my sessions but this one."""
    with public_work() as work:
        service.end_others(work, me().account_id, me().session_id, _named(), now())
    return moved(url_for("people.mine", done="sessions-ended"))


def known_here(email: str) -> bool:
    """Has this account signed in on this device before?"""
    return _devices().knows(device(), email)


def _remembered(answer: Response, here: Device | None, email: str) -> Response:
    """Let the device be known next time, so that nobody's guesses elsewhere can slow it down."""
    answer.set_cookie(
        COOKIE,
        _devices().after_sign_in(here, email),
        max_age=LASTS,
        path=pages.url_prefix,
        secure=portal().settings.https,
        httponly=True,
        samesite="Lax",
    )
    return answer


def _named() -> str:
    """What to call the device that asks."""
    return device_name(request.headers.get("User-Agent", ""))


def _devices() -> KnownDevices:
    return KnownDevices(portal().settings.secret_key)


def _throttle() -> Throttle:
    kept = current_app.extensions.get("sign_in_throttle")
    if kept is None:
        kept = current_app.extensions["sign_in_throttle"] = Throttle(portal().redis, portal().settings.secret_key)
    return cast("Throttle", kept)


def local(wanted: str | None) -> str:
    """A page of the desk and nothing else: a borrowed link must not lead elsewhere after signing in."""
    parts = urlsplit(wanted or "")
    plain = wanted and not parts.scheme and not parts.netloc and "\\" not in wanted and wanted.isprintable()
    return wanted if plain and wanted and parts.path.startswith(HOME) and ".." not in parts.path else HOME

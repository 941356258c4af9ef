"""The second step of signing in, and signing in with a passkey alone."""

from flask import request, session, url_for
from werkzeug.wrappers import Response

from portal.people import new_device, resetting
from portal.people.proving import passkeys, second
from portal.people.proving.forms import CodeForm
from portal.people.proving.passkeys import PasskeyRefusedError
from portal.people.proving.routes.blueprint import ELSEWHERE, HALF, as_json, codes, device, pages, site
from portal.people.proving.second import Waiting
from portal.people.routes import known_here, let_in, local, place
from portal.people.service import SignedIn
from portal.people.throttle import FREE_TRIES
from portal.web.access import anyone
from portal.web.fragments import moved, page
from portal.web.here import landlord_work, now, public_work
from portal.web.limits import slow_sign_in

NOT_RIGHT = "That code is not right, or was used before. An app shows new figures every half minute."
NO_SECOND_PASSKEY = "The passkey was not accepted. Try again, or use a code."


@pages.get("/sign-in/second")
@anyone
def second_step() -> Response:
    """Asks whoever gave the right password for their second factor."""
    who = _waiting()
    return _page(who, CodeForm(), 200) if who else _over()


@pages.post("/sign-in/second")
@slow_sign_in(place)
@anyone
def second_given() -> Response:
    """A code of the app, a recovery code, or a passkey. Guesses are slowed down, and nobody is locked out."""
    who, form = _waiting(), CodeForm()
    if who is None:
        return _over()
    if form.validate() and form.passkey.data:
        return _by_passkey(who, form)
    if not (form.code.data or form.errors):
        form.refuse("code", "Enter a code.")
    return _page(who, form, 422) if form.errors else _by_code(who, form)


def _by_code(who: Waiting, form: CodeForm) -> Response:
    tried_from = place() if known_here(who.email) else ELSEWHERE
    wait = codes().wait(who.email, tried_from, now())
    if wait:
        return _page(who, form, 429, wait)
    with public_work() as work:
        found = second.with_code(work, who, form.code.data, now())
    if found is None:
        return _wrong(who, form, tried_from)
    codes().right(who.email, tried_from)
    return _in(found, who.email)


@pages.post("/sign-in/second/passkey")
@slow_sign_in(place)
@anyone
def second_asked() -> Response:
    """What a script needs to ask for a passkey of whoever waits."""
    who = _waiting()
    if who is None:
        return _over()
    with public_work() as work:
        return as_json(passkeys.ask_for_proof(work, site(), who.account_id, now()))


@pages.post("/sign-in/passkey/ask")
@slow_sign_in(place)
@anyone
def passkey_asked() -> Response:
    """What a script needs to ask for any passkey; the same for everybody."""
    with public_work() as work:
        return as_json(passkeys.ask_for_proof(work, site(), None, now()))


@pages.post("/sign-in/passkey")
@slow_sign_in(place)
@anyone
def with_passkey() -> Response:
    """Sign in with a passkey alone: it is something that one has, and the device asks for a finger or a number."""
    try:
        with public_work() as work:
            found, email = second.passkey_alone(work, site(), request.form.get("passkey", ""), device(), now())
    except PasskeyRefusedError:
        return moved(url_for("people.sign_in", done="passkey-refused", next=local(request.form.get("next"))))
    return let_in(found, email, request.form.get("next"))


def _waiting() -> Waiting | None:
    token = session.get(HALF)
    if not token:
        return None
    with public_work() as work:
        return second.waiting(work, token, now())


def _over() -> Response:
    return moved(url_for("people.sign_in", done="second-over"))


def _page(who: Waiting, form: CodeForm, status: int, wait: int = 0) -> Response:
    wanted = local(request.values.get("next"))
    return page(
        "people/proving/second.html", status=status, form=form, factors=who.factors, wait=wait, wanted=wanted
    )


def _wrong(who: Waiting, form: CodeForm, tried_from: str) -> Response:
    tries = codes().wrong(who.email, tried_from, now())
    if tries == FREE_TRIES:
        _tell_owner(who)
    form.refuse("code", NOT_RIGHT)
    return _page(who, form, 422, codes().wait(who.email, tried_from, now()))


def _tell_owner(who: Waiting) -> None:
    """Whoever guesses has the password: its owner is to know, on record and by mail."""
    with public_work() as work:
        second.wrong_codes(work, who, now())
        home = resetting.home_of(work, who.account_id, now())
    if home:
        with landlord_work(home) as work:
            new_device.tell(work, who.account_id, who.session_id, now())


def _by_passkey(who: Waiting, form: CodeForm) -> Response:
    try:
        with public_work() as work:
            found = second.with_passkey(work, who, site(), form.passkey.data, now())
    except PasskeyRefusedError:
        form.refuse("code", NO_SECOND_PASSKEY)
        return _page(who, form, 422)
    return _in(found, who.email)


def _in(found: SignedIn, email: str) -> Response:
    return let_in(found, email, request.form.get("next"))

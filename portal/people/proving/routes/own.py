"""How I sign in: an app, passkeys, recovery codes, the password, and what happened lately."""

from uuid import UUID

from flask import url_for
from werkzeug.wrappers import Response

from portal.people.proving import app, own, passkeys, recovery
from portal.people.proving.forms import AppForm, PasskeyForm, PasswordForm
from portal.people.proving.own import NeededError
from portal.people.proving.passkeys import PasskeyRefusedError
from portal.people.proving.routes.blueprint import as_json, codes, default, device, pages, site
from portal.web.access import signed_in
from portal.web.fragments import moved, page
from portal.web.here import now, public_work
from portal.web.principal import me

MINE = "/me/sign-in"
NOT_RIGHT = "Those are not the figures of this moment. Look whether the telephone shows the right time, and try again."
NO_PASSKEY = "The browser’s answer was not accepted. Try again, or use an authenticator app."


@pages.get(MINE)
@signed_in
def mine() -> Response:
    """What there is, and what can be changed."""
    with public_work() as work:
        found = own.read(work, me().account_id, now())
    return page("people/proving/mine.html", own=found)


@pages.post(MINE + "/app/begin")
@signed_in
def app_begun() -> Response:
    """Make a new secret for an app."""
    with public_work() as work:
        app.begin(work, me().account_id, now())
    return moved(url_for("proving.app_page"))


@pages.get(MINE + "/app")
@signed_in
def app_page() -> Response:
    """The picture to scan and the same in letters, and a place for the first figures."""
    return _app_page(AppForm(), 200)


@pages.post(MINE + "/app")
@signed_in
def app_confirmed() -> Response:
    """The app shows the right figures: it counts from now on, and there are recovery codes, shown once."""
    form, place = AppForm(), str(me().account_id)
    if not form.validate():
        return _app_page(form, 422)
    if codes().wait("new app", place, now()):
        form.refuse("code", "There were several wrong ones. Wait a little, then try again.")
        return _app_page(form, 429)
    with public_work() as work:
        found = app.confirm(work, me().account_id, form.code.data, device(), now())
    if found is None:
        codes().wrong("new app", place, now())
        form.refuse("code", NOT_RIGHT)
        return _app_page(form, 422)
    return page("people/proving/codes.html", codes=found)


@pages.post(MINE + "/app/remove")
@signed_in
def app_removed() -> Response:
    """Take the app away."""
    try:
        with public_work() as work:
            own.remove_app(work, me().account_id, device(), default(), now())
    except NeededError:
        return moved(url_for("proving.mine", done="factor-needed"))
    return moved(url_for("proving.mine", done="app-removed"))


@pages.post(MINE + "/codes")
@signed_in
def new_codes() -> Response:
    """New recovery codes; the old ones serve no more."""
    with public_work() as work:
        found = recovery.make(work, me().account_id, device(), now())
    return page("people/proving/codes.html", codes=found)


@pages.get(MINE + "/passkey")
@signed_in
def passkey_page() -> Response:
    """Where a passkey is made. It needs a script; an app does not."""
    return page("people/proving/passkey.html", form=PasskeyForm())


@pages.post(MINE + "/passkey/ask")
@signed_in
def passkey_wanted() -> Response:
    """What a script needs to have a passkey made."""
    with public_work() as work:
        return as_json(passkeys.ask_for_new(work, site(), me().account_id, me().email, me().name, now()))


@pages.post(MINE + "/passkey")
@signed_in
def passkey_made() -> Response:
    """Keep it; with the first factor there are recovery codes, shown once."""
    form = PasskeyForm()
    if not form.validate():
        return page("people/proving/passkey.html", status=422, form=form)
    try:
        with public_work() as work:
            found = own.add_passkey(
                work, site(), me().account_id, form.called.data, form.answer.data or "", device(), now()
            )
    except PasskeyRefusedError:
        form.refuse("called", NO_PASSKEY)
        return page("people/proving/passkey.html", status=422, form=form)
    if found:
        return page("people/proving/codes.html", codes=found)
    return moved(url_for("proving.mine", done="passkey-added"))


@pages.post(MINE + "/passkeys/<uuid:passkey_id>/remove")
@signed_in
def passkey_removed(passkey_id: UUID) -> Response:
    """Take one of my passkeys away."""
    try:
        with public_work() as work:
            own.remove_passkey(work, me().account_id, passkey_id, device(), default(), now())
    except NeededError:
        return moved(url_for("proving.mine", done="factor-needed"))
    return moved(url_for("proving.mine", done="passkey-removed"))


@pages.route(MINE + "/password", methods=["GET", "POST"])
@signed_in
def password() -> Response:
    """Another password: every other sign-in ends."""
    form = PasswordForm()
    if not form.is_submitted():
        return page("people/proving/password.html", form=form)
    if not form.validate():
        return page("people/proving/password.html", status=422, form=form)
    if codes().wait("password", str(me().account_id), now()):
        form.refuse("old", "There were several wrong ones. Wait a little, then try again.")
        return page("people/proving/password.html", status=429, form=form)
    with public_work() as work:
        done = own.change_password(
            work, me().account_id, me().session_id, form.old.data, form.new.data, device(), now()
        )
    if not done:
        codes().wrong("password", str(me().account_id), now())
        form.refuse("old", "That is not your password now.")
        return page("people/proving/password.html", status=422, form=form)
    return moved(url_for("proving.mine", done="password-changed"))


def _app_page(form: AppForm, status: int) -> Response:
    with public_work() as work:
        found = app.being_set_up(work, me().account_id, me().email, now())
    return page("people/proving/app.html", status=status, form=form, new=found)

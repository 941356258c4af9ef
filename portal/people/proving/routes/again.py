"""The one place where it is decided whether a proof is fresh enough, before any view of a sensitive act runs."""

from datetime import timedelta

from flask import Flask, g, redirect, request, url_for
from werkzeug.wrappers import Response

from portal.people.proving import again, passkeys, rules
from portal.people.proving.again import Proof, Ways
from portal.people.proving.routes.blueprint import as_json, codes, default, pages, site
from portal.people.routes import local
from portal.web.access import signed_in
from portal.web.fragments import moved, page
from portal.web.here import now, public_work
from portal.web.landlord import LandlordHere, landlords
from portal.web.landlord import work as landlord_work
from portal.web.principal import Principal, current_principal, me
from portal.web.sensitive import SENSITIVE

FIELDS = ("again_password", "again_code", "again_passkey")
NOT_RIGHT = "That was not right. Nothing has been done yet."


def init_app(app: Flask) -> None:
    """Ask before a sensitive act, after access has been decided: what was typed comes along, and nothing is lost."""

    @app.before_request
    def ask_again() -> Response | None:
        who = current_principal()
        if request.endpoint not in SENSITIVE or who is None or _is_fresh(who):
            return None
        if request.method != "POST":
            return redirect(url_for("proving.prove", next=local(request.full_path.rstrip("?"))), 303)
        return _before_it(who)


@pages.get("/again")
@signed_in
def prove() -> Response:
    """Prove anew who I am, and go on to the page that was wanted."""
    return _page(200, local(request.args.get("next")))


@pages.post("/again")
@signed_in
def proved() -> Response:
    """It holds: on to what was wanted."""
    wanted = local(request.form.get("next"))
    wait = _wait(me())
    if wait:
        return _page(429, wanted, wait=wait)
    if not _proves(me()):
        return _page(422, wanted, wrong=NOT_RIGHT)
    return moved(wanted)


@pages.post("/again/passkey")
@signed_in
def passkey_for_it() -> Response:
    """What a script needs to ask for a passkey of mine."""
    with public_work() as work:
        return as_json(passkeys.ask_for_proof(work, site(), me().account_id, now()))


def _is_fresh(who: Principal) -> bool:
    return who.proved_at is not None and now() - who.proved_at <= _fresh()


def _fresh() -> timedelta:
    """How long a proof is fresh: the landlord's own minutes, and the portal's where there is no landlord."""
    if g.get("landlord") is None:
        return timedelta(minutes=rules.MINUTES)
    with landlord_work() as session:
        return rules.here(session, default()).fresh


def _before_it(who: Principal) -> Response | None:
    """Take the proof out of the form that is being sent; or ask for it, with the form as it is."""
    given = any(request.form.get(name) for name in FIELDS)
    wait = _wait(who)
    if given and not wait and _proves(who):
        return None
    wrong = NOT_RIGHT if given and not wait else ""
    return _page(422 if given else 403, None, wrong=wrong, wait=wait)


def _proves(who: Principal) -> bool:
    proof = Proof(*(request.form.get(name, "").strip() for name in FIELDS))
    if not proof.given:
        return False
    with public_work() as work:
        holds = again.prove(work, who.account_id, who.session_id, proof, site(), now())
    if holds:
        codes().right(who.email, str(who.session_id))
    else:
        codes().wrong(who.email, str(who.session_id), now())
    return holds


def _wait(who: Principal) -> int:
    return codes().wait(who.email, str(who.session_id), now())


def _page(status: int, wanted: str | None, *, wrong: str = "", wait: int = 0) -> Response:
    """With `wanted`, the form leads there; without, it sends again what was being sent."""
    carried = [] if wanted else [
        (name, value) for name, value in request.form.items(multi=True) if name not in {*FIELDS, "csrf_token"}
    ]  # fmt: skip
    return page(
        "people/proving/again.html", status=status, ways=_ways(), wanted=wanted, carried=carried, wrong=wrong,
        wait=wait, through=_through(me()),
    )  # fmt: skip


def _through(who: Principal) -> LandlordHere | None:
    """The organisation that vouched for them, which can ask them anew: of several, the one whose page this is."""
    if not who.vouched_for:
        return None
    theirs = [each for each in landlords().values() if each.id in who.roles]
    return next((each for each in theirs if each == g.get("landlord")), theirs[0] if theirs else None)


def _ways() -> Ways:
    with public_work() as work:
        return again.ways(work, me().account_id)

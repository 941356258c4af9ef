"""Signing in through a landlord's own organisation: there, and back."""

import secrets
from typing import cast

from flask import abort, current_app, redirect, request, session, url_for
from werkzeug.wrappers import Response

from portal.people.proving import again, organisation, second
from portal.people.proving.oidc import (
    Asked,
    Client,
    OrganisationAwayError,
    OrganisationRefusedError,
    Organisations,
    Vouched,
)
from portal.people.proving.routes.blueprint import device, pages, site
from portal.people.routes import let_in, local, place
from portal.settings import Env
from portal.web.access import anyone
from portal.web.fragments import moved, page
from portal.web.here import landlord_work, now, portal, public_work
from portal.web.landlord import LandlordHere, landlords
from portal.web.limits import slow_sign_in
from portal.web.principal import current_principal

STATE, WANTED, ANEW = "organisation", "wanted", "anew"
"""What the cookie keeps while somebody is away: something random, where they were going, and whether to ask anew."""


@pages.get("/organisation")
@anyone
def organisations() -> Response:
    """Which organisations let their people sign in so. That a landlord does is no secret: who works there is."""
    found = []
    for each in landlords().values():
        with landlord_work(each.id) as work:
            if organisation.offered(work):
                found.append(each)
    return page("people/proving/organisations.html", found=found, wanted=local(request.args.get("next")))


@pages.get("/organisation/<vouching>")
@slow_sign_in(place)
@anyone
def there(vouching: str) -> Response:
    """Off to the organisation. The browser keeps something random, which has to come back with whoever does."""
    client = _client(_landlord(vouching))
    asked = Asked(secrets.token_urlsafe(32), portal().settings.secret_key)
    anew = bool(request.args.get("anew"))
    try:
        url = spoken_with().where_to(client, asked, now(), anew=anew)
    except OrganisationAwayError:
        return _not_in("organisation-away", request.args.get("next"))
    session[STATE], session[WANTED], session[ANEW] = asked.state, local(request.args.get("next")), anew
    return redirect(url, 303)


@pages.get("/organisation/<vouching>/back")
@slow_sign_in(place)
@anyone
def back(vouching: str) -> Response:
    """Back from there: the answer has to fit the question of this very browser, once."""
    here = _landlord(vouching)
    client = _client(here)
    state, wanted, anew = session.pop(STATE, ""), session.pop(WANTED, None), session.pop(ANEW, False)
    if not state or not secrets.compare_digest(state, request.args.get("state", "")):
        return _not_in("organisation-refused", wanted)
    asked = Asked(state, portal().settings.secret_key)
    try:
        who = spoken_with().who(client, asked, request.args.get("code", ""), now())
        return _proved(here, client, who, wanted) if anew else _in(here, client, who, wanted)
    except OrganisationRefusedError:
        return _not_in("organisation-refused", wanted)
    except OrganisationAwayError:
        return _not_in("organisation-away", wanted)


def _not_in(why: str, wanted: str | None) -> Response:
    """Back to where they stood: whoever is signed in was about to prove it anew."""
    if current_principal():
        return moved(url_for("proving.prove", done=why, next=local(wanted)))
    return moved(url_for("people.sign_in", done=why))


def _in(here: LandlordHere, client: Client, who: Vouched, wanted: str | None) -> Response:
    """A session that opens this landlord, and all that was open in it already."""
    with landlord_work(here.id) as work:
        account_id = organisation.account_of(work, client.issuer, who, device(), now())
    before = current_principal()
    mine = before if before and before.account_id == account_id else None
    with public_work() as work:
        found, email = second.by_organisation(work, account_id, here.id, mine, device(), now())
    return moved(local(wanted)) if mine and mine.token == found.token else let_in(found, email, wanted)


def _proved(here: LandlordHere, client: Client, who: Vouched, wanted: str | None) -> Response:
    """Whoever is signed in was asked anew over there, just now: the session is fresh."""
    before = current_principal()
    with landlord_work(here.id) as work:
        account_id = organisation.account_of(work, client.issuer, who, device(), now())
    if before is None or before.account_id != account_id or not who.just_now(now()):
        raise OrganisationRefusedError
    with public_work() as work:
        again.vouched(work, before.account_id, before.session_id, now())
    return moved(local(wanted))


def _landlord(slug: str) -> LandlordHere:
    found = landlords().get(slug)
    return found or abort(404)


def address_back(here: LandlordHere) -> str:
    """Where an organisation sends people back to: it has to be told so over there."""
    return f"{site().origin}{url_for('proving.back', vouching=here.slug)}"


def _client(here: LandlordHere) -> Client:
    with landlord_work(here.id) as work:
        found = organisation.client(work, address_back(here))
    return found or abort(404)


def spoken_with() -> Organisations:
    """What the portal knows of the organisations, kept for as long as it runs."""
    kept = current_app.extensions.get("organisations")
    if kept is None:
        kept = Organisations(plain_http=portal().settings.env is not Env.PRODUCTION)
        current_app.extensions["organisations"] = kept
    return cast("Organisations", kept)

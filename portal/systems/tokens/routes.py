"""The pages of a landlord's own systems: their tokens, and what they can ask and tell."""

from uuid import UUID

from flask import Blueprint, json, url_for
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from portal.domain.permissions import Permission, permissions_of
from portal.domain.systems import SCOPES, may_give
from portal.systems.api.description import description, server
from portal.systems.api.operations import OPERATIONS
from portal.systems.tokens import queries, service
from portal.systems.tokens.forms import TokenForm
from portal.systems.tokens.service import NoSuchTokenError
from portal.web.access import needs
from portal.web.files import download
from portal.web.fragments import moved, page
from portal.web.here import now, portal
from portal.web.landlord import current_landlord, work
from portal.web.principal import actor, me

pages = Blueprint("systems", __name__, url_prefix="/desk/<landlord>/systems")
ADMIN = Permission.SYSTEMS_ADMIN


@pages.get("")
@needs(ADMIN)
def systems() -> Response:
    """Every token, and a form for another."""
    return _page(_form())


@pages.post("")
@needs(ADMIN)
def make() -> Response:
    """Make a token: the page that follows shows it, and no other ever does."""
    form = _form()
    if not form.validate():
        return _page(form, status=422)
    with work() as session:
        token_id, secret = service.make(session, form.wanted(), _held(), actor(), now())
    return _page(_form(blank=True), secret=secret, made=token_id)


@pages.post("/<uuid:token_id>/end")
@needs(ADMIN)
def end(token_id: UUID) -> Response:
    """From now on it opens nothing."""
    try:
        with work() as session:
            service.end(session, token_id, actor(), now())
    except NoSuchTokenError:
        raise NotFound from None
    return moved(url_for("systems.systems", done="token-ended"))


@pages.get("/help")
@needs(ADMIN)
def explained() -> Response:
    """What systems can ask and tell, and how: for whoever connects one."""
    return page(
        "systems/explained.html",
        here=current_landlord(),
        scopes=SCOPES,
        calls=[(scope, [each for each in OPERATIONS.values() if each.scope is scope]) for scope in SCOPES],
        server=server(portal().settings.base_url, current_landlord().slug),
    )


@pages.get("/openapi.json")
@needs(ADMIN)
def openapi() -> Response:
    """The same as a file, for whoever builds the other side."""
    said = json.dumps(description(server(portal().settings.base_url, current_landlord().slug)), indent=2)
    return download("openapi.json", said.encode())


def _held() -> frozenset[Permission]:
    return permissions_of(me().roles[current_landlord().id])


def _form(*, blank: bool = False) -> TokenForm:
    form = TokenForm(formdata=None) if blank else TokenForm()
    form.offer(may_give(_held()))
    return form


def _page(form: TokenForm, *, status: int = 200, secret: str = "", made: UUID | None = None) -> Response:
    with work() as session:
        rows = queries.tokens(session, now())
    offered = may_give(_held())
    return page(
        "systems/tokens.html",
        status=status,
        here=current_landlord(),
        form=form,
        rows=rows,
        secret=secret,
        made=made,
        others=[scope for each, scope in SCOPES.items() if each not in offered],
    )

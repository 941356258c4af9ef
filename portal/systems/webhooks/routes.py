"""The pages of notices: where they go, what became of each, another secret, a trial, an end."""

from uuid import UUID

from flask import Blueprint, url_for
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from portal.domain.permissions import Permission
from portal.systems.webhooks import queries, service
from portal.systems.webhooks.forms import WebhookForm
from portal.systems.webhooks.service import NoSuchWebhookError
from portal.web.access import needs
from portal.web.fragments import moved, page
from portal.web.here import now
from portal.web.landlord import current_landlord, work
from portal.web.principal import actor

pages = Blueprint("webhooks", __name__, url_prefix="/desk/<landlord>/systems/notices")
ADMIN = Permission.SYSTEMS_ADMIN
ONE = "/<uuid:webhook_id>"


@pages.get("")
@needs(ADMIN)
def webhooks() -> Response:
    """Every place to which notices go, and a form for another."""
    return _page(WebhookForm())


@pages.post("")
@needs(ADMIN)
def make() -> Response:
    """Name a place. The page that follows shows its secret, and no other ever does."""
    form = WebhookForm()
    if not form.validate():
        return _page(form, status=422)
    with work() as session:
        _id, secret = service.make(session, form.wanted(), actor(), now())
    return _page(WebhookForm(formdata=None), secret=secret)


@pages.get(ONE)
@needs(ADMIN)
def log(webhook_id: UUID) -> Response:
    """One place, and what became of its newest notices."""
    return _one(webhook_id)


@pages.post(ONE + "/secret")
@needs(ADMIN)
def secret(webhook_id: UUID) -> Response:
    """Another secret, shown this once."""
    try:
        with work() as session:
            found = service.renew_secret(session, webhook_id, actor(), now())
    except NoSuchWebhookError:
        raise NotFound from None
    return _one(webhook_id, secret=found)


@pages.post(ONE + "/trial")
@needs(ADMIN)
def trial(webhook_id: UUID) -> Response:
    """Send a notice of nothing."""
    try:
        with work() as session:
            service.attempt(session, webhook_id, actor(), now())
    except NoSuchWebhookError:
        raise NotFound from None
    return moved(url_for("webhooks.log", webhook_id=webhook_id, done="notice-tried"))


@pages.post(ONE + "/end")
@needs(ADMIN)
def end(webhook_id: UUID) -> Response:
    """No notice goes there any more."""
    try:
        with work() as session:
            service.end(session, webhook_id, actor(), now())
    except NoSuchWebhookError:
        raise NotFound from None
    return moved(url_for("webhooks.webhooks", done="notices-ended"))


def _one(webhook_id: UUID, *, secret: str = "") -> Response:
    with work() as session:
        row = queries.webhook(session, webhook_id)
        rows = queries.log(session, webhook_id)
    if row is None:
        raise NotFound
    return page("systems/webhook.html", here=current_landlord(), row=row, rows=rows, secret=secret)


def _page(form: WebhookForm, *, status: int = 200, secret: str = "") -> Response:
    with work() as session:
        rows = queries.webhooks(session)
    return page(
        "systems/webhooks.html", status=status, here=current_landlord(), form=form, rows=rows, secret=secret
    )

"""The side that offers a home: beside its cases, because it has none of her."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import current_app, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException, NotFound
from werkzeug.wrappers import Response

from portal.domain.permissions import Permission
from portal.homes.exchange import homes as service
from portal.homes.exchange import queries
from portal.homes.exchange.cards import thread_of
from portal.homes.exchange.forms import AnswerForm, LetterForm, OfferForm
from portal.homes.exchange.homes import NoSuchHomeError
from portal.homes.exchange.queries import OwnHome
from portal.homes.exchange.routes.blueprint import WORDS, pages
from portal.homes.refused import RefusedError
from portal.homes.routes import is_manager, refuse
from portal.web.access import needs
from portal.web.forms import Form
from portal.web.fragments import moved, page
from portal.web.here import now
from portal.web.landlord import Work, current_landlord, work
from portal.web.principal import actor

DESK = "/<landlord>/exchange"
HOME = DESK + "/homes/<uuid:home_id>"


@pages.app_errorhandler(NoSuchHomeError)
def missing(_error: Exception) -> HTTPException | ResponseReturnValue:
    """The same answer as for an address that does not exist."""
    return current_app.handle_http_exception(NotFound())


@pages.get(DESK)
@needs(Permission.CASE_WORK)
def desk() -> Response:
    """What others look for, and what we offered."""
    with work() as session:
        threads, homes = queries.desk(session)
    return page("homes/exchange/desk.html", threads=threads, homes=homes, here=current_landlord(), **WORDS)


@pages.route(DESK + "/<uuid:thread_id>/offer", methods=["GET", "POST"])
@needs(Permission.CASE_WORK)
def offer(thread_id: UUID) -> Response:
    """Offer one of our homes."""
    with work() as session:
        thread = thread_of(session, thread_id)
        ours = queries.own_threads(session)
    if thread is None or thread.down or thread_id in ours:
        raise NoSuchHomeError
    form = OfferForm(bedrooms=thread.need.bedrooms, tenure=thread.need.tenure.value)

    def keep(session: Work) -> None:
        service.offer(session, thread_id, form.offering(), actor(), now(), is_manager=is_manager())

    return _form("offer", form, keep, "exchange_offered", thread=thread)


@pages.route(HOME, methods=["GET", "POST"])
@needs(Permission.CASE_WORK)
def agree(home_id: UUID) -> Response:
    """Agree once she has, or take the home back."""
    row = _home(home_id)
    form = AnswerForm()

    def keep(session: Work) -> None:
        if form.answer.data == "no":
            service.refuse(session, home_id, actor(), now())
        else:
            service.agree(session, home_id, actor(), now(), is_manager=is_manager())

    return _form("agree", form, keep, "exchange_agreed", row=row, home=row.thread.home(row.side))


@pages.route(HOME + "/letter", methods=["GET", "POST"])
@needs(Permission.CASE_WORK)
def introduce(home_id: UUID) -> Response:
    """Write to the other side: who we are, and where the home is."""
    row = _home(home_id)
    form = LetterForm()

    def keep(session: Work) -> None:
        service.introduce(session, home_id, form.words.data, actor(), now())

    return _form("introduce", form, keep, "exchange_introduced", row=row)


@pages.post(HOME + "/open")
@needs(Permission.CASE_WORK)
def open_letter(home_id: UUID) -> Response:
    """What she has released."""
    with work() as session:
        said = service.theirs(session, home_id, actor(), now())
    return page("homes/exchange/letter.html", said=said, back=url_for("exchange.desk"), **WORDS)


def _home(home_id: UUID) -> OwnHome:
    with work() as session:
        row = next((each for each in queries.own_homes(session) if each.id == home_id), None)
    if row is None:
        raise NoSuchHomeError
    return row


def _form(name: str, form: Form, keep: Callable[[Work], object], done: str, **context: Any) -> Response:  # noqa: ANN401
    status = 200
    if form.is_submitted():
        status = 422
        if form.validate():
            try:
                with work() as session:
                    keep(session)
            except RefusedError as refused:
                refuse(form, refused)
            else:
                return moved(url_for("exchange.desk", done=done))
    here = current_landlord()
    return page(f"homes/exchange/{name}.html", status=status, form=form, here=here, **WORDS | context)

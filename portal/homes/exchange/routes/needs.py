"""The side that looks for a home: on the case."""

import json
from typing import Any
from uuid import UUID

from flask import url_for
from werkzeug.wrappers import Response

from portal.cases import frame
from portal.cases import service as cases
from portal.cases.frame import Frame
from portal.cases.routes.blueprint import CASE, reader
from portal.cases.routes.section import section
from portal.cases.service import NoSuchCaseError
from portal.domain.permissions import Permission
from portal.domain.rehousing.exchange import Card, Released
from portal.homes.exchange import needs as service
from portal.homes.exchange import queries
from portal.homes.exchange.cards import letter
from portal.homes.exchange.forms import DownForm, HandOverForm, PostForm, WishForm
from portal.homes.exchange.needs import Wanted
from portal.homes.exchange.queries import OwnNeed
from portal.homes.exchange.routes.blueprint import WORDS, pages
from portal.homes.routes import answer_form, is_manager
from portal.web.access import needs as allowed
from portal.web.forms import Form
from portal.web.fragments import page
from portal.web.here import now
from portal.web.landlord import Keep, Work, work
from portal.web.principal import actor

NEEDS = CASE + "/exchange"
NEED = NEEDS + "/<uuid:need_id>"


@pages.get(NEEDS)
@allowed(Permission.CASE_READ)
def needs(case_id: UUID) -> Response:
    """What was posted for this case, and what was offered."""
    found, rows = _read(case_id)
    return section("homes/exchange/needs.html", found, rows=rows, **WORDS)


@pages.route(NEEDS + "/post", methods=["GET", "POST"])
@allowed(Permission.CASE_WORK)
def post(case_id: UUID) -> Response:
    """Post a need without a name."""
    found, _rows = _read(case_id)
    form = PostForm()

    def keep(session: Work) -> None:
        service.post(session, case_id, form.posting(), actor(), now(), is_manager=is_manager())

    return _form("post", found, form, keep, "exchange_posted")


@pages.route(NEEDS + "/homes/<uuid:side_id>", methods=["GET", "POST"])
@allowed(Permission.CASE_WORK)
def answer(case_id: UUID, side_id: UUID) -> Response:
    """What she says to a home."""
    found, rows = _read(case_id)
    row = next((each for each in rows if each.thread.home(side_id)), None)
    home = row.thread.home(side_id) if row else None
    if row is None or home is None:
        raise NoSuchCaseError
    form = WishForm()

    def keep(session: Work) -> None:
        wish, thread = form.wish.data, row.thread.id
        if form.answer.data == "no":
            service.refuse(session, case_id, thread, side_id, wish, actor(), now())
        else:
            wanted = Wanted(side_id, wish, form.reason.data or "")
            service.agree(session, case_id, thread, wanted, actor(), now(), is_manager=is_manager())

    return _form("answer", found, form, keep, "exchange_answered", row=row, home=home)


@pages.route(NEED + "/down", methods=["GET", "POST"])
@allowed(Permission.CASE_WORK)
def take_down(case_id: UUID, need_id: UUID) -> Response:
    """Take a need down."""
    found, row = _need(case_id, need_id)
    form = DownForm()

    def keep(session: Work) -> None:
        service.take_down(session, case_id, row.thread.id, form.words.data, actor(), now())

    return _form("down", found, form, keep, "exchange_down", row=row)


@pages.route(NEED + "/hand-over", methods=["GET", "POST"])
@allowed(Permission.CASE_WORK)
def hand_over(case_id: UUID, need_id: UUID) -> Response:
    """Hand over exactly what she releases."""
    found, row = _need(case_id, need_id)
    form = HandOverForm()
    with work() as session:
        words = service.released(session, cases.get(session, case_id), tuple(Released))

    def keep(session: Work) -> None:
        service.hand_over(session, case_id, row.thread.id, form.released(), actor(), now())

    return _form("hand_over", found, form, keep, "exchange_handed_over", row=row, words=words)


@pages.post(NEED + "/letter")
@allowed(Permission.CASE_WORK)
def letter_of_theirs(case_id: UUID, need_id: UUID) -> Response:
    """The other landlord's letter, alone on a page: it holds where she will live."""
    _found, row = _need(case_id, need_id)
    home = row.thread.home(row.side) if row.side else None
    with work() as session:
        sealed = (
            letter(session, row.thread.id, home.side, Card.LETTER_TO_NEED, home.mark)
            if home and home.both
            else None
        )
        words = service.theirs(session, case_id, row.thread.id, sealed, actor(), now()) if sealed else None
    said = json.loads(words) if words else None
    back = url_for("exchange.needs", case_id=case_id)
    return page("homes/exchange/letter.html", said=said, back=back, **WORDS)


def _read(case_id: UUID) -> tuple[Frame, list[OwnNeed]]:
    with work() as session:
        found = frame.read(session, case_id, reader())
        return found, queries.needs_of(session, case_id)


def _need(case_id: UUID, need_id: UUID) -> tuple[Frame, OwnNeed]:
    found, rows = _read(case_id)
    row = next((each for each in rows if each.id == need_id), None)
    if row is None:
        raise NoSuchCaseError
    return found, row


def _form(name: str, found: Frame, form: Form, keep: Keep, done: str, **context: Any) -> Response:  # noqa: ANN401
    return answer_form(
        f"homes/exchange/{name}.html",
        found,
        form,
        keep,
        url_for("exchange.needs", case_id=found.case.id, done=done),
        **WORDS | context,
    )

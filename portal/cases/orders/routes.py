"""The pages of the register of orders."""

from uuid import UUID

from flask import Blueprint, url_for
from werkzeug.wrappers import Response

from portal.cases import frame
from portal.cases.frame import Frame
from portal.cases.orders import queries, service
from portal.cases.orders.forms import BreachForm, ChangeOrderForm, OrderForm, today
from portal.cases.orders.queries import OrderRow
from portal.cases.orders.words import ARRESTS, ENTRIES, POLICE, SERVED, STATES, say
from portal.cases.routes.blueprint import CASE, reader
from portal.cases.routes.section import one_of, section
from portal.cases.service import EditedMeanwhileError
from portal.domain.permissions import Permission
from portal.domain.policy.said_date import in_words
from portal.landlords.orders import catalogue
from portal.web.access import needs
from portal.web.fragments import moved
from portal.web.here import now
from portal.web.landlord import work
from portal.web.principal import actor

pages = Blueprint("orders", __name__, url_prefix="/desk")

ORDERS = CASE + "/orders"
ORDER = ORDERS + "/<uuid:order_id>"


@pages.get(ORDERS)
@needs(Permission.CASE_READ)
def orders(case_id: UUID) -> Response:
    """Every order of the case, those that hold first, with all that happened to each."""
    with work() as session:
        found = frame.read(session, case_id, reader())
        rows = queries.register(session, case_id, today())
    return section(
        "cases/orders/orders.html",
        found,
        orders=rows,
        states=STATES,
        served=SERVED,
        arrests=ARRESTS,
        entries=ENTRIES,
        police=POLICE,
        say=say,
        in_words=in_words,
    )


@pages.route(ORDERS + "/add", methods=["GET", "POST"])
@needs(Permission.CASE_WORK)
def add(case_id: UUID) -> Response:
    """Write an order into the register."""
    with work() as session:
        found = frame.read(session, case_id, reader())
    name = found.answers.other_person.name
    form = OrderForm(revision=1, protects=found.answers.name, bound=name)
    if form.is_submitted() and form.validate():
        with work() as session:
            service.record(session, case_id, form.order(), actor(), now())
        return _done(case_id, "order")
    status = 422 if form.is_submitted() else 200
    return section(
        "cases/orders/order.html", found, status=status, form=form, kinds=catalogue().kinds, order=None
    )


@pages.route(ORDER, methods=["GET", "POST"])
@needs(Permission.CASE_WORK)
def order(case_id: UUID, order_id: UUID) -> Response:
    """Keep an order as it is now: served, varied, extended, ended, or put right."""
    found, row = _read(case_id, order_id)
    form = ChangeOrderForm(data=ChangeOrderForm.filled(row))
    status = 200
    if form.is_submitted():
        status = 422
        if form.validate():
            try:
                with work() as session:
                    as_now, revision = form.order(form.ended_on.data), form.revision.data
                    service.change(session, case_id, order_id, revision, as_now, form.what(), actor(), now())
            except EditedMeanwhileError:
                status = 409
                form.revision.data = row.revision
            else:
                return _done(case_id, "order")
    return section(
        "cases/orders/order.html",
        found,
        status=status,
        form=form,
        kinds=catalogue().kinds,
        order=row,
        changed=status == 409,  # noqa: PLR2004 - the answer's own number
        served=SERVED,
        say=say,
    )


@pages.route(ORDER + "/breach", methods=["GET", "POST"])
@needs(Permission.CASE_WORK)
def breach(case_id: UUID, order_id: UUID) -> Response:
    """Log a breach of an order."""
    found, row = _read(case_id, order_id)
    form = BreachForm(day=today())
    if form.is_submitted() and form.validate():
        with work() as session:
            service.breach(session, case_id, order_id, form.breach(), actor(), now())
        return _done(case_id, "breach")
    status = 422 if form.is_submitted() else 200
    return section("cases/orders/breach.html", found, status=status, form=form, order=row)


def _read(case_id: UUID, order_id: UUID) -> tuple[Frame, OrderRow]:
    return one_of(case_id, lambda session, _: queries.register(session, case_id, today()), order_id)


def _done(case_id: UUID, what: str) -> Response:
    return moved(url_for("orders.orders", case_id=case_id, done=what))

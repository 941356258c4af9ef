"""The pages of a move."""

from typing import Any
from uuid import UUID

from flask import Blueprint, url_for
from werkzeug.wrappers import Response

from portal.cases import frame
from portal.cases.frame import Frame
from portal.cases.routes.blueprint import CASE, reader
from portal.cases.routes.section import section
from portal.cases.service import NoSuchCaseError
from portal.domain.calendar import in_london
from portal.domain.permissions import Permission
from portal.domain.rehousing.areas import written
from portal.domain.rehousing.drawing import Drawing, drawn
from portal.domain.rehousing.duties import arrears_block, priority
from portal.domain.rehousing.offers import Outcome, offers_left
from portal.homes.moves import completion, queries, service, viewing
from portal.homes.moves.forms import (
    AgreeForm,
    AnswerForm,
    MovedForm,
    OfferForm,
    PrepareForm,
    SurrenderForm,
    ViewingForm,
)
from portal.homes.moves.queries import MoveRow, OfferRow
from portal.homes.moves.words import COPY, KINDS, OUTCOMES, STATES, TENURES
from portal.homes.options import queries as housing
from portal.homes.places import queries as places
from portal.homes.routes import answer_form, is_manager
from portal.web.access import needs
from portal.web.forms import Form
from portal.web.fragments import moved
from portal.web.here import now
from portal.web.landlord import Keep, Work, work
from portal.web.principal import actor

pages = Blueprint("moves", __name__, url_prefix="/desk")
MOVE = CASE + "/move"
WORDS: dict[str, Any] = {
    "states": STATES,
    "kinds": KINDS,
    "tenures": TENURES,
    "outcomes": OUTCOMES,
    "copies": COPY,
}


@pages.get(MOVE)
@needs(Permission.CASE_READ)
def move(case_id: UUID) -> Response:
    """What is on record before a move, the decision, and every offer."""
    found, row, offers = _read(case_id)
    return section(
        "homes/moves/move.html",
        found,
        move=row,
        offers=offers,
        left=offers_left(found.policy, [each.outcome for each in offers]),
        arrears=arrears_block(found.policy),
        drawing=_map(row),
        **WORDS,
    )


@pages.route(MOVE + "/prepare", methods=["GET", "POST"])
@needs(Permission.CASE_WORK)
def prepare(case_id: UUID) -> Response:
    """Keep what comes before a move."""
    found, row, _offers = _read(case_id)
    with work() as session:
        known = housing.newest(session, case_id, found.case.risk_level).facts
    form = PrepareForm(data=PrepareForm.filled(row, lessens=known.move_lessens_risk))

    def keep(session: Work) -> None:
        service.prepare(session, case_id, form.revision.data, form.prepared(), actor(), now())

    return _form(found, "prepare", form, keep, move=row)


@pages.route(MOVE + "/decide", methods=["GET", "POST"])
@needs(Permission.CASE_WORK)
def decide(case_id: UUID) -> Response:
    """Agree to a move or not."""
    found, row, _offers = _read(case_id)
    if row is None:
        return moved(url_for("moves.prepare", case_id=case_id))
    own = priority(found.policy)
    form = AgreeForm(revision=row.revision, band=row.band or own.band or "")

    def keep(session: Work) -> None:
        revision, said = form.revision.data, form.agreement()
        service.decide(session, case_id, revision, said, actor(), now(), is_manager=is_manager())

    return _form(found, "decide", form, keep, move=row, own=own)


@pages.route(MOVE + "/offer", methods=["GET", "POST"])
@needs(Permission.CASE_WORK)
def offer(case_id: UUID) -> Response:
    """Offer a home; what speaks against it is said with its clause."""
    found, row, offers = _read(case_id)
    form = OfferForm()

    def keep(session: Work) -> None:
        service.offer(session, case_id, form.offered(), actor(), now(), is_manager=is_manager())

    left = offers_left(found.policy, [each.outcome for each in offers])
    drawing = _map(row, written(form.postcode.data or "") or "")
    arrears = arrears_block(found.policy)
    return _form(found, "offer", form, keep, move=row, left=left, arrears=arrears, drawing=drawing)


@pages.route(MOVE + "/offers/<uuid:offer_id>", methods=["GET", "POST"])
@needs(Permission.CASE_WORK)
def answer(case_id: UUID, offer_id: UUID) -> Response:
    """Keep what became of an offer."""
    found, row, offers = _read(case_id)
    one = next((each for each in offers if each.id == offer_id), None)
    if one is None:
        raise NoSuchCaseError
    form = AnswerForm()

    def keep(session: Work) -> None:
        said = Outcome(form.outcome.data)
        service.answer(session, case_id, offer_id, said, form.words.data, actor(), now())

    counts = found.policy.moving.safety_refusals_count
    return _form(found, "answer", form, keep, move=row, one=one, counts=counts)


@pages.route(MOVE + "/offers/<uuid:offer_id>/viewing", methods=["GET", "POST"])
@needs(Permission.CASE_WORK)
def see(case_id: UUID, offer_id: UUID) -> Response:
    """Arrange that they see the home safely."""
    found, row, offers = _read(case_id)
    one = next((each for each in offers if each.id == offer_id), None)
    if one is None:
        raise NoSuchCaseError
    seen = in_london(one.seen_at) if one.seen_at else None
    form = ViewingForm(
        day=seen.date() if seen else None,
        time=seen.time() if seen else None,
        escort=one.said.get("escort"),
        safely=one.said.get("viewing"),
    )

    def keep(session: Work) -> None:
        viewing.arrange(session, case_id, offer_id, form.viewing(), actor(), now())

    return _form(found, "see", form, keep, move=row, one=one)


@pages.route(MOVE + "/moved", methods=["GET", "POST"])
@needs(Permission.CASE_WORK)
def complete(case_id: UUID) -> Response:
    """They have moved in: what follows becomes somebody's task."""
    found, row, _offers = _read(case_id)
    if row is None:
        return moved(url_for("moves.prepare", case_id=case_id))
    form = MovedForm(revision=row.revision, moved_on=in_london(now()).date())

    def keep(session: Work) -> None:
        revision, day, words = form.revision.data, form.moved_on.data, form.words.data or ""
        completion.complete(session, case_id, revision, day, words, actor(), now())

    return _form(found, "moved", form, keep, move=row)


@pages.route(MOVE + "/surrender", methods=["GET", "POST"])
@needs(Permission.CASE_WORK)
def surrender(case_id: UUID) -> Response:
    """The end of the old tenancy: stopped until a home is sure, unless the tenant gave notice."""
    found, row, _offers = _read(case_id)
    form = SurrenderForm()

    def keep(session: Work) -> None:
        service.surrender(session, case_id, form.surrender(), actor(), now(), is_manager=is_manager())

    rule, manages = found.policy.rehousing.ending_tenancy, is_manager()
    return _form(found, "surrender", form, keep, move=row, ending=rule, manages=manages)


def _map(row: MoveRow | None, postcode: str = "") -> Drawing | None:
    """Where they must not be, as a map that nobody else draws; with the home that is asked about, if it is known."""
    if row is None:
        return None
    with work() as session:
        areas = {f"Must not be: {each}": each for each in row.said["no_go"]}
        areas |= {f"Lives now: {each}": each for each in row.said["home_area"]}
        known = places.circles(session, areas.values())
        point = places.spots(session, [postcode]).get(postcode) if postcode else None
    return drawn({name: known[each] for name, each in areas.items() if each in known}, point)


def _read(case_id: UUID) -> tuple[Frame, MoveRow | None, tuple[OfferRow, ...]]:
    with work() as session:
        found = frame.read(session, case_id, reader())
        return found, queries.move_of(session, case_id), queries.offers_of(session, case_id)


def _form(found: Frame, name: str, form: Form, keep: Keep, **context: Any) -> Response:  # noqa: ANN401
    """Show a form of a move, or do what it asks and go back to the move."""
    row = context["move"]
    return answer_form(
        f"homes/moves/{name}.html",
        found,
        form,
        keep,
        url_for("moves.move", case_id=found.case.id, done=f"move_{name}"),
        revision=row.revision if row else 0,
        **WORDS | context,
    )

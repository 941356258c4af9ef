"""The pages of the people of a case."""

from datetime import date
from typing import Any
from uuid import UUID

from flask import Blueprint, current_app, url_for
from werkzeug.wrappers import Response

from portal.cases import frame
from portal.cases.frame import Frame
from portal.cases.household import queries, service
from portal.cases.household.forms import ASKED, PARTS_TO_ADD, KindsForm, PersonForm, SameForm, StandingForm
from portal.cases.household.queries import HouseholdRow
from portal.cases.household.service import StandingRefusedError
from portal.cases.household.words import ADDABLE, PARTS, RECOGNISED_BY, SOURCES, STANDINGS, SUBTYPES
from portal.cases.routes.blueprint import CASE, reader
from portal.cases.routes.section import one_of, section
from portal.cases.service import EditedMeanwhileError, NoSuchCaseError
from portal.domain.calendar import in_london
from portal.domain.connection import offered
from portal.domain.permissions import Permission
from portal.web.access import needs
from portal.web.forms import options
from portal.web.fragments import moved
from portal.web.here import now
from portal.web.landlord import Work, work
from portal.web.principal import actor

APART = "kept_apart"
"""Under this name portal.app hands in what knows of an address that is kept apart: homes stand above cases."""
pages = Blueprint("household", __name__, url_prefix="/desk")

HOUSEHOLD = CASE + "/household"
PERSON = HOUSEHOLD + "/<uuid:person_id>"
ADD = HOUSEHOLD + f"/add/<any({', '.join(PARTS_TO_ADD)}):part>"


@pages.get(HOUSEHOLD)
@needs(Permission.CASE_READ)
def household(case_id: UUID) -> Response:
    """Everybody in the case, what is known of them, and who of them may stand in another case."""
    with work() as session:
        found = frame.read(session, case_id, reader())
        people = queries.household(session, case_id, found.policy.definition, _today())
        kinds = queries.kinds(session, case_id)
        matches = queries.matches(session, found.case)
    return section(
        "cases/household/household.html",
        found,
        people=people,
        names={each.id: each.name for each in people},
        kinds=kinds,
        known=[SUBTYPES[each] for each in SUBTYPES if each in found.subtypes],
        matches=matches,
        parts=PARTS,
        addable=ADDABLE,
        standings=STANDINGS,
        sources=SOURCES,
        recognised_by=RECOGNISED_BY,
        subtypes=SUBTYPES,
    )


@pages.route(ADD, methods=["GET", "POST"])
@needs(Permission.CASE_WORK)
def add(case_id: UUID, part: str) -> Response:
    """Add somebody."""
    found = _read(case_id)
    form = _form(found, {}, 1)
    status = 200
    if form.is_submitted():
        status = 422
        if form.validate() and not _kept_apart(case_id, form):
            with work() as session:
                service.add(session, case_id, part, form.details(part, {}), actor(), now())
            return _done(case_id, "person")
    return _person_page(found, form, part, "Add somebody", status=status)


@pages.route(PERSON, methods=["GET", "POST"])
@needs(Permission.CASE_WORK)
def person(case_id: UUID, person_id: UUID) -> Response:
    """Change what is known about somebody; the former value stays readable."""
    found, row = _read_person(case_id, person_id)
    form = _form(found, row.details, row.revision)
    if not form.is_submitted():
        return _person_page(found, form, row.part, "Change what is known")
    if not form.validate() or _kept_apart(case_id, form):
        return _person_page(found, form, row.part, "Change what is known", status=422)
    try:
        with work() as session:
            details, revision = form.details(row.part, row.details), form.revision.data
            service.change(session, case_id, person_id, revision, details, actor(), now())
    except EditedMeanwhileError:
        form.revision.data = row.revision
        return _person_page(found, form, row.part, "Change what is known", status=409, meanwhile=row)
    return _done(case_id, "person")


@pages.route(PERSON + "/standing", methods=["GET", "POST"])
@needs(Permission.CASE_WORK)
def standing(case_id: UUID, person_id: UUID) -> Response:
    """Record how far it goes with the person who does harm, on whose word."""
    found, row = _read_person(case_id, person_id)
    if row.part != "other_person":
        raise NoSuchCaseError
    form = StandingForm()
    status = 200
    if form.is_submitted():
        status = 422
        if form.validate():
            try:
                with work() as session:
                    service.stand(session, case_id, person_id, form.claim(), actor(), now())
            except StandingRefusedError as refused:
                for name, sentence in refused.missing.items():
                    form.refuse(name, sentence)
            else:
                return _done(case_id, "standing")
    return section("cases/household/standing.html", found, status=status, form=form, person=row)


@pages.route(HOUSEHOLD + "/kinds", methods=["GET", "POST"])
@needs(Permission.CASE_WORK)
def kinds(case_id: UUID) -> Response:
    """Write down which kinds of abuse are known of by now."""
    found = _read(case_id)
    form = KindsForm(subtypes=sorted(found.subtypes))
    status = 200
    if form.is_submitted():
        status = 422
        if form.validate():
            with work() as session:
                service.record_kinds(session, case_id, form.chosen(), form.words.data, actor(), now())
            return _done(case_id, "kinds")
    terms = [each for each in found.policy.definition.terms if each.term]
    return section("cases/household/kinds.html", found, status=status, form=form, terms=terms)


@pages.post(PERSON + "/same/<uuid:other_id>")
@needs(Permission.CASE_WORK)
def same(case_id: UUID, person_id: UUID, other_id: UUID) -> Response:
    """Say whether two people are one; only for who may open both cases."""
    form = SameForm()
    with work() as session:
        _checked = frame.read(session, case_id, reader())
        if form.validate():
            is_same = form.answer.data == "yes"
            service.answer_same(session, case_id, person_id, other_id, same=is_same, actor=actor(), now=now())
        elif not any(
            (each.person_id, each.other_person_id) == (person_id, other_id)
            for each in queries.matches(session, _checked.case)
        ):
            raise NoSuchCaseError
    return _done(case_id, "same")


def _kept_apart(case_id: UUID, form: PersonForm) -> bool:
    """Whether an address was typed that is kept apart: what stood before stays readable beside it."""
    typed = [name for name in ("address", "where") if form[name].data]
    with work() as session:
        found = [name for name in typed if current_app.extensions[APART](session, case_id, form[name].data)]
    for name in found:
        form.refuse(name, "This address is kept apart, under New address: it stands nowhere else.")
    return bool(found)


def _today() -> date:
    return in_london(now()).date()


def _read(case_id: UUID) -> Frame:
    with work() as session:
        return frame.read(session, case_id, reader())


def _read_person(case_id: UUID, person_id: UUID) -> tuple[Frame, HouseholdRow]:
    def people(session: Work, found: Frame) -> list[HouseholdRow]:
        return queries.household(session, case_id, found.policy.definition, _today())

    return one_of(case_id, people, person_id)


def _form(found: Frame, details: dict[str, Any], revision: int) -> PersonForm:
    born = details.get("born")
    values = PersonForm.filled(details, revision) | {"born": date.fromisoformat(born) if born else None}
    form = PersonForm(data=values)
    ties = offered(found.policy.definition)
    told = details.get("relationship") or ""
    own = {"": "Not known", **{tie: tie.capitalize() for tie in ties}}
    form.tie.choices = options(own if told in own else {"": "Not known", told: f"As told: {told}"} | own)
    return form


def _person_page(
    found: Frame,
    form: PersonForm,
    part: str,
    heading: str,
    *,
    status: int = 200,
    meanwhile: HouseholdRow | None = None,
) -> Response:
    return section(
        "cases/household/person.html",
        found,
        status=status,
        form=form,
        part=part,
        title=PARTS[part],
        says=heading,
        asked=ASKED[part],
        changed=meanwhile is not None,
        meanwhile=meanwhile,
    )


def _done(case_id: UUID, what: str) -> Response:
    return moved(url_for("household.household", case_id=case_id, done=what))

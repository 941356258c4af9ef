"""The page of who may know of a case, what managers decide there, and the way in for an emergency."""

from uuid import UUID

from flask import Blueprint, url_for
from werkzeug.wrappers import Response

from portal.cases import frame
from portal.cases.confidentiality import emergency, queries, service
from portal.cases.confidentiality.emergency import Asked
from portal.cases.confidentiality.forms import (
    BLANK,
    BarForm,
    ColleagueForm,
    EmergencyForm,
    RelatedForm,
    RestrictForm,
    WhyForm,
)
from portal.cases.confidentiality.service import (
    AlreadySoError,
    CannotBeBarredError,
    CannotBeNamedError,
    HasTheCaseError,
    NobodyLeftError,
    NotOfThisCaseError,
)
from portal.cases.routes.blueprint import CASE, case_url, reader
from portal.cases.routes.section import section
from portal.cases.service import NoSuchCaseError
from portal.domain.permissions import Permission
from portal.people.queries import Colleague
from portal.web.access import needs
from portal.web.forms import Form, options
from portal.web.fragments import moved, page
from portal.web.here import now, taking_in
from portal.web.landlord import Keep, current_landlord, work
from portal.web.principal import actor, me

pages = Blueprint("confidentiality", __name__, url_prefix="/desk")
HERE = CASE + "/confidentiality"
SAYS: dict[type[Exception], str] = {
    NobodyLeftError: "Name somebody else first: a restricted case always has somebody who may open it.",
    HasTheCaseError: "Give the case to somebody else first: its officer stays named.",
    CannotBeNamedError: "Choose somebody from the list.",
    CannotBeBarredError: "Choose somebody from the list.",
    NotOfThisCaseError: "The people of this case were changed meanwhile: choose again which cases.",
}


@pages.get(HERE)
@needs(Permission.CASE_READ)
def confidentiality(case_id: UUID) -> Response:
    """Who may know of this case, and who must not."""
    return _page(case_id)


@pages.post(HERE + "/restrict")
@needs(Permission.CASE_RESTRICT)
def restrict(case_id: UUID) -> Response:
    """Let only those who are named know of the case."""
    form = RestrictForm(prefix="restrict")
    return _do(case_id, "restrict", form, "restricted", lambda session: service.restrict(
        session, case_id, form.chosen(), form.words.data, actor(), now()
    ), beside="accounts")  # fmt: skip


@pages.post(HERE + "/lift")
@needs(Permission.CASE_RESTRICT)
def lift(case_id: UUID) -> Response:
    """End the restriction."""
    form = WhyForm(prefix="lift")
    return _do(case_id, "lift", form, "unrestricted", lambda session: service.lift(
        session, case_id, form.words.data, actor(), now()
    ))  # fmt: skip


@pages.post(HERE + "/name")
@needs(Permission.CASE_RESTRICT)
def name(case_id: UUID) -> Response:
    """Name a colleague."""
    form = ColleagueForm(prefix="name")
    return _do(case_id, "name", form, "named", lambda session: service.name(
        session, case_id, form.chosen(), form.words.data, actor(), now()
    ), beside="account_id")  # fmt: skip


@pages.post(HERE + "/bar")
@needs(Permission.CASE_RESTRICT)
def bar(case_id: UUID) -> Response:
    """Keep a colleague from knowing of the case."""
    form = BarForm(prefix="bar")
    return _do(case_id, "bar", form, "barred", lambda session: service.bar(
        session, case_id, form.chosen(), form.words.data, actor(), now(), person_id=form.of()
    ), beside="account_id")  # fmt: skip


@pages.post(HERE + "/related")
@needs(Permission.CASE_READ)
def related(case_id: UUID) -> Response:
    """Bar oneself: nobody needs leave to step back from a case about their own family."""
    form = RelatedForm(prefix="related")
    return _do(case_id, "related", form, "", lambda session: service.bar(
        session, case_id, me().account_id, form.words.data, actor(), now(), person_id=form.of()
    ), beside="sure", then=url_for("work.my_work", done="stepped-back"))  # fmt: skip


@pages.post(HERE + "/readers/<uuid:reader_id>/end")
@needs(Permission.CASE_RESTRICT)
def unname(case_id: UUID, reader_id: UUID) -> Response:
    """Take a name back."""
    form = WhyForm(prefix=str(reader_id))
    return _do(case_id, str(reader_id), form, "unnamed", lambda session: service.unname(
        session, case_id, reader_id, form.words.data, actor(), now()
    ))  # fmt: skip


@pages.post(HERE + "/bars/<uuid:bar_id>/end")
@needs(Permission.CASE_RESTRICT)
def unbar(case_id: UUID, bar_id: UUID) -> Response:
    """Take a bar back."""
    form = WhyForm(prefix=str(bar_id))
    return _do(case_id, str(bar_id), form, "unbarred", lambda session: service.unbar(
        session, case_id, bar_id, form.words.data, actor(), now()
    ))  # fmt: skip


@pages.post(HERE + "/readers/<uuid:reader_id>/review")
@needs(Permission.CASE_RESTRICT)
def review(case_id: UUID, reader_id: UUID) -> Response:
    """Review an opening in an emergency."""
    form = WhyForm(prefix=str(reader_id))
    return _do(case_id, str(reader_id), form, "reviewed", lambda session: emergency.review(
        session, case_id, reader_id, form.words.data, actor(), now()
    ))  # fmt: skip


@pages.route("/<landlord>/emergency", methods=["GET", "POST"])
@needs(Permission.CASE_WORK)
def in_emergency() -> Response:
    """Open a restricted case in an emergency. Every refusal has the same words."""
    form = EmergencyForm()
    if not form.is_submitted():
        return page("cases/confidentiality/emergency.html", form=form)
    if form.validate():
        here = current_landlord().id
        asked = Asked(me().account_id, staff_cases=me().can(here, Permission.STAFF_ROUTE_READ))
        reference, why = form.reference.data, form.words.data
        with taking_in(here) as session:
            case_id = emergency.open_in_emergency(session, reference, why, asked, actor(), now())
        if case_id:
            return moved(case_url(case_id, "emergency"))
        form.refuse("reference", "There is nothing under this reference that you could open here.")
    return page("cases/confidentiality/emergency.html", status=422, form=form)


@pages.get("/<landlord>/emergencies")
@needs(Permission.CASE_RESTRICT)
def emergencies() -> Response:
    """What was opened in an emergency, for managers to review."""
    with work() as session:
        found = emergency.openings(session, actor())
    return page("cases/confidentiality/emergencies.html", openings=found)


def _do(
    case_id: UUID, what: str, form: Form, done: str, keep: Keep, *, beside: str = "words", then: str = ""
) -> Response:
    if not form.validate():
        return _page(case_id, {what: form}, status=422)
    try:
        with work() as session:
            keep(session)
    except AlreadySoError:
        return _page(case_id, {what: form}, status=409, changed=True)
    except tuple(SAYS) as refused:
        form.refuse(beside, SAYS[type(refused)])
        return _page(case_id, {what: form}, status=422)
    return moved(then or url_for(".confidentiality", case_id=case_id, done=done))


def _page(
    case_id: UUID, sent: dict[str, Form] | None = None, *, status: int = 200, changed: bool = False
) -> Response:
    sent = sent or {}
    with work() as session:
        found = frame.read(session, case_id, reader())
        named, barred = queries.named(session, case_id), queries.barred(session, case_id)
        nameable = queries.can_be_named(session, case_id, now())
        barrable = queries.can_be_barred(session, case_id, now())
        people, elsewhere = queries.people(session, case_id), queries.barred_elsewhere(session, case_id)
    forms = {
        name: kind(formdata=None, prefix=name)
        for name, kind in {
            "restrict": RestrictForm,
            "lift": WhyForm,
            "name": ColleagueForm,
            "bar": BarForm,
            "related": RelatedForm,
        }.items()
    }
    if sent.keys() - forms.keys() - {str(each.id) for each in (*named, *barred)}:
        raise NoSuchCaseError
    others = [each for each in nameable if each.account_id not in {me().account_id, found.case.assigned_to}]
    forms |= sent
    forms["restrict"]["accounts"].choices = options(_listed(others))
    forms["name"]["account_id"].choices = options(BLANK | _listed(nameable))
    forms["bar"]["account_id"].choices = options(BLANK | _listed(barrable))
    whose = {"": "Only this one"} | {str(each): f"All in which {name} is recognised" for each, name in people.items()}
    forms["bar"]["person"].choices = forms["related"]["person"].choices = options(whose)
    return section(
        "cases/confidentiality/confidentiality.html",
        found,
        status=status,
        form=next(iter(sent.values()), forms["lift"]),
        forms=forms,
        sent=sent,
        changed=changed,
        named=[each for each in named if each.ended_at is None and not each.emergency],
        emergencies=[each for each in named if each.emergency],
        barred=[each for each in barred if each.ended_at is None],
        people=people,
        elsewhere=elsewhere,
        ended=[each for each in (*named, *barred) if each.ended_at is not None and not each.emergency],
        manages=me().can(current_landlord().id, Permission.CASE_RESTRICT),
    )


def _listed(who: list[Colleague]) -> dict[str, str]:
    return {str(each.account_id): f"{each.name}, {each.role_names}" for each in who}

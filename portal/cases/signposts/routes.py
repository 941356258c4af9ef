"""The list of help for every member of staff, and what one person was told of."""

from typing import Any
from uuid import UUID

from flask import Blueprint, request, url_for
from werkzeug.wrappers import Response

from portal.cases import frame
from portal.cases.routes.blueprint import CASE, reader
from portal.cases.routes.section import section
from portal.cases.signposts import queries, service
from portal.cases.signposts.forms import ANSWERS, WAYS, CaseSignpostForm, SignpostForm
from portal.cases.signposts.queries import Services
from portal.cases.signposts.service import Answer, Given
from portal.domain.calendar import in_london
from portal.domain.for_whom import TAGS
from portal.domain.permissions import Permission
from portal.landlords.checked import lists
from portal.web.access import needs
from portal.web.fragments import moved, page
from portal.web.here import now
from portal.web.landlord import current_landlord, work
from portal.web.principal import actor

pages = Blueprint("signposts", __name__, url_prefix="/desk")
DIRECTORY = "/<landlord>/services"


@pages.get(DIRECTORY)
@needs(Permission.DIRECTORY_READ)
def directory() -> Response:
    """Who else can help, for every role: nobody needs to see a case to point somebody the right way (STAR 3.2)."""
    return _directory(SignpostForm())


@pages.post(DIRECTORY)
@needs(Permission.DIRECTORY_READ)
def told_somebody() -> Response:
    """Record that somebody was told, without saying who."""
    form = SignpostForm()
    form.offer(_services())
    if not form.validate():
        return _directory(form, status=422)
    with work() as session:
        way, answer = Given(form.way.data), Answer(form.answer.data)
        service.signpost(session, form.service.data, way, answer, actor(), now())
    return moved(url_for("signposts.directory", done="signpost"))


@pages.get(CASE + "/services")
@needs(Permission.CASE_READ)
def services(case_id: UUID) -> Response:
    """What this person was told of, and what they asked for that is still to be offered."""
    return _of_case(case_id, CaseSignpostForm())


@pages.post(CASE + "/services")
@needs(Permission.CASE_WORK)
def told_them(case_id: UUID) -> Response:
    """Record that they were told of a service."""
    form = CaseSignpostForm()
    form.offer(_services())
    if not form.validate():
        return _of_case(case_id, form, status=422)
    with work() as session:
        way, answer, words = Given(form.way.data), Answer(form.answer.data), form.words.data or ""
        service.signpost(
            session, form.service.data, way, answer, actor(), now(), case_id=case_id, words=words
        )
    return moved(url_for("signposts.services", case_id=case_id, done="signpost"))


def _directory(form: SignpostForm, *, status: int = 200) -> Response:
    form.offer(_services())
    with work() as session:
        counts = queries.lately(session, now())
    context = _list() | {"here": current_landlord(), "counts": counts, "form": form}
    return page("cases/signposts/directory.html", status=status, **context)


def _of_case(case_id: UUID, form: CaseSignpostForm, *, status: int = 200) -> Response:
    form.offer(_services())
    with work() as session:
        found = frame.read(session, case_id, reader())
        told = queries.told_in(session, case_id)
    return section(
        "cases/signposts/services.html",
        found,
        status=status,
        form=form,
        told=told,
        names={each["id"]: each["name"] for each in _services()},
        bodies={each["id"]: "Statutory body" if each["statutory"] else "Voluntary body" for each in _services()},
        words={"way": WAYS, "answer": ANSWERS},
        open=queries.still_to_offer(found, told, _services()),
        **_list(),
    )


def _list() -> dict[str, Any]:
    """The list, narrowed to those for whom somebody chose to see it, and to where."""
    tag = request.args.get("for", "")
    known = _services()
    held = {each for line in known for each in line["tags"]}
    areas = queries.areas_of(known)
    area = dict(enumerate(areas, 1)).get(request.args.get("in", 0, type=int), "")
    return {
        "services": queries.nearest(queries.fitting(known, tag if tag in TAGS else ""), area),
        "areas": areas,
        "area": area,
        "tags": {each: says for each, says in TAGS.items() if each in held},
        "tag": tag,
        "says": TAGS,
        "today": in_london(now()).date().isoformat(),
    }


def _services() -> Services:
    with work() as session:
        return queries.services_of(lists(session, current_landlord().face))

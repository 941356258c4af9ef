"""The log of advice on a case, beside the services that they were told of."""

from uuid import UUID

from flask import Blueprint, url_for
from werkzeug.wrappers import Response

from portal.cases import frame
from portal.cases.advice import queries, service
from portal.cases.advice.forms import AdviceForm
from portal.cases.advice.service import NoSafeWayError, TellsTooMuchError
from portal.cases.advice.words import RESULTS, TOPICS
from portal.cases.routes.blueprint import CASE, reader
from portal.cases.routes.section import section
from portal.cases.signposts import queries as signposts
from portal.cases.signposts.forms import ANSWERS, WAYS
from portal.domain.permissions import Permission
from portal.landlords.checked import lists
from portal.web.access import needs
from portal.web.fragments import moved
from portal.web.here import now
from portal.web.landlord import current_landlord, work
from portal.web.principal import actor

pages = Blueprint("advice", __name__, url_prefix="/desk")


@pages.get(CASE + "/advice")
@needs(Permission.CASE_READ)
def advice(case_id: UUID) -> Response:
    """What they were advised on and told of, and what came of it."""
    return _page(case_id, AdviceForm())


@pages.post(CASE + "/advice")
@needs(Permission.CASE_WORK)
def advise(case_id: UUID) -> Response:
    """Keep advice that was given."""
    form = AdviceForm()
    if not form.validate():
        return _page(case_id, form, status=422)
    try:
        with work() as session:
            service.advise(session, case_id, form.advised(), actor(), now())
    except NoSafeWayError:
        form.refuse("again", "No way of reaching them is safe: leave this empty, and ask when they get in touch.")
        return _page(case_id, form, status=422)
    except TellsTooMuchError as tells:
        form.refuse("for_them", *tells.reasons)
        return _page(case_id, form, status=422)
    return moved(url_for("advice.advice", case_id=case_id, done="advice"))


def _page(case_id: UUID, form: AdviceForm, *, status: int = 200) -> Response:
    with work() as session:
        found = frame.read(session, case_id, reader())
        given = queries.of_case(session, case_id)
        again = queries.asked_again(session, case_id)
        told = signposts.told_in(session, case_id)
        names = {each["id"]: each["name"] for each in signposts.services_of(lists(session, current_landlord().face))}
    return section(
        "cases/advice/advice.html",
        found,
        status=status,
        form=form,
        given=given,
        again=again,
        told=told,
        names=names,
        words={"topic": TOPICS, "result": RESULTS, "way": WAYS, "answer": ANSWERS},
    )

"""Where the pages of an assessment stand, and what all of them need: the assessment, and what follows a form."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from flask import Blueprint, url_for
from werkzeug.exceptions import Forbidden, NotFound
from werkzeug.wrappers import Response

from portal.governance.impact import queries
from portal.governance.impact.queries import ImpactFound
from portal.governance.impact.service import (
    ImpactChangedError,
    ImpactRefusedError,
    NoSuchImpactError,
    NotOfTheServiceError,
)
from portal.people.queries import colleagues
from portal.web.forms import Form
from portal.web.fragments import moved
from portal.web.here import now
from portal.web.landlord import work

pages = Blueprint("impact", __name__, url_prefix="/desk/<landlord>/impact")
ONE = "/<uuid:impact_id>"
CHANGED = "Somebody else has changed it meanwhile, or it was signed. Here it is as it stands now: do this once more."
UNFIT, CONFLICT = 422, 409


@contextmanager
def at_work() -> Iterator[Any]:
    """One unit of work. What is not there is no page, and somebody of another service writes nothing."""
    try:
        with work() as session:
            yield session
    except NoSuchImpactError:
        raise NotFound from None
    except NotOfTheServiceError:
        raise Forbidden from None


def the_assessment(impact_id: UUID) -> ImpactFound:
    """The assessment, or no such page."""
    with work() as session:
        found = queries.assessment(session, impact_id, now())
    if found is None:
        raise NotFound
    return found


def staff() -> dict[str, str]:
    """Everybody who works here, by account."""
    with work() as session:
        return {
            str(each.account_id): f"{each.name}, {each.post or each.role_names}"
            for each in colleagues(session, now())
        }


def done(
    form: Form, impact_id: UUID, does: Callable[[], object], says: str, again: Callable[[int], Response]
) -> Response:
    """Do it and say so on the page of the assessment; or the form once more, with what stands in the way."""
    if not form.validate():
        return again(UNFIT)
    try:
        does()
    except ImpactRefusedError as refused:
        if refused.field and refused.field in form:
            form.refuse(refused.field, str(refused))
        else:
            form.form_errors = [str(refused)]
        return again(UNFIT)
    except ImpactChangedError:
        form.form_errors, form.revision.data = [CHANGED], str(the_assessment(impact_id).revision)
        return again(CONFLICT)
    return moved(url_for("impact.assessment", impact_id=impact_id, done=says))

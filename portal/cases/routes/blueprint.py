"""What all pages of cases share: who reads, and that another landlord's case answers as a missing one."""

from flask import Blueprint, current_app, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException, NotFound

from portal.cases.frame import Reader
from portal.cases.service import NoSuchCaseError
from portal.store.record_keys import ErasedError
from portal.web.here import now
from portal.web.principal import actor, permission_used

CASE = "/<landlord>/cases/<uuid:case_id>"
pages = Blueprint("cases", __name__, url_prefix="/desk")


@pages.app_errorhandler(NoSuchCaseError)
@pages.app_errorhandler(ErasedError)
def missing(_error: Exception) -> HTTPException | ResponseReturnValue:
    """The same answer as for an address that does not exist. What is left of an erased case stands in one list."""
    return current_app.handle_http_exception(NotFound())


def reader() -> Reader:
    """Whoever reads this page, for the audit."""
    return Reader(actor(), permission_used(), now(), writes=request.method == "POST")


def case_url(case_id: object, done: str | None = None) -> str:
    """The page of a case; `done` names the sentence that says what has just been kept."""
    return url_for("cases.case", case_id=case_id, done=done)

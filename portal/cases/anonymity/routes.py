"""Taking the name out of a case, the page that says whose it is, and the answer where a file stays closed."""

from datetime import date
from typing import Any
from uuid import UUID

from flask import Blueprint
from werkzeug.wrappers import Response

from portal.cases import frame
from portal.cases.anonymity import queries, service
from portal.cases.anonymity.forms import IdentityForm, NameInForm, NameOutForm
from portal.cases.anonymity.queries import Identity
from portal.cases.anonymity.service import AlreadySoError, NotOfferedError
from portal.cases.frame import Frame
from portal.cases.routes.blueprint import CASE, case_url, reader
from portal.cases.routes.section import section
from portal.cases.service import NoSuchCaseError
from portal.domain.permissions import Permission
from portal.store.blanks import KeptApartError
from portal.web.access import needs
from portal.web.fragments import moved, page
from portal.web.here import now
from portal.web.landlord import work
from portal.web.principal import actor

pages = Blueprint("anonymity", __name__, url_prefix="/desk")


@pages.app_errorhandler(KeptApartError)
def stays_closed(_error: KeptApartError) -> Response:
    """A file of a case without a name, for somebody who may not know whose case it is."""
    return page("cases/anonymity/closed.html", status=403)


@pages.route(CASE + "/without-name", methods=["GET", "POST"])
@needs(Permission.CASE_WORK)
def name_out(case_id: UUID) -> Response:
    """Take the name out of the case, where the policy knows cases without one."""
    form, status, changed = NameOutForm(), 200, False
    with work() as session:
        found = frame.read(session, case_id, reader())
    stated = found.policy.sharing.without_name
    if not stated.value:
        raise NoSuchCaseError
    if form.is_submitted():
        status = 422
        if form.validate():
            try:
                with work() as session:
                    service.take_name_out(session, case_id, form.words.data or "", actor(), now())
            except NotOfferedError:
                raise NoSuchCaseError from None
            except AlreadySoError:
                status, changed = 409, True
            else:
                return moved(case_url(case_id, "name-out"))
    return section(
        "cases/anonymity/name_out.html", found, status=status, form=form, changed=changed, clause=stated.clause
    )


@pages.route(CASE + "/identity", methods=["GET", "POST"])
@needs(Permission.IDENTITY_READ)
def identity(case_id: UUID) -> Response:
    """Whose case it is; each look is written down."""
    found, told = _read(case_id)
    known = queries.in_one(told)
    form, status = IdentityForm(data=_filled(known)), 200
    if form.is_submitted():
        status = 422
        if form.validate():
            with work() as session:
                service.record_identity(session, case_id, form.changed(known), actor(), now())
            return moved(case_url(case_id, "identity"))
    return _page(found, told, status=status, form=form)


@pages.post(CASE + "/identity/name")
@needs(Permission.IDENTITY_READ)
def name_in(case_id: UUID) -> Response:
    """Put the name into the case again."""
    form = NameInForm(prefix="in")
    if form.validate():
        try:
            with work() as session:
                service.put_name_in(session, case_id, form.words.data, actor(), now())
        except AlreadySoError:
            return moved(case_url(case_id, "meanwhile"))
        return moved(case_url(case_id, "name-in"))
    found, told = _read(case_id)
    return _page(found, told, status=422, name_in=form)


def _read(case_id: UUID) -> tuple[Frame, list[Identity]]:
    with work() as session:
        return frame.read(session, case_id, reader()), queries.identities(session, case_id, reader())


def _page(found: Frame, told: list[Identity], *, status: int, **forms: Any) -> Response:  # noqa: ANN401 - forms by name
    known = queries.in_one(told)
    return section(
        "cases/anonymity/identity.html",
        found,
        status=status,
        form=forms.get("form") or IdentityForm(formdata=None, data=_filled(known)),
        name_in=forms.get("name_in") or NameInForm(formdata=None, prefix="in"),
        told=told,
    )


def _filled(known: dict[str, Any]) -> dict[str, Any]:
    born = known.get("born")
    return known | {"born": date.fromisoformat(born) if born else None}

"""Taking the name out of a case, the page that says whose it is, and the answer where a file stays closed."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from flask import Blueprint, url_for
from werkzeug.wrappers import Response

from portal.cases import frame
from portal.cases.anonymity import clearance, queries, service
from portal.cases.anonymity.clearance import CannotBeClearedError, Clearance, EndedAlreadyError, TooLongError
from portal.cases.anonymity.forms import ClearForm, IdentityForm, NameInForm, NameOutForm, TakeBackForm
from portal.cases.anonymity.queries import Identity
from portal.cases.anonymity.service import AlreadySoError, NotOfferedError
from portal.cases.frame import Frame
from portal.cases.routes.blueprint import CASE, case_url, reader
from portal.cases.routes.section import section
from portal.cases.service import NoSuchCaseError
from portal.domain.permissions import Permission
from portal.people.queries import Colleague
from portal.store.blanks import KeptApartError
from portal.store.cleared import knows
from portal.web.access import needs
from portal.web.forms import Form, options
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


@pages.get(CASE + "/identity")
@needs(Permission.CASE_READ)
def identity(case_id: UUID) -> Response:
    """Whose case it is, for the cleared, and each look is written down; who is cleared, for everybody on the case."""
    return _page(_read(case_id))


@pages.post(CASE + "/identity")
@needs(Permission.IDENTITY_READ)
def record(case_id: UUID) -> Response:
    """Write down more of who she is."""
    shown, form = _read(case_id), IdentityForm()
    if not form.validate():
        return _page(shown, status=422, form=form)
    with work() as session:
        changed = form.changed(queries.in_one(shown.told))
        service.record_identity(session, case_id, changed, actor(), now())
    return moved(case_url(case_id, "identity"))


@pages.post(CASE + "/identity/name")
@needs(Permission.IDENTITY_READ)
def name_in(case_id: UUID) -> Response:
    """Put the name into the case again."""
    form = NameInForm(prefix="in")
    if not form.validate():
        return _page(_read(case_id), status=422, name_in=form)
    try:
        with work() as session:
            service.put_name_in(session, case_id, form.words.data, actor(), now())
    except AlreadySoError:
        return moved(case_url(case_id, "meanwhile"))
    return moved(case_url(case_id, "name-in"))


@pages.post(CASE + "/identity/cleared")
@needs(Permission.IDENTITY_READ)
def clear(case_id: UUID) -> Response:
    """Let a colleague know whose case it is, for a time."""
    form = ClearForm(prefix="clear")
    if form.validate():
        try:
            with work() as session:
                clearance.clear(
                    session, case_id, form.chosen(), form.last_day.data, form.words.data, actor(), now()
                )
        except CannotBeClearedError:
            form.refuse("account_id", "Choose somebody from the list: this colleague knows already, or cannot.")
        except TooLongError:
            form.refuse("last_day", "Enter a day from today to 90 days ahead.")
        else:
            return moved(url_for("anonymity.identity", case_id=case_id, done="cleared"))
    return _page(_read(case_id), status=422, clear=form)


@pages.post(CASE + "/identity/cleared/<uuid:clearance_id>/end")
@needs(Permission.IDENTITY_READ)
def take_back(case_id: UUID, clearance_id: UUID) -> Response:
    """End a clearance before its time."""
    form = TakeBackForm(prefix=str(clearance_id))
    if not form.validate():
        return _page(_read(case_id), status=422, back=(clearance_id, form))
    try:
        with work() as session:
            clearance.take_back(session, case_id, clearance_id, form.words.data, actor(), now())
    except EndedAlreadyError:
        return _page(_read(case_id), status=409, changed=True)
    return moved(url_for("anonymity.identity", case_id=case_id, done="clearance-ended"))


@dataclass(frozen=True, slots=True)
class Shown:
    """What stands on the page of whose case it is."""

    found: Frame
    knows: bool
    told: list[Identity]
    cleared: list[Clearance]
    able: list[Colleague]


def _read(case_id: UUID) -> Shown:
    with work() as session:
        found, told = frame.read(session, case_id, reader()), queries.identities(session, case_id, reader())
        return Shown(
            found,
            knows(session, case_id),
            told,
            clearance.clearances(session, case_id, now()),
            clearance.can_be_cleared(session, case_id, now()),
        )


def _page(shown: Shown, *, status: int = 200, **forms: Any) -> Response:  # noqa: ANN401 - forms by name
    known = queries.in_one(shown.told)
    clear_form = forms.get("clear") or ClearForm(formdata=None, prefix="clear")
    clear_form.account_id.choices = options({"": "Choose a colleague"} | {
        str(each.account_id): f"{each.name}, {each.role_names}" for each in shown.able
    })  # fmt: skip
    given = next((each for each in forms.values() if isinstance(each, Form)), None)
    back_of, back = forms.get("back", (None, None))
    return section(
        "cases/anonymity/identity.html",
        shown.found,
        status=status,
        shown=shown,
        mistaken=given or back or clear_form,
        changed=forms.get("changed", False),
        form=forms.get("form") or IdentityForm(formdata=None, data=_filled(known)),
        name_in=forms.get("name_in") or NameInForm(formdata=None, prefix="in"),
        clear=clear_form,
        back={back_of: back},
    )


def _filled(known: dict[str, Any]) -> dict[str, Any]:
    born = known.get("born")
    return known | {"born": date.fromisoformat(born) if born else None}

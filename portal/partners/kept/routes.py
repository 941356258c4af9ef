"""The pages on which an agency's worker refers somebody in: to a landlord, or, where none is known, kept safe."""

from uuid import UUID

from flask import Blueprint, current_app, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException, NotFound
from werkzeug.wrappers import Response

from portal.domain.agency_roles import AgencyPermission
from portal.partners.kept import queries, service
from portal.partners.kept.forms import EndForm, KeptForm, SendForm
from portal.partners.kept.queries import KeptRow
from portal.partners.kept.service import ChangedMeanwhileError, NoSuchReferralError, Over, Said
from portal.store.audit import Actor
from portal.web.access import needs_at_agency
from portal.web.fragments import moved, page
from portal.web.here import agency_work, my_agency, now, taking_in
from portal.web.landlord import landlords
from portal.web.principal import me, permission_used

pages = Blueprint("kept", __name__, url_prefix="/desk/partner/refer")
CONFLICT = 409
ONE = "/kept/<uuid:kept_id>"


@pages.app_errorhandler(NoSuchReferralError)
def missing(_error: Exception) -> HTTPException | ResponseReturnValue:
    """What is over, and another agency's, answers as what never was."""
    return current_app.handle_http_exception(NotFound())


@pages.get("")
@needs_at_agency(AgencyPermission.CASES_READ)
def refer() -> Response:
    """Refer somebody in: the front door of each landlord, and what is kept because no landlord is known."""
    with agency_work() as session:
        kept = queries.open_ones(session, now())
    choices = list(landlords().values())
    return page("partners/kept/refer.html", agency=my_agency(), choices=choices, kept=kept)


@pages.route("/kept", methods=["GET", "POST"])
@needs_at_agency(AgencyPermission.CASES_READ)
def keep() -> Response:
    """Write down somebody whose landlord is not known."""
    form = KeptForm()
    if form.is_submitted() and form.complete():
        with agency_work() as session:
            kept_id = service.keep(session, _said(form), _actor(), now())
        return moved(url_for("kept.one", kept_id=kept_id, done="referral-kept"))
    return _form(form, None)


@pages.get(ONE)
@needs_at_agency(AgencyPermission.CASES_READ)
def one(kept_id: UUID) -> Response:
    """What was written, who has it, and to whom it can be sent."""
    return _page(kept_id, _sending(), EndForm(formdata=None))


@pages.route(ONE + "/change", methods=["GET", "POST"])
@needs_at_agency(AgencyPermission.CASES_READ)
def change(kept_id: UUID) -> Response:
    """Write it anew: something more is known."""
    with agency_work() as session:
        row = service.read(session, kept_id, now())
    form = KeptForm(data=KeptForm.filled(row.said))
    if not form.is_submitted():
        form.revision.data = str(row.revision)
        return _form(form, row)
    if not form.complete():
        return _form(form, row)
    try:
        with agency_work() as session:
            service.change(session, kept_id, _said(form), _revision(form), now())
    except ChangedMeanwhileError:
        form.revision.data = str(row.revision)
        return _form(form, row, status=CONFLICT)
    return moved(url_for("kept.one", kept_id=kept_id, done="referral-changed"))


@pages.post(ONE + "/send")
@needs_at_agency(AgencyPermission.CASES_READ)
def send(kept_id: UUID) -> Response:
    """Send it to a landlord, where it is taken in as from anyone else; only then does it say that they have it."""
    form = _sending(SendForm())
    if not form.validate():
        return _page(kept_id, form, EndForm(formdata=None), 422)
    try:
        with agency_work() as session:
            row = service.unchanged(session, kept_id, _revision(form), now())
        chosen = landlords()[form.landlord.data]
        with taking_in(chosen.id) as session:
            receipt = service.refer(session, row.said, chosen.face, _actor(), now())
        with agency_work() as session:
            service.note_sent(session, kept_id, chosen.id, row.revision, _actor(), now())
    except ChangedMeanwhileError:
        return _page(kept_id, form, EndForm(formdata=None), CONFLICT)
    return page("partners/kept/sent.html", agency=my_agency(), row=row, landlord=chosen, receipt=receipt)


@pages.post(ONE + "/end")
@needs_at_agency(AgencyPermission.CASES_READ)
def end(kept_id: UUID) -> Response:
    """It is over: what was written is wiped."""
    form = EndForm()
    if not form.validate():
        return _page(kept_id, _sending(), form, 422)
    try:
        with agency_work() as session:
            service.end(session, kept_id, Over(form.ending.data), _revision(form), _actor(), now())
    except ChangedMeanwhileError:
        return _page(kept_id, _sending(), form, CONFLICT)
    return moved(url_for("kept.refer", done="referral-over"))


def _page(kept_id: UUID, form: SendForm, ending: EndForm, status: int = 200) -> Response:
    with agency_work() as session:
        row = service.read(session, kept_id, now())
        lines = queries.helplines(session, [each.face for each in landlords().values()])
    form.revision.data = ending.revision.data = str(row.revision)
    shown = KeptForm(formdata=None, data=KeptForm.filled(row.said))
    return page(
        "partners/kept/one.html", status=status, agency=my_agency(), row=row, form=form, ending=ending, shown=shown,
        lines=lines, changed=status == CONFLICT,
    )  # fmt: skip


def _form(form: KeptForm, row: KeptRow | None, status: int = 0) -> Response:
    with agency_work() as session:
        lines = queries.helplines(session, [each.face for each in landlords().values()])
    status = status or (422 if form.errors else 200)
    return page(
        "partners/kept/keep.html", status=status, agency=my_agency(), form=form, row=row, lines=lines,
        changed=status == CONFLICT,
    )  # fmt: skip


def _sending(form: SendForm | None = None) -> SendForm:
    form = form or SendForm(formdata=None)
    form.offer({each.slug: _named(each.name, each.face.get("council")) for each in landlords().values()})
    return form


def _named(name: str, council: object) -> str:
    return f"{name}, where the council is {council}" if council else name


def _said(form: KeptForm) -> Said:
    return form.said(me().name, my_agency().name, me().email)


def _revision(form: KeptForm | SendForm | EndForm) -> int:
    given = form.revision.data or ""
    return int(given) if given.isdecimal() else -1


def _actor() -> Actor:
    """Whoever refers, with their agency, as the landlord's audit names them."""
    return Actor(me().account_id, f"{me().name}, {my_agency().name}", permission_used())

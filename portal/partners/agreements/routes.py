"""The pages about a landlord's agreements with agencies."""

from uuid import UUID

from flask import Blueprint, current_app, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException, NotFound
from werkzeug.wrappers import Response

from portal.cases.disclosures.words import PARTS, RECIPIENTS
from portal.domain.calendar import in_london
from portal.domain.permissions import Permission
from portal.landlords.policies import in_force
from portal.partners.agencies.queries import agencies
from portal.partners.agreements import queries, service
from portal.partners.agreements.forms import EndForm, NewAgreementForm, TermsForm, filled
from portal.partners.agreements.queries import AgreementRow
from portal.partners.agreements.service import (
    AgreementRefusedError,
    ChangedMeanwhileError,
    NoSuchAgreementError,
)
from portal.partners.agreements.words import EXPECTED
from portal.web.access import needs
from portal.web.fragments import moved, page
from portal.web.here import now
from portal.web.landlord import current_landlord, work
from portal.web.principal import actor, me

pages = Blueprint("agreements", __name__, url_prefix="/desk")
REGISTER = "/<landlord>/agencies"
ONE = REGISTER + "/<uuid:agreement_id>"


@pages.app_errorhandler(NoSuchAgreementError)
def missing(_error: Exception) -> HTTPException | ResponseReturnValue:
    """Another landlord's agreement answers as one that never was."""
    return current_app.handle_http_exception(NotFound())


@pages.get(REGISTER)
@needs(Permission.AGREEMENT_READ)
def register() -> Response:
    """With which agencies this landlord has agreed what may be shared, and with which kinds it has not."""
    with work() as session:
        rows = queries.register(session)
        policy = in_force(session, now()).policy
    stand = [each for each in rows if not each.ended_at]
    return page(
        "partners/agreements/register.html",
        here=current_landlord(),
        stand=stand,
        ended=[each for each in rows if each.ended_at],
        missing=[RECIPIENTS[kind] for kind in EXPECTED if kind not in {each.kind for each in stand}],
        named=policy.partners.named,
        cite=policy.document.cite,
        kinds=RECIPIENTS,
        today=in_london(now()).date(),
        may_keep=_may_keep(),
    )


@pages.route(REGISTER + "/new", methods=["GET", "POST"])
@needs(Permission.AGREEMENT_KEEP)
def new() -> Response:
    """Make an agreement with an agency of the portal's list."""
    form = NewAgreementForm()
    with work() as session:
        form.offer_agencies(agencies(session))
        form.offer(service.keepers(session, now()), me().account_id)
    if form.validate_on_submit():
        try:
            with work() as session:
                made = service.make(session, UUID(form.agency.data), form.terms(), actor(), now())
        except AgreementRefusedError as refused:
            form.refuse(refused.field, str(refused))
        else:
            return moved(url_for("agreements.agreement", agreement_id=made, done="agreement"))
    status = 422 if form.is_submitted() else 200
    return page("partners/agreements/new.html", here=current_landlord(), form=form, status=status)


@pages.get(ONE)
@needs(Permission.AGREEMENT_READ)
def agreement(agreement_id: UUID) -> Response:
    """One agreement."""
    return page(
        "partners/agreements/agreement.html",
        here=current_landlord(),
        row=_row(agreement_id),
        parts=PARTS,
        kinds=RECIPIENTS,
        today=in_london(now()).date(),
        may_keep=_may_keep(),
    )


@pages.route(ONE + "/change", methods=["GET", "POST"])
@needs(Permission.AGREEMENT_KEEP)
def change(agreement_id: UUID) -> Response:
    """Change the terms, or record that they were reviewed."""
    form, changed = TermsForm(), False
    with work() as session:
        row = _of(queries.agreement(session, agreement_id))
        keepers = service.keepers(session, now())
    if row.ended_at:
        return moved(url_for("agreements.agreement", agreement_id=agreement_id))
    if form.is_submitted():
        form.offer(keepers, me().account_id)
        if form.validate():
            try:
                with work() as session:
                    service.change(session, agreement_id, form.revision.data or 0, form.terms(), actor(), now())
            except AgreementRefusedError as refused:
                form.refuse(refused.field, str(refused))
            except ChangedMeanwhileError:
                changed, row = True, _row(agreement_id)
                form.revision.data = row.revision
            else:
                return moved(url_for("agreements.agreement", agreement_id=agreement_id, done="agreement-changed"))
        status = 409 if changed else 422
    else:
        form, status = filled(row), 200
        form.offer(keepers, row.owner_id)
    return page(
        "partners/agreements/change.html",
        here=current_landlord(), form=form, row=row, changed=changed, parts=PARTS, status=status,
    )  # fmt: skip


@pages.route(ONE + "/end", methods=["GET", "POST"])
@needs(Permission.AGREEMENT_KEEP)
def end(agreement_id: UUID) -> Response:
    """End an agreement: nothing is shared under it any more."""
    row, form, changed = _row(agreement_id), EndForm(), False
    if row.ended_at:
        return moved(url_for("agreements.agreement", agreement_id=agreement_id))
    if form.is_submitted():
        if form.validate():
            try:
                with work() as session:
                    service.end(session, agreement_id, form.revision.data, form.why.data, actor(), now())
            except ChangedMeanwhileError:
                row, changed = _row(agreement_id), True
                form.revision.data = row.revision
            else:
                return moved(url_for("agreements.register", done="agreement-ended"))
        status = 409 if changed else 422
    else:
        form, status = EndForm(revision=row.revision), 200
    return page(
        "partners/agreements/end.html",
        here=current_landlord(), form=form, row=row, changed=changed, status=status,
    )  # fmt: skip


def _row(agreement_id: UUID) -> AgreementRow:
    with work() as session:
        return _of(queries.agreement(session, agreement_id))


def _of(found: AgreementRow | None) -> AgreementRow:
    if found is None:
        raise NoSuchAgreementError
    return found


def _may_keep() -> bool:
    return me().can(current_landlord().id, Permission.AGREEMENT_KEEP)

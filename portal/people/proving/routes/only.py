"""The sign-in of a landlord's own organisation, kept by an administrator: which one, and whether it is the only way."""

from typing import Any
from uuid import UUID

from flask import url_for
from werkzeug.wrappers import Response
from wtforms.fields.choices import SelectChoice

from portal.domain.permissions import Permission
from portal.people.proving import only as ways_in
from portal.people.proving import organisation
from portal.people.proving.forms import OnlyForm, OrganisationForm
from portal.people.proving.oidc import OrganisationAwayError
from portal.people.proving.only import NotYetError, OnlyChangedError, Standing
from portal.people.proving.routes.blueprint import pages
from portal.people.proving.routes.organisation import address_back, spoken_with
from portal.web.access import needs
from portal.web.fragments import moved, page
from portal.web.here import now
from portal.web.landlord import current_landlord, work
from portal.web.principal import actor, me, permission_used

HERE = "/<landlord>/sign-in-through"
UNFIT, CONFLICT = 422, 409
AWAY = "No sign-in answers at this address, or it does not say that it is this one. Nothing was changed."


@pages.get(HERE)
@needs(Permission.PEOPLE_ADMIN)
def through() -> Response:
    """Through which organisation people can come in, and whether they have to."""
    return _page(200)


@pages.post(HERE + "/set")
@needs(Permission.WAY_IN_KEEP)
def organisation_set() -> Response:
    """Let people come in through an organisation, or through another. It has to answer first.

    Whoever runs it can come in as anybody here: so it is named by somebody who may open what everybody here may open.
    """
    form = OrganisationForm()
    if not form.validate():
        return _page(UNFIT, naming=form)
    try:
        spoken_with().check(form.issuer.data, now())
    except OrganisationAwayError:
        form.refuse("issuer", AWAY)
        return _page(UNFIT, naming=form)
    with work() as session:
        organisation.set_up(session, form.issuer.data, form.client_id.data, form.secret.data, actor(), now())
    return moved(url_for("proving.through", done="organisation-set"))


@pages.post(HERE + "/end")
@needs(Permission.PEOPLE_ADMIN)
def organisation_ended() -> Response:
    """Nobody comes in so any more."""
    with work() as session:
        organisation.end(session, actor(), now())
    return moved(url_for("proving.through", done="organisation-ended"))


@pages.post(HERE + "/only")
@needs(Permission.PEOPLE_ADMIN)
def only() -> Response:
    """It is the only way in, but for those who are named."""
    with work() as session:
        found = ways_in.standing(session, now())
    form = _form(found)
    if not form.validate():
        return _page(UNFIT, insisting=form)
    try:
        with work() as session:
            ways_in.insist(session, map(UUID, form.spared.data or ()), int(form.revision.data or 0), actor(), now())
    except NotYetError as refused:
        form.refuse("spared", str(refused))
        return _page(UNFIT, insisting=form)
    except OnlyChangedError:
        form.revision.data = found.revision
        return _page(CONFLICT, insisting=form)
    return moved(url_for("proving.through", done="only"))


@pages.post(HERE + "/not-only")
@needs(Permission.PEOPLE_ADMIN)
def not_only() -> Response:
    """Any way of theirs serves again."""
    with work() as session:
        ways_in.relent(session, actor(), now())
    return moved(url_for("proving.through", done="not-only"))


def _page(status: int, *, naming: OrganisationForm | None = None, insisting: OnlyForm | None = None) -> Response:
    with work() as session:
        found = ways_in.read(session, actor(), permission_used(), now())
    spared = [str(each.colleague.account_id) for each in found.spared]
    return page(
        "people/proving/through.html",
        status=status,
        here=current_landlord(),
        found=found,
        back=address_back(current_landlord()),
        mine=found.has_come_in(me().account_id),
        may_set=me().can(current_landlord().id, Permission.WAY_IN_KEEP),
        naming=naming or OrganisationForm(formdata=None),
        insisting=insisting or _form(found, formdata=None, data={"spared": spared, "revision": found.revision}),
        changed=status == CONFLICT,
    )


def _form(found: Standing, **given: Any) -> OnlyForm:  # noqa: ANN401 - what WTForms takes
    form = OnlyForm(**given)
    form.spared.choices = [
        SelectChoice(str(each.colleague.account_id), each.colleague.name) for each in found.can_be_spared
    ]
    return form

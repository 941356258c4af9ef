"""Proposing a draft, and what a second person makes of it; a version as a file."""

from uuid import UUID

from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from portal.domain.permissions import Permission
from portal.domain.plans import difference
from portal.domain.policy.said_date import in_words
from portal.governance.drafts import queries, service
from portal.governance.drafts.forms import DecideForm, ProposeForm, ReturnForm
from portal.governance.drafts.reading import as_policy
from portal.governance.drafts.routes.blueprint import DRAFT, done, open_draft, pages, the_draft
from portal.governance.drafts.service import NoDraftError
from portal.landlords.policy_text import as_toml
from portal.landlords.policy_values import NoSuchVersionError
from portal.landlords.policy_values import version as stored_version
from portal.web.access import needs
from portal.web.files import download
from portal.web.fragments import page
from portal.web.here import now
from portal.web.landlord import current_landlord, work
from portal.web.principal import actor


@pages.route(DRAFT + "/propose", methods=["GET", "POST"])
@needs(Permission.POLICY_DRAFT)
def propose() -> Response:
    """Ask a second person to approve it."""
    found = open_draft()
    form = ProposeForm(revision=str(found.revision))

    def shown(status: int) -> Response:
        return page("governance/propose.html", status=status, here=current_landlord(), form=form)

    def does() -> None:
        with work() as session:
            service.propose(session, form.proposal(), form.seen, actor(), now())

    return done(form, does, "draft-proposed", shown) if form.is_submitted() else shown(200)


@pages.route(DRAFT + "/decide", methods=["GET", "POST"])
@needs(Permission.POLICY_APPROVE)
def decide() -> Response:
    """Approve it for the body that has, with everything that it changes in view."""
    found = _proposed()
    with work() as session:
        own_affair = queries.is_own_affair(session, found)
    named = None if own_affair else as_policy(found.content).whole().governance.approval_body.value
    form = DecideForm(revision=str(found.revision), body=named)

    def shown(status: int) -> Response:
        return _decide_page(form, ReturnForm(formdata=None, revision=str(found.revision)), status)

    def does() -> None:
        with work() as session:
            service.approve(session, form.decision(), form.seen, actor(), now())

    return done(form, does, "policy-approved", shown) if form.is_submitted() else shown(200)


@pages.post(DRAFT + "/return")
@needs(Permission.POLICY_DRAFT)
def send_back() -> Response:
    """Open it again: whoever approves sends it back, whoever proposed takes it back."""
    found, form = _proposed(), ReturnForm()

    def shown(status: int) -> Response:
        return _decide_page(DecideForm(formdata=None, revision=str(found.revision)), form, status)

    def does() -> None:
        with work() as session:
            service.send_back(session, form.reason.data, form.seen, actor(), now())

    return done(form, does, "draft-returned", shown)


@pages.get("/<landlord>/policy/versions/<uuid:version_id>/file")
@needs(Permission.POLICY_READ)
def version_file(version_id: UUID) -> Response:
    """A stored version as a file."""
    with work() as session:
        try:
            found = stored_version(session, version_id, now())
        except NoSuchVersionError:
            raise NotFound from None
    return download("policy.toml", as_toml(found.policy).encode())


def _proposed() -> queries.DraftRow:
    found = the_draft()
    if found.is_open:
        raise NoDraftError("It has not been proposed.")
    return found


def _decide_page(form: DecideForm, back: ReturnForm, status: int) -> Response:
    with work() as session:
        found = queries.draft(session)
        if found is None:
            raise NoDraftError("There is no draft.")
        shown = queries.draft_page(session, found, now())
    return page(
        "governance/decide.html",
        status=status,
        here=current_landlord(),
        shown=shown,
        form=form,
        back=back,
        in_words=in_words,
        difference=difference,
    )

"""Signing an assessment, sending it back, and the whole of it as a paper."""

from uuid import UUID

from werkzeug.wrappers import Response

from portal.domain.impact.signing import PARTS, Part, Stage, wanted
from portal.domain.permissions import Permission
from portal.governance.impact import signing
from portal.governance.impact.forms import BackForm, SignForm
from portal.governance.impact.paper import paper_of
from portal.governance.impact.queries import ImpactFound
from portal.governance.impact.routes.blueprint import ONE, at_work, done, pages, the_assessment
from portal.governance.impact.signing import review_day
from portal.web.access import needs
from portal.web.files import download
from portal.web.fragments import page
from portal.web.here import now
from portal.web.landlord import current_landlord
from portal.web.principal import actor


@pages.route(ONE + "/sign", methods=["GET", "POST"])
@needs(Permission.POLICY_READ)
def sign(impact_id: UUID) -> Response:
    """Sign, in the part whose turn it is."""
    found = the_assessment(impact_id)
    part = _turn(found)
    form = SignForm(revision=str(found.revision), next_review=review_day(found.content, found.rule))

    def shown(status: int) -> Response:
        return _sign_page(found, part, form, BackForm(formdata=None, revision=str(found.revision)), status)

    def does() -> None:
        with at_work() as session:
            signing.sign(session, impact_id, form.said(part), form.seen, actor(), now())

    return done(form, impact_id, does, "impact-signed", shown) if form.is_submitted() else shown(200)


@pages.post(ONE + "/return")
@needs(Permission.POLICY_READ)
def send_back(impact_id: UUID) -> Response:
    """Open it again, with the reason."""
    found, form = the_assessment(impact_id), BackForm()

    def shown(status: int) -> Response:
        sign_form = SignForm(formdata=None, revision=str(found.revision))
        return _sign_page(found, _turn(found), sign_form, form, status)

    def does() -> None:
        with at_work() as session:
            signing.send_back(session, impact_id, form.reason.data, form.seen, actor(), now())

    return done(form, impact_id, does, "impact-returned", shown)


@pages.get(ONE + "/paper")
@needs(Permission.POLICY_READ)
def paper(impact_id: UUID) -> Response:
    """The whole of it as a PDF that can be read aloud; its name says nothing."""
    return download("assessment.pdf", paper_of(the_assessment(impact_id), current_landlord().name))


def _turn(found: ImpactFound) -> Part:
    """Whose signature comes next; the last one's where it is complete, which is then refused."""
    signed = {each.part for each in found.signatures}
    return next((each for each in wanted(found.rule) if each not in signed), wanted(found.rule)[-1])


def _sign_page(found: ImpactFound, part: Part, form: SignForm, back: BackForm, status: int) -> Response:
    return page(
        "governance/impact/sign.html",
        status=status,
        here=current_landlord(),
        found=found,
        part=part,
        parts=PARTS,
        lead=part is Part.LEAD,
        complete=found.stage is Stage.COMPLETE,
        form=form,
        back=back,
    )

"""The pages of a landlord about the conference: its board, and a case before it."""

from typing import Any
from uuid import UUID

from flask import Blueprint, url_for
from werkzeug.wrappers import Response

from portal.cases import frame
from portal.cases.consents import queries as consents
from portal.cases.disclosures import queries as shares
from portal.cases.disclosures.queries import ShareRow
from portal.cases.disclosures.routes import laws_cited
from portal.cases.disclosures.service import Law, ShareRefusedError
from portal.cases.disclosures.words import PARTS
from portal.cases.disclosures.words import STATES as SHARE_STATES
from portal.cases.frame import Frame
from portal.cases.routes.blueprint import CASE, reader
from portal.cases.routes.section import section
from portal.domain.calendar import in_london
from portal.domain.permissions import Permission
from portal.domain.risk import Criterion
from portal.domain.sharing import Part, exceptions_of
from portal.marac.actions import queries as actions
from portal.marac.actions.words import LOOKS as ACTION_LOOKS
from portal.marac.actions.words import STATES as ACTION_STATES
from portal.marac.areas import queries as areas
from portal.marac.areas.queries import AreaRow
from portal.marac.minutes import queries as minutes
from portal.marac.papers import queries as papers
from portal.marac.referrals import queries, sending, service, transfer
from portal.marac.referrals.forms import GroundForm, ReferralForm, StepForm, consents_in_force
from portal.marac.referrals.known import Record, record_of
from portal.marac.referrals.service import NoSuchReferralError, ReferralChangedError, ReferralRefusedError
from portal.marac.referrals.words import CRITERIA, LOOKS, STATES
from portal.people.queries import colleagues
from portal.web.access import needs
from portal.web.fragments import moved, page
from portal.web.here import now
from portal.web.landlord import Work, current_landlord, work
from portal.web.principal import actor, me

pages = Blueprint("conference", __name__, url_prefix="/desk")
HERE = CASE + "/conference"
ONE = HERE + "/<uuid:conference_id>"
GOES_WITH_IT = (Part.PERSON, Part.HAPPENED, Part.INCIDENTS, Part.OTHER_PERSON, Part.HOUSEHOLD, Part.RISK)
"""What the form proposes: who they are, what happens, who does it, which children, how great the risk is."""
SAYS: dict[str, Any] = {
    "criteria": CRITERIA, "states": STATES, "looks": LOOKS, "parts": PARTS, "action_states": ACTION_STATES,
    "action_looks": ACTION_LOOKS,
}  # fmt: skip


@pages.get("/<landlord>/conference")
@needs(Permission.CASE_READ)
def here() -> Response:
    """Which areas there are and when they meet; this landlord's own cases there, and nobody else's."""
    with work() as session:
        rows, known = queries.here(session), areas.areas(session)
        silent = minutes.missed(session, now())
    return page(
        "marac/here.html", silent=silent, here=current_landlord(), rows=rows, now_at=now(),
        areas=[each for each in known if each.active], **SAYS,
    )  # fmt: skip


@pages.get(HERE)
@needs(Permission.CASE_READ)
def of_case(case_id: UUID) -> Response:
    """The referrals of one case, and whether the pair is flagged."""
    with work() as session:
        found = frame.read(session, case_id, reader())
        rows = queries.of_case(session, case_id)
        flagged = queries.flagged_until(session, case_id, in_london(now()).date())
        known = {each.id: each for each in areas.areas(session)}
    return section("marac/of_case.html", found, rows=rows, flagged=flagged, areas=known, now_at=now(), **SAYS)


@pages.route(HERE + "/refer", methods=["GET", "POST"])
@needs(Permission.CASE_WORK)
def refer(case_id: UUID) -> Response:
    """Refer the case: the form begins with what the record bears out."""
    form = ReferralForm()
    laws = {each.id: each for each in laws_cited()}
    with work() as session:
        found = frame.read(session, case_id, reader())
        known = [each for each in areas.areas(session) if each.active]
        record = record_of(session, case_id, found.policy, now())
        given = consents_in_force(consents.of_case(session, case_id, now()), now())
        seconds = [each for each in colleagues(session, now()) if each.can(Permission.SHARE_APPROVE)]
    others = {str(each.account_id): each.name for each in seconds if each.account_id != me().account_id}
    form.offer(known, given, exceptions_of(found.policy), laws, others)
    if not form.is_submitted():
        form.criteria.data = [each.value for each in _borne_out(record, known)]
        form.parts.data = [each.value for each in GOES_WITH_IT]
    elif form.complete():
        area = next(each for each in known if str(each.id) == form.area.data)
        made = _write(found, form, area, laws)
        if made:
            return moved(url_for("conference.one", case_id=case_id, conference_id=made, done="conference"))
    status = 422 if form.is_submitted() else 200
    met = [(each, record.met(each, now())) for each in known]
    return section(
        "marac/refer.html", found, status=status, form=form, areas=known, record=record, met=met,
        given=given, now_at=now(), **SAYS,
    )  # fmt: skip


@pages.get(ONE)
@needs(Permission.CASE_READ)
def one(case_id: UUID, conference_id: UUID) -> Response:
    """One referral: how it stands, what went with it, when it is heard."""
    return _one(case_id, conference_id, StepForm(formdata=None))


@pages.post(ONE + "/send")
@needs(Permission.CASE_WORK)
def send(case_id: UUID, conference_id: UUID) -> Response:
    """It leaves now."""
    form = StepForm()
    with work() as session:
        found = frame.read(session, case_id, reader())
    try:
        with work() as session:
            sending.send(session, found, conference_id, form.revision.data or 0, actor(), now())
    except ReferralRefusedError as refused:
        form.refuse("revision", str(refused))
        return _one(case_id, conference_id, form, 422)
    except ReferralChangedError:
        return _to(case_id, conference_id, "conference-meanwhile")
    return _to(case_id, conference_id, "conference-sent")


@pages.post(ONE + "/ground")
@needs(Permission.CASE_WORK)
def ground(case_id: UUID, conference_id: UUID) -> Response:
    """On which ground it stays at the area to which it was transferred."""
    form = GroundForm()
    with work() as session:
        form.offer(_grounds(session, case_id, conference_id))
    if not form.validate():
        return _one(case_id, conference_id, form, 422)
    try:
        with work() as session:
            transfer.decide(
                session, case_id, conference_id, form.revision.data, UUID(form.share.data), actor(), now()
            )
    except ReferralRefusedError as refused:
        form.refuse(refused.field, str(refused))
        return _one(case_id, conference_id, form, 422)
    except ReferralChangedError:
        return _to(case_id, conference_id, "conference-meanwhile")
    return _to(case_id, conference_id, "conference-ground")


@pages.post(ONE + "/withdraw")
@needs(Permission.CASE_WORK)
def withdraw(case_id: UUID, conference_id: UUID) -> Response:
    """Nobody there finds it any more."""
    form, done = StepForm(), "conference-withdrawn"
    try:
        with work() as session:
            service.withdraw(session, case_id, conference_id, form.revision.data or 0, actor(), now())
    except ReferralChangedError:
        done = "conference-meanwhile"
    return _to(case_id, conference_id, done)


def _to(case_id: UUID, conference_id: UUID, done: str) -> Response:
    return moved(url_for("conference.one", case_id=case_id, conference_id=conference_id, done=done))


def _one(case_id: UUID, conference_id: UUID, form: StepForm, status: int = 200) -> Response:
    with work() as session:
        found = frame.read(session, case_id, reader())
        row = queries.one(session, case_id, conference_id)
        if row is None:
            raise NoSuchReferralError
        share = shares.share(session, case_id, row.share_id)
        todo = actions.of_referral(session, current_landlord().id, conference_id)
        written = papers.of_referral(session, current_landlord().id, conference_id)
        said = minutes.minutes(session, current_landlord().id, conference_id)
        known = {each.id: each for each in areas.areas(session)}
        chosen = form if isinstance(form, GroundForm) else GroundForm(formdata=None)
        chosen.offer(transfer.grounds(session, row, known[row.area_id], now()))
        decided = share is None or share.recipient.is_same(service.body_of(known[row.area_id]))
    return section(
        "marac/one.html", found, status=status, row=row, share=share, form=form, areas=known,
        ground_form=chosen, undecided="from" in row.said and not decided,
        share_states=SHARE_STATES, now_at=now(), today=in_london(now()).date(), actions=todo, papers=written,
        minutes=said, **SAYS,
    )  # fmt: skip


def _grounds(session: Work, case_id: UUID, conference_id: UUID) -> list[ShareRow]:
    row = queries.one(session, case_id, conference_id)
    area = areas.area(session, row.area_id) if row else None
    if row is None or area is None:
        raise NoSuchReferralError
    return transfer.grounds(session, row, area, now())


def _write(found: Frame, form: ReferralForm, area: AreaRow, laws: dict[str, Law]) -> UUID | None:
    """Write it; None where it is refused, with the reasons beside the question."""
    try:
        with work() as session:
            made = service.write(session, found, form.wanted(area, laws), actor(), now())
    except ReferralRefusedError as refused:
        form.refuse(refused.field, str(refused))
    except ShareRefusedError as refused:
        form.refuse(refused.field if refused.field in form else "parts", *refused.reasons)
    else:
        return made
    return None


def _borne_out(record: Record, known: list[AreaRow]) -> list[Criterion]:
    """What is ticked: what the record bears out in every area that could be meant."""
    met = [set(record.met(each, now())) for each in known]
    both = set.intersection(*met) if met else set()
    return [each for each in Criterion if each in both]

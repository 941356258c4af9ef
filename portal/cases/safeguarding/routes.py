"""The pages of safeguarding: a case's concerns and referrals, and what waits at a landlord."""

from uuid import UUID

from flask import Blueprint, url_for
from werkzeug.wrappers import Response

from portal.cases import frame
from portal.cases.frame import Frame
from portal.cases.household import queries as people
from portal.cases.routes.blueprint import CASE, reader
from portal.cases.routes.section import one_of, section
from portal.cases.safeguarding import queries, service
from portal.cases.safeguarding.forms import AnswerForm, ConcernForm, DecideForm, ReferralForm
from portal.cases.safeguarding.queries import ConcernRow
from portal.cases.safeguarding.service import (
    AlreadyDecidedError,
    MustBeReferredError,
    OwnDecisionError,
    ReferralRefusedError,
)
from portal.cases.safeguarding.words import (
    AGENCIES,
    AT_SIXTEEN,
    DECISIONS,
    GROUPS,
    HARMS,
    OF_DOOR,
    OUTCOMES,
    TOLD,
)
from portal.cases.serious import queries as serious
from portal.cases.serious.words import ANSWERS, BECAUSE, MATTERS
from portal.domain.calendar import in_london
from portal.domain.permissions import Permission
from portal.domain.safeguarding import AGREED, OTHER_LAW, Door, grounds, must_refer
from portal.domain.serious import Matter, exception_for
from portal.web.access import needs
from portal.web.fragments import moved, page
from portal.web.here import now
from portal.web.landlord import current_landlord, work
from portal.web.principal import actor, me

pages = Blueprint("safeguarding", __name__, url_prefix="/desk")

SAFEGUARDING = CASE + "/safeguarding"
CONCERN = SAFEGUARDING + "/<uuid:concern_id>"
DOOR = "<any(children, adults):door>"


@pages.get("/<landlord>/safeguarding")
@needs(Permission.TEAM_READ)
def waiting() -> Response:
    """What waits at this landlord: concerns nobody acted on, referrals whose outcome nobody knows."""
    with work() as session:
        unreferred, unanswered, grave = service.waiting(session, reader())
    return page(
        "cases/safeguarding/waiting.html", unreferred=unreferred, unanswered=unanswered, groups=GROUPS, grave=grave,
        matters=MATTERS,
    )


@pages.get(SAFEGUARDING)
@needs(Permission.CASE_READ)
def safeguarding(case_id: UUID) -> Response:
    """The concerns of a case and their referrals, children and adults apart."""
    with work() as session:
        found = frame.read(session, case_id, reader())
        rows = queries.concerns(session, case_id)
        grave = serious.matters(session, case_id)
        known = people.household(session, case_id, found.policy.definition, in_london(now()).date())
    policy = found.policy
    names = {AGREED: "They agreed", OTHER_LAW: "Another ground in law"}
    return section(
        "cases/safeguarding/safeguarding.html",
        found,
        by_door={door: [each for each in rows if each.door is door] for door in Door},
        doors=OF_DOOR,
        agencies=AGENCIES,
        groups=GROUPS,
        harms=HARMS,
        told=TOLD,
        outcomes=OUTCOMES,
        decisions=DECISIONS,
        names={each.id: each.name for each in known},
        grounds=names | {each.id: f"{each.says} ({each.clause})" for each in grounds(policy)},
        bound={each.id: must_refer(policy, each.group) for each in rows},
        at_sixteen=AT_SIXTEEN,
        grave=grave,
        serious_words=MATTERS,
        serious_answers=ANSWERS,
        because=BECAUSE,
        police_under={each: listed.id for each in Matter if (listed := exception_for(policy, each))},
        mine={each.id: me().account_id in {each.proposed_by, found.case.assigned_to} for each in grave},
        rule=policy.risk.safeguarding,
        linked=[each for each in policy.document.linked_documents if "safeguarding" in each.title.casefold()],
        may_decide=me().can(current_landlord().id, Permission.SAFEGUARDING_DECIDE),
    )


@pages.route(SAFEGUARDING + f"/{DOOR}", methods=["GET", "POST"])
@needs(Permission.CASE_WORK)
def concern(case_id: UUID, door: str) -> Response:
    """Note a concern about a child or about an adult: two forms, because they go through two doors."""
    with work() as session:
        found = frame.read(session, case_id, reader())
        known = people.household(session, case_id, found.policy.definition, in_london(now()).date())
    form = ConcernForm()
    form.fit(Door(door), known)
    if form.is_submitted() and form.validate():
        with work() as session:
            service.note(session, case_id, form.feared(), actor(), now())
        return _done(case_id, "concern")
    status = 422 if form.is_submitted() else 200
    term = next((each for each in found.policy.definition.terms if each.term == "safeguarding"), None)
    return section(
        "cases/safeguarding/concern.html",
        found,
        status=status,
        form=form,
        door=door,
        whom=OF_DOOR[Door(door)],
        term=term,
        at_sixteen=AT_SIXTEEN,
    )


@pages.route(CONCERN + "/refer", methods=["GET", "POST"])
@needs(Permission.CASE_WORK)
def refer(case_id: UUID, concern_id: UUID) -> Response:
    """Record a referral for a concern."""
    found, row = _read(case_id, concern_id)
    at = in_london(now())
    form = ReferralForm(day=at.date(), time=at.time(), agency=AGENCIES[row.door])
    form.fit(found.policy)
    status = 200
    if form.is_submitted():
        status = 422
        if form.validate():
            may_decide = me().can(current_landlord().id, Permission.SAFEGUARDING_DECIDE)
            try:
                with work() as session:
                    service.refer(
                        session, case_id, concern_id, form.sent(), actor(), now(), may_decide=may_decide
                    )
            except ReferralRefusedError as refused:
                for name, sentence in refused.missing.items():
                    form.refuse(name, sentence)
            else:
                return _done(case_id, "referral")
    return section(
        "cases/safeguarding/refer.html",
        found,
        status=status,
        form=form,
        concern=row,
        agency=AGENCIES[row.door],
        groups=GROUPS,
        bound=must_refer(found.policy, row.group),
        told_rule=found.policy.sharing.person_is_told,
    )


@pages.route(CONCERN + "/not", methods=["GET", "POST"])
@needs(Permission.SAFEGUARDING_DECIDE)
def decide_not(case_id: UUID, concern_id: UUID) -> Response:
    """Decide with a reason that a concern is not referred."""
    found, row = _read(case_id, concern_id)
    form = DecideForm()
    status = 200
    if form.is_submitted():
        status = 422
        if form.validate():
            try:
                with work() as session:
                    service.decide_not(session, case_id, concern_id, form.why.data, actor(), now())
            except MustBeReferredError as bound:
                form.refuse("why", f"{bound.clause} says that it is referred: there is no choice here.")
            except OwnDecisionError:
                form.refuse(
                    "why", "You noted this concern yourself: somebody else decides that it goes nowhere."
                )
            except AlreadyDecidedError:
                return _done(case_id, "meanwhile")
            else:
                return _done(case_id, "not-referred")
    return section(
        "cases/safeguarding/decide.html", found, status=status, form=form, concern=row, groups=GROUPS
    )


@pages.route(SAFEGUARDING + "/referrals/<uuid:referral_id>", methods=["GET", "POST"])
@needs(Permission.CASE_WORK)
def answer(case_id: UUID, referral_id: UUID) -> Response:
    """Record what the agency said."""
    found, referral = one_of(
        case_id,
        lambda session, _: [each for row in queries.concerns(session, case_id) for each in row.referrals],
        referral_id,
    )
    form = AnswerForm(reference=referral.said["reference"])
    if form.is_submitted() and form.validate():
        with work() as session:
            service.answered(session, case_id, referral_id, form.answer(), actor(), now())
        return _done(case_id, "answer")
    status = 422 if form.is_submitted() else 200
    return section("cases/safeguarding/answer.html", found, status=status, form=form, referral=referral)


def _read(case_id: UUID, concern_id: UUID) -> tuple[Frame, ConcernRow]:
    return one_of(case_id, lambda session, _: queries.concerns(session, case_id), concern_id)


def _done(case_id: UUID, what: str) -> Response:
    return moved(url_for("safeguarding.safeguarding", case_id=case_id, done=what))

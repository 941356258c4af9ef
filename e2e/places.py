"""The address of every officers' page, filled in with cases and reports that exist, in each of their states."""

from collections.abc import Iterator
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session
from werkzeug.routing import MapAdapter, Rule

from e2e.live import Live
from portal.app import create_app
from portal.cases.assessments.models import Assessment
from portal.cases.closing.models import ClosingRequest
from portal.cases.consents.models import ConsentGiven
from portal.cases.disclosures.models import Disclosure, SharingRequest
from portal.cases.documents.models import Document
from portal.cases.incidents.models import Incident
from portal.cases.meetings.models import Meeting
from portal.cases.models import Case, Person, TimelineEntry
from portal.cases.orders.models import CourtOrder
from portal.cases.plans.models import Plan, PlanAction
from portal.cases.retention.models import LegalHold
from portal.cases.reviews.models import CaseworkReview
from portal.cases.safeguarding.models import Concern, Referral
from portal.cases.serious.models import SeriousMatter
from portal.cases.support.models import SupportReferral
from portal.cases.tasks.models import Task
from portal.cases.tenancy_file.models import FileRequest
from portal.deadlines.models import Deadline
from portal.domain.clock import StopAct
from portal.domain.lifecycle import CaseStage, ReportState
from portal.domain.plans import PlanKind
from portal.domain.tasks import TASK
from portal.duties.models import Duty
from portal.governance.impact.models import ImpactAction, ImpactAssessment
from portal.homes.exchange.models import ExchangeCard, ExchangeHome, ExchangeNeed
from portal.homes.flags.models import Flag
from portal.homes.moves.models import HomeOffer
from portal.homes.securing.models import HomeDamage, HomeMeasure, WorkOrder
from portal.homes.tenancy.models import RegisterCheck, TenancyStep
from portal.landlords.models import LookVersion, PolicyVersion
from portal.marac.actions.models import MaracAction
from portal.marac.referrals.models import MaracReferral
from portal.partners.agreements.models import SharingAgreement
from portal.partners.asked.models import AgencyTask
from portal.partners.forums.models import Forum
from portal.partners.grants.models import AgencyGrant
from portal.partners.kept.models import KeptReferral
from portal.partners.members.models import AgencyMember
from portal.people.models import Membership, StaffInvitation
from portal.referrals.models import Report
from portal.reports.complaints.models import Complaint
from portal.reports.findings.models import AuditedCase, Recommendation
from portal.reports.packs.models import Pack
from portal.store.scope import NOBODY, AgencyScope
from portal.systems.importing.models import CaseImport
from portal.systems.webhooks.models import Webhook

Ids = dict[str, UUID | str]
BESIDE = {
    "work.my_work": ("show=overdue", "show=waiting", "show=untimed"),
    "work.team": ("show=overdue",),
    "triage.reports_here": tuple(f"state={each.value}" for each in ReportState),
    "cases.case": ("kind=contact", "done=note"),
    "policy.policy": ("kind=serve",),
    "look.edit": ("part=words&in=ur", "part=offices", "part=logo", "part=reach", "part=questions"),
    "look.preview": ("page=promise", "in=ar"),
    "drafts.part": ("where=clocks", "where=moving"),
    "drafts.edit": ("where=clocks.0", "where=contact.visits"),
    "impact.row": ("row=race",),
    "shared.cases": ("show=conference",),
    "eyes.read_as": ("who=solicitor", "who=contractor", "who=call_centre"),
    "figures.behind": ("of=open-risk&cell=none",),
}
"""What can stand behind a question mark, by the endpoint that reads it."""
OF_A_CASE: dict[str, Select[UUID, UUID]] = {
    "incident_id": select(Incident.case_id, Incident.id),
    "action_id": select(PlanAction.case_id, PlanAction.id).where(PlanAction.state == "open"),
    "task_id": select(Task.case_id, Task.id).where(Task.ended_at.is_(None)),
    "assessment_id": select(Assessment.case_id, Assessment.id).where(Assessment.state == "draft"),
    "concern_id": select(Concern.case_id, Concern.id).where(Concern.decided_at.is_(None)),
    "matter_id": select(SeriousMatter.case_id, SeriousMatter.id).where(SeriousMatter.decided_at.is_(None)),
    "consent_id": select(ConsentGiven.case_id, ConsentGiven.id).where(ConsentGiven.withdrawn_at.is_(None)),
    "document_id": select(Document.case_id, Document.id),
    "grant_id": select(AgencyGrant.case_id, AgencyGrant.id).where(AgencyGrant.ended_at.is_(None)),
    "offered_id": select(AgencyGrant.case_id, AgencyGrant.share_id).where(AgencyGrant.ended_at.is_(None)),
    "conference_id": select(MaracReferral.case_id, MaracReferral.id).where(MaracReferral.state == "heard"),
    "hold_id": select(LegalHold.case_id, LegalHold.id).where(LegalHold.ended_at.is_(None)),
    "left_id": select(Disclosure.case_id, Disclosure.id),
    "damage_id": select(HomeDamage.case_id, HomeDamage.id),
    "job_id": select(WorkOrder.case_id, WorkOrder.id).where(WorkOrder.state == "ordered"),
    "offer_id": select(HomeOffer.case_id, HomeOffer.id).where(HomeOffer.outcome == "open"),
    "step_id": select(TenancyStep.case_id, TenancyStep.id).where(TenancyStep.state == "asked"),
    "notice_id": select(TenancyStep.case_id, TenancyStep.id).where(TenancyStep.state == "arrived"),
    "check_id": select(RegisterCheck.case_id, RegisterCheck.id).where(RegisterCheck.verdict.is_not(None)),
    "need_id": select(ExchangeNeed.case_id, ExchangeNeed.id).where(ExchangeNeed.state == "posted"),
    "side_id": select(ExchangeNeed.case_id, ExchangeCard.id).join(
        ExchangeCard, (ExchangeCard.thread == ExchangeNeed.thread) & (ExchangeCard.kind == "home")
    ),
    "flag_id": select(Flag.case_id, Flag.id).where(Flag.ended_at.is_(None)),
    "measure_id": select(HomeMeasure.case_id, HomeMeasure.id).where(HomeMeasure.state == "asked"),
    "request_id": select(FileRequest.case_id, FileRequest.id),
    "line_id": select(TimelineEntry.case_id, TimelineEntry.id),
    "order_id": select(CourtOrder.case_id, CourtOrder.id),
    "person_id": select(Person.case_id, Person.id).where(Person.part == "other_person"),
    "referral_id": select(Referral.case_id, Referral.id),
    "review_id": select(CaseworkReview.case_id, CaseworkReview.id).where(CaseworkReview.ended_at.is_(None)),
    "support_id": select(SupportReferral.case_id, SupportReferral.id).where(SupportReferral.chase_at.is_not(None)),
    "share_id": select(SharingRequest.case_id, SharingRequest.id),
    "meeting_id": select(Meeting.case_id, Meeting.id).where(Meeting.state == "booked"),
    "note_id": select(TimelineEntry.case_id, TimelineEntry.id).where(TimelineEntry.kind == "note"),
}
"""Things that belong to a case, by the name that their id has in an address."""
AGREED = select(SharingAgreement.id).where(SharingAgreement.ended_at.is_(None)).order_by(SharingAgreement.review_on)
BESIDE_CASES: dict[str, Select[UUID]] = {
    "drawn_id": select(AuditedCase.id),
    "complaint_id": select(Complaint.id).where(Complaint.ended_at.is_(None)).order_by(Complaint.due_at),
    "found_id": select(Recommendation.id).where(Recommendation.ended_at.is_(None)),
    "pack_id": select(Pack.id).where(Pack.sent_at.is_not(None)),
    "agreement_id": AGREED,
    "forum_id": select(Forum.id).where(Forum.ended_at.is_(None)),
    "webhook_id": select(Webhook.id).where(Webhook.ended_at.is_(None)),
    "import_id": select(CaseImport.id).where(CaseImport.state == "faulty", CaseImport.kind == "cases"),
    "people_import_id": select(CaseImport.id).where(CaseImport.state == "faulty", CaseImport.kind == "people"),
    "homes_import_id": select(CaseImport.id).where(CaseImport.state == "fit", CaseImport.kind == "homes"),
    "impact_id": select(ImpactAssessment.id),
    "duty_id": select(Duty.id).where(Duty.ended_at.is_(None)),
    "version_id": select(PolicyVersion.id),
    "look_id": select(LookVersion.id),
    "account_id": select(Membership.account_id),
    "staff_invitation_id": select(StaffInvitation.id).where(StaffInvitation.used_at.is_(None)),
    "sitting_id": select(MaracReferral.meeting_id).where(MaracReferral.state == "heard"),
    "thread_id": select(ExchangeCard.thread).where(
        ExchangeCard.kind == "need", ExchangeCard.thread.not_in(select(ExchangeNeed.thread))
    ),
    "home_id": select(ExchangeHome.id),
}
"""Things of a landlord that belong to no case."""
PLANNED = select(Plan.case_id).where(Plan.number.is_not(None), Plan.kind == PlanKind.ACTION)
NAMED_PARTS: Ids = {"part": "child", "door": "children"}
WITHOUT_A_NAME = {"anonymity.identity"}
WAITS_FOR_A_SECOND = {"closing.decide"}
PARTNERS = "/desk/partner"
PLATFORM = "/desk/platform"
"""For whoever runs the portal and works for no landlord: e2e/journeys/test_running_a_landlord.py."""
COMING_IN = "members.come_in"
"""For somebody who has no side yet: proven in tests/partners/test_working_together.py."""
FILES = {
    "drafts.file",
    "drafts.version_file",
    "documents.file",
    "disclosures.left_document",
    "disclosures.left_file",
    "packs.paper",
    "impact.paper",
    "exports.file",
    "systems.openapi",
    "entries.file",
    "entries.theirs",
}
"""What is saved and not shown: proven in tests of its own."""
LEADS_ON = {"notices.go", "panels.item", "proving.second_step", "proving.there", "proving.back"}
"""What shows nothing itself: where a mail leads is proven in tests/people/test_notice_pages.py, and
the second step of signing in, which stands between two pages, in journeys/test_sign_in.py, and the way through an
organisation in tests/people/test_organisation.py; and the item of a panel, which only its guest finds and only for a
while, in tests/homes/test_panels.py."""
ELSEWHERE = {"serious.note", "serious.ask_not_to", "serious.look", "serious.reported"}
"""What the policy of the landlord that is walked through does not know; every_page_elsewhere is for one that does."""
CLOSED_ONLY, DAMAGED_ONLY = {"cases.reopen"}, {"cases.repaired"}


def addresses(live: Live) -> MapAdapter:
    """The table of addresses, to build them with and to look them up in."""
    app = create_app(live.settings)
    app.extensions["portal"].database.dispose()
    app.extensions["portal"].redis.close()
    return app.url_map.bind("127.0.0.1")


def desk_rules(known: MapAdapter) -> list[Rule]:
    """Every officers' page that can be opened; those of agencies have tests of their own."""
    rules = known.map.iter_rules()
    desks = [each for each in rules if each.rule.startswith("/desk") and not each.rule.startswith((PARTNERS, PLATFORM))]
    not_here = FILES | LEADS_ON | ELSEWHERE
    return [each for each in desks if "GET" in (each.methods or ()) and each.endpoint not in not_here]


def partner_rules(known: MapAdapter) -> list[Rule]:
    """Every page of an agency's people, but for the one behind a link that is shown once."""
    pages = [each for each in known.map.iter_rules() if each.rule.startswith(PARTNERS) and each.endpoint != COMING_IN]
    return [each for each in pages if "GET" in (each.methods or ()) and each.endpoint not in FILES | LEADS_ON]


def every_partner_page(live: Live, slug: str, known: MapAdapter) -> list[str]:
    """The pages of agencies about one case that is shared and another that was before the conference."""
    with live.work(slug) as session:
        shared = session.execute(select(AgencyTask.grant_id, AgencyTask.id)).one()
        heard = session.execute(
            select(MaracReferral.id, MaracReferral.meeting_id, MaracReferral.area_id).where(
                MaracReferral.state == "heard"
            )
        ).one()
        granted = session.scalars(select(AgencyGrant.agency_id).where(AgencyGrant.id == shared.grant_id)).one()
    with live.database.work(AgencyScope(granted, NOBODY)) as session:
        worker = session.scalars(select(AgencyMember.account_id).where(AgencyMember.roles.contains(["worker"]))).first()
        member = session.scalars(select(AgencyMember.id)).first()
    with live.database.work(AgencyScope(granted, worker)) as session:
        kept = session.scalars(select(KeptReferral.id)).one()
    ids = {
        "grant_id": shared.grant_id, "asked_id": shared.id, "conference_id": heard.id, "sitting_id": heard.meeting_id,
        "area_id": heard.area_id, "member_id": member, "part": "person", "kept_id": kept,
    }  # fmt: skip
    with live.work(slug) as session:
        theirs = select(MaracAction.id).where(MaracAction.agency_id == granted, MaracAction.referral_id == heard.id)
        ids["agreed_id"] = session.scalars(theirs).one()
    return [known.build(each.endpoint, {name: ids[name] for name in each.arguments}) for each in partner_rules(known)]


def every_desk_page(live: Live, slug: str, known: MapAdapter) -> list[str]:
    """The page of a case and of a report once for each state, all others once, and again where they can be narrowed."""
    with live.work(slug) as session:
        return [
            path
            for rule in desk_rules(known)
            for number, ids in enumerate(_ids(session, rule))
            for path in _paths(known, rule, slug, ids, narrowed=number == 0)
        ]


def every_page_elsewhere(live: Live, slug: str, known: MapAdapter) -> list[str]:
    """The pages that only a landlord with another policy has."""
    rules = [each for each in known.map.iter_rules() if each.endpoint in ELSEWHERE]
    with live.work(slug) as session:
        return [
            path
            for rule in rules
            for ids in _ids(session, rule)
            for path in _paths(known, rule, slug, ids, narrowed=False)
        ]


def _paths(known: MapAdapter, rule: Rule, slug: str, ids: Ids, *, narrowed: bool) -> Iterator[str]:
    given: dict[str, object] = {"number": 1, "code": "pl", **ids, "landlord": slug}
    path = known.build(rule.endpoint, {name: given[name] for name in rule.arguments})
    yield path
    if narrowed:
        yield from (f"{path}?{each}" for each in BESIDE.get(rule.endpoint, ()))


def _ids(session: Session, rule: Rule) -> list[Ids]:
    if "report_id" in rule.arguments:
        states = (select(Report.id).where(Report.state == state.value) for state in ReportState)
        return [{"report_id": session.scalars(wanted).first() or _none(rule)} for wanted in states]
    if rule.endpoint == "cases.case":
        stages = (select(Case.id).where(Case.stage == stage.value) for stage in CaseStage)
        return [{"case_id": session.scalars(wanted).first() or _none(rule)} for wanted in stages]
    if {"promise_id", "agreed_id"} & rule.arguments:
        return [(_of_an_assessment if "promise_id" in rule.arguments else _of_the_conference)(session, rule)]
    for name in BESIDE_CASES.keys() & rule.arguments:
        return [{name: session.scalars(BESIDE_CASES[name]).first() or _none(rule)}]
    if "case_id" not in rule.arguments:
        return [{}]
    return _of_a_thing(session, rule) or _of_a_clock(session, rule)


def _of_the_conference(session: Session, rule: Rule) -> Ids:
    """An action of the conference that is the landlord's own."""
    ours = select(MaracAction.case_id, MaracAction.referral_id, MaracAction.id).where(
        MaracAction.agency_id.is_(None), MaracAction.ended_at.is_(None)
    )
    case_id, conference_id, agreed_id = session.execute(ours).first() or (_none(rule),) * 3
    return {"case_id": case_id, "conference_id": conference_id, "agreed_id": agreed_id}


def _of_an_assessment(session: Session, rule: Rule) -> Ids:
    """An action of an impact assessment: one that is done where it is asked whether that helped."""
    done = ImpactAction.done_at.is_not(None) if rule.endpoint == "impact.judge" else ImpactAction.done_at.is_(None)
    promised = select(ImpactAction.assessment_id, ImpactAction.id).where(done)
    impact_id, promise_id = session.execute(promised).first() or (_none(rule), _none(rule))
    return {"impact_id": impact_id, "promise_id": promise_id}


def _of_a_thing(session: Session, rule: Rule) -> list[Ids]:
    """Pages about one thing of a case, or about one of its plans."""
    for name, wanted in OF_A_CASE.items():
        if name in rule.arguments:
            case_id, thing_id = session.execute(wanted).first() or (_none(rule), _none(rule))
            return [{"case_id": case_id, name: thing_id}]
    if "part" in rule.arguments or "door" in rule.arguments:
        return [{"case_id": session.scalars(select(Case.id)).first() or _none(rule)} | NAMED_PARTS]
    if rule.endpoint in WITHOUT_A_NAME:
        nameless = select(Case.id).where(Case.anonymous)
        return [{"case_id": session.scalars(nameless).first() or _none(rule)}]
    if rule.endpoint in WAITS_FOR_A_SECOND:
        waits = select(ClosingRequest.case_id).where(ClosingRequest.ended_at.is_(None))
        return [{"case_id": session.scalars(waits).first() or _none(rule)}]
    if "kind" in rule.arguments:
        return [{"case_id": session.scalars(PLANNED).first() or _none(rule), "kind": kind} for kind in PlanKind]
    return []


def _of_a_clock(session: Session, rule: Rule) -> list[Ids]:
    """Pages about a case whose clock runs; tasks have pages of their own."""
    running = select(Deadline.case_id, Deadline.id).where(
        Deadline.ended_at.is_(None), Deadline.case_id.is_not(None), Deadline.event != TASK
    )
    if rule.endpoint in CLOSED_ONLY:
        running = select(Case.id, Case.id).where(Case.stage == CaseStage.CLOSED.value)
    if rule.endpoint in DAMAGED_ONLY:
        running = running.where(Deadline.stop_act == StopAct.REPAIRED.value)
    case_id, clock_id = session.execute(running).first() or (_none(rule), _none(rule))
    return [{"case_id": case_id, "clock_id": clock_id}]


def _none(rule: Rule) -> UUID:
    raise LookupError(f"The demonstration has nothing with which to open {rule.rule}.")

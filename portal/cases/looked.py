"""The audit as managers read it: who looked at a case, and what one person did."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, func, select, true
from sqlalchemy.orm import Session

from portal.cases.frame import Reader
from portal.cases.models import Case
from portal.domain.permissions_said import right
from portal.people.models import Account
from portal.people.proving.happened import BY_THEMSELVES
from portal.store import audit
from portal.store.audit import UNSAID, AuditEntry, Fact
from portal.store.database import scope_of

PAGE = 50
ID_BYTES = 16
FACTS = {
    Fact.WORKLIST_READ: "Opened the list of work",
    Fact.TEAM_READ: "Opened the team’s list",
    Fact.REPORT_RECEIVED: "Received a report",
    Fact.REPORT_READ: "Read a report",
    Fact.REPORT_TRIAGED: "Decided what becomes of a report",
    Fact.CASE_OPENED: "Opened the case",
    Fact.CASE_READ: "Read the case",
    Fact.CONFIDENCE_KEPT: "Said that it is kept in confidence",
    Fact.PROFILE_STATED: "Stated whom they can be for somebody",
    Fact.LANGUAGE_CHECKED: "Said what a speaker has found in a translation",
    Fact.SIGN_INS_READ: "Looked where a colleague is signed in",
    Fact.SIGN_INS_ENDED: "Ended all sign-ins of a colleague",
    Fact.SIGN_IN_RULE_CHANGED: "Changed who needs a second step to sign in",
    Fact.STARTED_ANEW: "Let somebody choose a new password",
    Fact.SIGN_IN_DONE: "Signed in",
    Fact.SIGN_IN_FAILED: "Somebody could not sign in as them",
    Fact.SIGN_IN_ENDED: "Ended sign-ins of their own",
    Fact.SIGN_IN_PROVED: "Proved again who they are, or used a recovery code",
    Fact.SIGN_IN_WAYS: "Added or took away a second factor",
    Fact.SIGN_IN_RESET: "Set up their password or sign-in anew",
    Fact.SIGN_ON_SET: "Set the organisation’s own sign-in",
    Fact.SIGN_ON_ENDED: "Ended the organisation’s own sign-in",
    Fact.SIGN_ON_TIED: "Tied an account to the organisation’s own sign-in",
    Fact.SIGN_ON_UNTIED: "Untied an account from the organisation’s own sign-in",
    Fact.SIGN_ON_ONLY: "Let people in through the organisation alone, and named who comes in past it",
    Fact.SIGN_ON_NOT_ONLY: "Let people in by any way of theirs again",
    Fact.IMPACT_WRITTEN: "Wrote in an impact assessment",
    Fact.IMPACT_SIGNED: "Signed an impact assessment",
    Fact.IMPACT_RETURNED: "Sent an impact assessment back",
    Fact.IMPACT_ACTION: "Recorded an action of an impact assessment",
    Fact.DUTY_OPENED: "Opened a task beside the cases",
    Fact.DUTY_TAKEN: "Took a task beside the cases",
    Fact.DUTY_ENDED: "Ended a task beside the cases",
    Fact.WAY_BACK_OPENED: "Came back with their number",
    Fact.WAY_BACK_CHANGED: "Changed whether they can come back with a number",
    Fact.THEY_WROTE: "Wrote with their number",
    Fact.THEY_WERE_REMINDED: "Sent the reminder of a meeting that they asked for, or could not",
    Fact.WRITTEN_TO: "Wrote to them behind their number",
    Fact.DUTIES_READ: "Opened the tasks beside the cases",
    Fact.MEETING_BOOKED: "Booked a meeting",
    Fact.MEETING_ENDED: "Recorded what came of a meeting",
    Fact.NEEDS_RECORDED: "Recorded what they need",
    Fact.LOOK_EXPLAINED: "Said why they looked",
    Fact.CASE_SEARCHED: "Searched for a case",
    Fact.REPORTS_LISTED: "Opened a list of reports",
    Fact.CASE_VERSION_MOVED: "Moved the case to another version of the policy",
    Fact.CASE_ASSIGNED: "Gave the case to an officer",
    Fact.ASSIGNMENT_REFUSED: "Was refused to give it to somebody without the training",
    Fact.CASE_RESTRICTED: "Restricted the case",
    Fact.CASE_RESTRICTION_LIFTED: "Ended the restriction",
    Fact.READER_NAMED: "Named a colleague who may open the case",
    Fact.READER_UNNAMED: "Took a colleague’s name back",
    Fact.COLLEAGUE_BARRED: "Barred a colleague from the case",
    Fact.BAR_LIFTED: "Took a bar back",
    Fact.CASE_MADE_ANONYMOUS: "Took the name out of the case",
    Fact.CASE_NAMED_AGAIN: "Put the name into the case again",
    Fact.IDENTITY_READ: "Read whose case it is",
    Fact.IDENTITY_RECORDED: "Recorded whose case it is",
    Fact.IDENTITY_CLEARED: "Cleared a colleague to know whose case it is",
    Fact.IDENTITY_CLEARANCE_ENDED: "Took that clearance back",
    Fact.APPROVAL_DECIDED: "Looked at an assessment or plan as the second person",
    Fact.FILE_ASKED: "Recorded that somebody asks for the tenancy file",
    Fact.FILE_CHANGED: "Gathered or changed papers of the tenancy file",
    Fact.FILE_PREPARED: "Went through the tenancy file, and signed first",
    Fact.FILE_SIGNED: "Signed what is given of the tenancy file",
    Fact.FILE_GIVEN: "Gave what is left of the tenancy file",
    Fact.EMERGENCY_OPENED: "Opened the case in an emergency",
    Fact.EMERGENCY_REFUSED: "Asked for an opening in an emergency, and was refused",
    Fact.EMERGENCY_REVIEWED: "Reviewed an opening in an emergency",
    Fact.CASE_STAGE_CHANGED: "Changed where the case stands",
    Fact.CASE_NOTE_ADDED: "Added a note",
    Fact.CONTACT_RECORDED: "Recorded a contact",
    Fact.CONTACT_DETAILS_READ: "Looked at a number or address",
    Fact.CONTACT_NOT_SAFE: "Recorded a contact that had not been safe",
    Fact.CONTACT_OVERRIDDEN: "Went ahead with a contact that was not safe",
    Fact.CONTACT_REFUSED: "Was refused a contact that was not safe",
    Fact.SAFE_CONTACT_CHANGED: "Changed how contact is safe",
    Fact.PERSON_CHANGED: "Changed what is known about somebody in the case",
    Fact.SAME_PERSON_ANSWERED: "Said whether two people are one",
    Fact.ORDER_RECORDED: "Wrote in the register of orders",
    Fact.CONCERN_RECORDED: "Recorded or decided on a safeguarding concern",
    Fact.REFERRAL_RECORDED: "Recorded a safeguarding referral or its outcome",
    Fact.SERIOUS_MATTER: "Noted or decided on a serious matter",
    Fact.SAFEGUARDING_READ: "Opened the list of safeguarding",
    Fact.DEADLINE_MET: "Met a clock",
    Fact.DEADLINE_MOVED: "Recorded the time that the person asked for",
    Fact.REMINDER_SENT: "Sent a reminder",
    Fact.HOLD_PLACED: "Held the record",
    Fact.HOLD_LIFTED: "Lifted a hold on the record",
    Fact.KEEPING_SET: "Set how long the record is kept",
    Fact.CASE_ERASED: "Erased the record",
    Fact.CLOSING_ASKED: "Asked for the case to be closed",
    Fact.CLOSING_DECIDED: "Decided about closing the case",
    Fact.REVIEW_DRAWN: "Drew the case for a review",
    Fact.CASE_REVIEWED: "Reviewed the casework",
    Fact.TASK_SET: "Set a task",
    Fact.TASK_ENDED: "Ended a task",
    Fact.SIGNPOSTED: "Told somebody of a service",
    Fact.ADVISED: "Kept advice that was given",
    Fact.SUPPORT_REFERRED: "Referred to a service, or kept its answer",
    Fact.KEPT_ELSEWHERE: "Kept where else the case is recorded",
    Fact.TASK_CHANGED: "Gave or moved a task, or opened it again",
    Fact.INCIDENT_RECORDED: "Recorded an incident",
    Fact.CONSENT_GIVEN: "Recorded a consent",
    Fact.CONSENT_WITHDRAWN: "Recorded that a consent was withdrawn",
    Fact.SHARE_ASKED: "Asked to share",
    Fact.SHARE_REFUSED: "Was refused to share",
    Fact.SHARE_DECIDED: "Decided about a share as the second person",
    Fact.DISCLOSED: "Shared with somebody outside the case",
    Fact.DISCLOSURE_READ: "Opened what was shared",
    Fact.DOCUMENT_ADDED: "Added a document",
    Fact.DOCUMENT_READ: "Opened a document",
    Fact.DOCUMENT_REFUSED: "Was refused a document",
    Fact.KEPT_BACK: "Marked something as not to leave",
    Fact.KEPT_BACK_LIFTED: "Lifted such a mark",
    Fact.READERS_SHOWN: "Showed the person who has seen their record",
    Fact.WISH_RECORDED: "Recorded what they want",
    Fact.STEP_TAKEN: "Recorded a step that they want",
    Fact.STEP_AGAINST_WISH: "Took a step without their wish",
    Fact.PLAN_CHANGED: "Changed a plan",
    Fact.PLAN_AGREED: "Recorded that a plan is agreed",
    Fact.PLAN_REVIEWED: "Looked at a plan again",
    Fact.PLAN_GIVEN: "Gave them a copy of a plan",
    Fact.CASE_PRINTED: "Printed from the case",
    Fact.AUDIT_READ: "Read the audit",
    Fact.POLICY_LOADED: "Loaded a policy",
    Fact.ROLE_CHANGED: "Changed somebody’s roles",
    Fact.ROLE_ASKED: "Asked somebody in, or changed what they are asked in as",
    Fact.ROLE_TAKEN_BACK: "Took an invitation back",
    Fact.AGREEMENT_MADE: "Made an agreement with an agency",
    Fact.AGREEMENT_CHANGED: "Changed an agreement with an agency",
    Fact.AGREEMENT_ENDED: "Ended an agreement with an agency",
    Fact.FORUM_CHANGED: "Changed a forum or contact",
    Fact.FORUM_HELD: "Recorded who took part in a forum or contact",
    Fact.GRANT_MADE: "Shared parts of the case with an agency",
    Fact.GRANT_CHANGED: "Changed what an agency sees, or until when",
    Fact.GRANT_REVOKED: "Ended what an agency sees",
    Fact.GRANT_ANSWERED: "Answered for an agency",
    Fact.GRANT_OPENED: "Opened a part that was shared with their agency",
    Fact.FIGURES_READ: "Read the figures",
    Fact.CASE_DRAWN: "Drew the case for an audit",
    Fact.CASE_AUDITED: "Looked at which clauses the record keeps",
    Fact.RECOMMENDED: "Recommended a change",
    Fact.BENCHMARK_JOINED: "Let the landlord take part in the comparison",
    Fact.BENCHMARK_LEFT: "Took the landlord out of the comparison",
    Fact.BENCHMARK_WRITTEN: "Wrote the landlord’s rates for the comparison",
    Fact.RESIDENTS_LOADED: "Loaded a resident profile",
    Fact.EXPORT_ASKED: "Asked for a file of figures or cases",
    Fact.SYSTEM_LET_IN: "Made a token for one of the landlord’s systems",
    Fact.SYSTEM_SHUT_OUT: "Ended a token of one of the landlord’s systems",
    Fact.IMPORT_READ: "Read in a file from another system",
    Fact.IMPORT_CHECKED: "Looked through a file from another system",
    Fact.IMPORT_ASKED: "Asked for a file to be taken over",
    Fact.IMPORT_DONE: "Took over a file",
    Fact.IMPORT_DROPPED: "Decided against a file",
    Fact.IMPORT_UNDO_ASKED: "Asked for a file to be taken back",
    Fact.IMPORT_UNDONE: "Took back what came of a file",
    Fact.IMPORT_CODES_SHOWN: "Was shown the codes of those whom a file invited",
    Fact.CASE_TAKEN_BACK: "Took back a case that came of a file, and emptied it",
    Fact.WEBHOOK_MADE: "Let a system be told that things happened",
    Fact.WEBHOOK_CHANGED: "Changed or tried how a system is told",
    Fact.WEBHOOK_ENDED: "Ended that a system is told",
    Fact.SYSTEM_CALLED: "Asked or told something by itself",
    Fact.SYSTEM_REFUSED: "Asked for something that its token does not open",
    Fact.COUNTS_READ: "Read how many cases are due",
    Fact.POLICY_READ: "Read the times of the policy",
    Fact.TENANCY_TOLD: "Told of a tenancy",
    Fact.JOB_TOLD: "Told what became of a job, or asked for another time",
    Fact.EXPORT_SAVED: "Saved a file of figures or cases",
    Fact.COMPLAINT_LINKED: "Linked a complaint to the case",
    Fact.COMPLAINT_READ: "Read a complaint, and what its answer needs of the case",
    Fact.COMPLAINT_CHANGED: "Took a complaint a step further",
    Fact.RECOMMENDATION_ENDED: "Ended a recommendation",
    Fact.PACK_ASKED: "Asked for a report for a board or committee",
    Fact.PACK_WRITTEN: "Wrote in a report for a board or committee",
    Fact.PACK_SENT: "Sent a report to a board or committee",
    Fact.PACK_READ: "Read a report for a board or committee",
    Fact.FIGURE_LISTED: "Opened the list behind a figure",
    Fact.AGENCY_WROTE: "Wrote or opened something of an agency’s own",
    Fact.AGENCY_ASKED: "Asked an agency to do something, or its answer",
    Fact.CONFERENCE_ASKED: "Wrote a referral to MARAC",
    Fact.CONFERENCE_SENT: "Referred the case to MARAC",
    Fact.CONFERENCE_DECIDED: "Decided about the case before MARAC",
    Fact.CONFERENCE_OPENED: "Opened the case before MARAC",
    Fact.CONFERENCE_PAPER: "Wrote what they know for MARAC",
    Fact.CONFERENCE_ACTION: "Set or ended an action of MARAC",
    Fact.CONFERENCE_MINUTES: "Wrote or read minutes of MARAC",
    Fact.CONFERENCE_ATTENDED: "Kept who went to MARAC",
    Fact.TRAINING_RECORDED: "Recorded a course",
    Fact.MEASURE_ASKED: "Asked for a measure at the home",
    Fact.MEASURE_DECIDED: "Decided on a measure at the home",
    Fact.DAMAGE_RECORDED: "Recorded damage, or who pays for it",
    Fact.JOB_ORDERED: "Ordered a job",
    Fact.JOB_LINKED: "Made a link to a job",
    Fact.JOB_LINK_CLOSED: "Closed the link to a job",
    Fact.JOB_SHOWN: "Opened a job by its link",
    Fact.JOB_ENDED: "Ended a job",
    Fact.HOUSING_ANSWERED: "Answered what decides about a home",
    Fact.OPTION_STEP: "Took a step towards a home",
    Fact.PANEL_SAT: "Recorded what a panel recommends",
    Fact.PANEL_INVITED: "Invited a colleague to one item of a panel, or took that back",
    Fact.PANEL_ATTENDED: "Kept whether a colleague came to a panel",
    Fact.PANEL_OPENED: "Opened the one item of a panel to which they are invited",
    Fact.MOVE_CHANGED: "Changed a move",
    Fact.TENANCY_HELD: "Recorded how the home is held",
    Fact.TENANCY_STEP: "Took a step about the tenancy",
    Fact.REGISTER_CHECKED: "Looked at the housing register",
    Fact.SETTLING: "Recorded how they settle",
    Fact.FLAG_CHANGED: "Changed a mark",
    Fact.FLAGS_READ: "Opened the list of marks",
    Fact.HOMES_READ: "Opened the list of our homes",
    Fact.CHANGE_OFFERED: "Offered to change something at the home",
    Fact.SERVICE_CHECKED: "Checked a service of the list of help",
    Fact.LANDLORD_MADE: "Made this landlord on the portal",
    Fact.LANDLORD_OPENED: "Opened the front door",
    Fact.LANDLORD_SUSPENDED: "Suspended this landlord",
    Fact.LANDLORD_RESUMED: "Ended the suspension",
    Fact.SUPPORT_ASKED: "Support of the portal asked to be let in",
    Fact.SUPPORT_LET_IN: "Let support of the portal in",
    Fact.SUPPORT_REFUSED: "Did not let support of the portal in",
    Fact.SUPPORT_ENDED: "Ended the access of support",
    Fact.SUPPORT_LOOKED: "Support of the portal opened a page",
    Fact.LOOK_WRITTEN: "Wrote on how the public pages look and speak",
    Fact.LOOK_DROPPED: "Left what was written on how the public pages look and speak",
    Fact.LOOK_PUBLISHED: "Published how the public pages look and speak",
    Fact.POLICY_DRAFTED: "Wrote on the next version of the policy",
    Fact.POLICY_PROPOSED: "Proposed the next version of the policy",
    Fact.POLICY_RETURNED: "Gave back the next version of the policy",
    Fact.POLICY_APPROVED: "Approved the next version of the policy",
    Fact.POLICY_ACKNOWLEDGED: "Said that they have read the policy",
    Fact.EXCHANGE_CHANGED: "Looked for a home at other landlords",
    Fact.EXCHANGE_OPENED: "Opened what another landlord asks",
    Fact.BACKUP_MADE: "Made a backup",
    Fact.BACKUP_RESTORED: "Brought a backup back",
    Fact.NEW_HOME_KEPT: "Kept a new address apart",
    Fact.NEW_HOME_SHOWN: "Looked at a new address",
    Fact.NEW_HOME_READER: "Changed who may read a new address",
    Fact.RISK_STARTED: "Began a risk assessment",
    Fact.RISK_ANSWERED: "Answered items of a risk assessment",
    Fact.RISK_COMPLETED: "Completed a risk assessment",
    Fact.RISK_SET_ASIDE: "Set a draft of a risk assessment aside",
    Fact.RISK_RAISED: "Raised the risk by judgement",
    Fact.RISK_RECEIVED: "Recorded an assessment from outside",
    Fact.RISK_DECLINED: "Recorded that an assessment was declined",
    Fact.RISK_TRIGGERED: "Recorded a change that calls for a new assessment",
}


@dataclass(frozen=True, slots=True)
class Look:
    """One fact of the audit. `reference` names the case where the fact is about one."""

    position: int
    at: datetime
    actor: str
    what: str
    detail: str
    permission: str
    case_id: UUID | None
    reference: str | None
    listed: int
    """How many cases and reports the list opened, where it was a list."""


@dataclass(frozen=True, slots=True)
class Looks:
    """One page of the audit, newest first; `older` is where the next page begins."""

    rows: tuple[Look, ...]
    older: int | None


def at_case(
    session: Session, case_id: UUID, reader: Reader, before: int | None = None, *, lists: bool = False
) -> Looks:
    """Who has done what with this case, reading it included; or with `lists`, who had it before them in a list."""
    audit.record(
        session,
        Fact.AUDIT_READ,
        reader.actor,
        reader.now,
        permission=reader.permission,
        subject="case",
        subject_id=case_id,
    )
    if lists:
        return _page(session, before, func.pg_catalog.position(AuditEntry.shown, case_id.bytes) > 0)
    return _page(session, before, AuditEntry.subject_id == case_id)


def by_person(
    session: Session, account_id: UUID | None, reader: Reader, before: int | None = None, *, unsaid: bool = False
) -> Looks:
    """What one person has done here, or everybody; with `unsaid`, the looks for which they have not said why."""
    audit.record(
        session,
        Fact.AUDIT_READ,
        reader.actor,
        reader.now,
        permission=reader.permission,
        subject="account",
        subject_id=account_id,
    )
    about = AuditEntry.account_id == account_id if account_id else true()
    return _page(session, before, about & (AuditEntry.detail == UNSAID) if unsaid else about)


def _page(session: Session, before: int | None, about: ColumnElement[bool]) -> Looks:
    entry = AuditEntry
    query = (
        select(
            entry.position,
            entry.at,
            entry.actor,
            entry.fact,
            entry.detail,
            entry.permission,
            Case.id.label("case_id"),
            Case.reference,
            func.coalesce(func.length(entry.shown), 0).label("bytes_shown"),
            Account.name.label("account"),
        )
        .join(Account, (Account.id == entry.account_id) & (entry.actor == BY_THEMSELVES), isouter=True)
        .join(Case, (Case.landlord_id == entry.landlord_id) & (Case.id == entry.subject_id), isouter=True)
        .where(entry.landlord_id == scope_of(session).landlord_id, about)
    )
    if before is not None:
        query = query.where(entry.position < before)
    found = session.execute(query.order_by(entry.position.desc()).limit(PAGE + 1)).all()
    rows = tuple(
        Look(
            row.position,
            row.at,
            row.account or row.actor,
            FACTS[Fact(row.fact)],
            row.detail or "",
            right(row.permission),
            row.case_id,
            row.reference,
            row.bytes_shown // ID_BYTES,
        )
        for row in found[:PAGE]
    )
    return Looks(rows, rows[-1].position if len(found) > PAGE else None)

"""Evidence: who read or wrote what, when, under which permission. Rows are added freely and sealed afterwards.

A chain that each reader must extend would make readers wait for one another. So entries go in with the
transaction that they belong to, and a sealer chains the committed ones in order, per landlord.
"""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKeyConstraint, Identity, Index, UniqueConstraint, select, text
from sqlalchemy.orm import Mapped, Session, mapped_column

from portal.store.base import Base, Owned, new_id
from portal.store.statements import adding, pose

FIRST_HASH = bytes(32)
UNSAID = "no_reason"
"""The detail of a look for which the reader has not said why."""


class Fact(StrEnum):
    """What can be recorded. The names are read by auditors; none says anything about a person."""

    WORKLIST_READ = "worklist.read"
    TEAM_READ = "team.read"
    REPORT_RECEIVED = "report.received"
    REPORT_READ = "report.read"
    REPORT_TRIAGED = "report.triaged"
    CASE_OPENED = "case.opened"
    CASE_READ = "case.read"
    LOOK_EXPLAINED = "case.look_explained"
    CASE_SEARCHED = "case.searched"
    REPORTS_LISTED = "reports.listed"
    CASE_VERSION_MOVED = "case.version_moved"
    CASE_ASSIGNED = "case.assigned"
    CASE_RESTRICTED = "case.restricted"
    CASE_RESTRICTION_LIFTED = "case.restriction_lifted"
    READER_NAMED = "case.reader_named"
    READER_UNNAMED = "case.reader_unnamed"
    COLLEAGUE_BARRED = "case.colleague_barred"
    BAR_LIFTED = "case.bar_lifted"
    CASE_MADE_ANONYMOUS = "case.made_anonymous"
    CASE_NAMED_AGAIN = "case.named_again"
    IDENTITY_READ = "identity.read"
    IDENTITY_RECORDED = "identity.recorded"
    IDENTITY_CLEARED = "identity.cleared"
    IDENTITY_CLEARANCE_ENDED = "identity.clearance_ended"
    APPROVAL_DECIDED = "approval.decided"
    FILE_ASKED = "tenancy_file.asked"
    FILE_CHANGED = "tenancy_file.changed"
    FILE_PREPARED = "tenancy_file.prepared"
    FILE_SIGNED = "tenancy_file.signed"
    FILE_GIVEN = "tenancy_file.given"
    EMERGENCY_OPENED = "emergency.opened"
    EMERGENCY_REFUSED = "emergency.refused"
    EMERGENCY_REVIEWED = "emergency.reviewed"
    CASE_STAGE_CHANGED = "case.stage_changed"
    CASE_NOTE_ADDED = "case.note_added"
    MEETING_BOOKED = "meeting.booked"
    MEETING_ENDED = "meeting.ended"
    CONTACT_RECORDED = "contact.recorded"
    CONTACT_DETAILS_READ = "contact.details_read"
    CONTACT_OVERRIDDEN = "contact.overridden"
    CONTACT_REFUSED = "contact.refused"
    CONTACT_NOT_SAFE = "contact.not_safe"
    SAFE_CONTACT_CHANGED = "safe_contact.changed"
    NEEDS_RECORDED = "needs.recorded"
    PERSON_CHANGED = "person.changed"
    SAME_PERSON_ANSWERED = "same_person.answered"
    ORDER_RECORDED = "order.recorded"
    CONCERN_RECORDED = "safeguarding.concern"
    REFERRAL_RECORDED = "safeguarding.referral"
    SAFEGUARDING_READ = "safeguarding.read"
    SERIOUS_MATTER = "serious.matter"
    DEADLINE_MET = "deadline.met"
    DEADLINE_MOVED = "deadline.moved"
    REMINDER_SENT = "reminder.sent"
    HOLD_PLACED = "hold.placed"
    HOLD_LIFTED = "hold.lifted"
    KEEPING_SET = "keeping.set"
    CASE_ERASED = "case.erased"
    CLOSING_ASKED = "closing.asked"
    CLOSING_DECIDED = "closing.decided"
    REVIEW_DRAWN = "review.drawn"
    CASE_REVIEWED = "case.reviewed"
    TASK_SET = "task.set"
    TASK_ENDED = "task.ended"
    SIGNPOSTED = "service.told"
    ADVISED = "advice.given"
    SUPPORT_REFERRED = "support.referred"
    KEPT_ELSEWHERE = "case.kept_elsewhere"
    TASK_CHANGED = "task.changed"
    INCIDENT_RECORDED = "incident.recorded"
    CONSENT_GIVEN = "consent.given"
    CONSENT_WITHDRAWN = "consent.withdrawn"
    SHARE_ASKED = "share.asked"
    SHARE_REFUSED = "share.refused"
    SHARE_DECIDED = "share.decided"
    DISCLOSED = "disclosure.made"
    DISCLOSURE_READ = "disclosure.read"
    DOCUMENT_ADDED = "document.added"
    DOCUMENT_READ = "document.read"
    DOCUMENT_REFUSED = "document.refused"
    KEPT_BACK = "kept_back.set"
    KEPT_BACK_LIFTED = "kept_back.lifted"
    READERS_SHOWN = "readers.shown"
    WISH_RECORDED = "wish.recorded"
    STEP_TAKEN = "step.taken"
    STEP_AGAINST_WISH = "step.against_wish"
    PLAN_CHANGED = "plan.changed"
    PLAN_AGREED = "plan.agreed"
    PLAN_REVIEWED = "plan.reviewed"
    PLAN_GIVEN = "plan.given"
    CONFIDENCE_KEPT = "confidence.kept"
    PROFILE_STATED = "profile.stated"
    LANGUAGE_CHECKED = "language.checked"
    SIGN_INS_READ = "sign_ins.read"
    SIGN_INS_ENDED = "sign_ins.ended"
    SIGN_IN_RULE_CHANGED = "sign_in_rule.changed"
    STARTED_ANEW = "account.started_anew"
    SIGN_IN_DONE = "sign_in.done"
    SIGN_IN_FAILED = "sign_in.failed"
    SIGN_IN_ENDED = "sign_in.ended"
    SIGN_IN_PROVED = "sign_in.proved"
    SIGN_IN_WAYS = "sign_in.ways"
    SIGN_IN_RESET = "sign_in.reset"
    SIGN_ON_SET = "sign_on.set"
    SIGN_ON_ENDED = "sign_on.ended"
    SIGN_ON_TIED = "sign_on.tied"
    SIGN_ON_UNTIED = "sign_on.untied"
    SIGN_ON_ONLY = "sign_on.only"
    SIGN_ON_NOT_ONLY = "sign_on.not_only"
    DUTY_OPENED = "duty.opened"
    DUTY_TAKEN = "duty.taken"
    DUTY_ENDED = "duty.ended"
    DUTIES_READ = "duties.read"
    SERVICE_CHECKED = "service.checked"
    WAY_BACK_OPENED = "way_back.opened"
    WAY_BACK_CHANGED = "way_back.changed"
    THEY_WROTE = "message.theirs"
    THEY_WERE_REMINDED = "message.reminder"
    WRITTEN_TO = "message.ours"
    CASE_PRINTED = "case.printed"
    AUDIT_READ = "audit.read"
    FIGURES_READ = "figures.read"
    FIGURE_LISTED = "figures.listed"
    CASE_DRAWN = "audit.drawn"
    CASE_AUDITED = "audit.looked"
    RECOMMENDED = "recommendation.made"
    RECOMMENDATION_ENDED = "recommendation.ended"
    BENCHMARK_JOINED = "benchmark.joined"
    BENCHMARK_LEFT = "benchmark.left"
    BENCHMARK_WRITTEN = "benchmark.written"
    RESIDENTS_LOADED = "residents.loaded"
    EXPORT_ASKED = "export.asked"
    EXPORT_SAVED = "export.saved"
    COMPLAINT_LINKED = "complaint.linked"
    COMPLAINT_READ = "complaint.read"
    COMPLAINT_CHANGED = "complaint.changed"
    PACK_ASKED = "pack.asked"
    PACK_WRITTEN = "pack.written"
    PACK_SENT = "pack.sent"
    PACK_READ = "pack.read"
    POLICY_LOADED = "policy.loaded"
    POLICY_DRAFTED = "policy.drafted"
    POLICY_PROPOSED = "policy.proposed"
    IMPACT_WRITTEN = "impact.written"
    IMPACT_SIGNED = "impact.signed"
    IMPACT_RETURNED = "impact.returned"
    IMPACT_ACTION = "impact.action"
    LANDLORD_MADE = "landlord.made"
    LANDLORD_OPENED = "landlord.opened"
    LANDLORD_SUSPENDED = "landlord.suspended"
    LANDLORD_RESUMED = "landlord.resumed"
    SUPPORT_ASKED = "support.asked"
    SUPPORT_LET_IN = "support.let_in"
    SUPPORT_REFUSED = "support.refused"
    SUPPORT_ENDED = "support.ended"
    SUPPORT_LOOKED = "support.looked"
    LOOK_WRITTEN = "look.written"
    LOOK_DROPPED = "look.dropped"
    LOOK_PUBLISHED = "look.published"
    POLICY_RETURNED = "policy.returned"
    POLICY_APPROVED = "policy.approved"
    POLICY_ACKNOWLEDGED = "policy.acknowledged"
    ROLE_CHANGED = "role.changed"
    ROLE_ASKED = "role.asked"
    ROLE_TAKEN_BACK = "role.taken_back"
    AGREEMENT_MADE = "agreement.made"
    AGREEMENT_CHANGED = "agreement.changed"
    AGREEMENT_ENDED = "agreement.ended"
    FORUM_CHANGED = "forum.changed"
    FORUM_HELD = "forum.held"
    GRANT_MADE = "grant.made"
    GRANT_CHANGED = "grant.changed"
    GRANT_REVOKED = "grant.revoked"
    GRANT_ANSWERED = "grant.answered"
    GRANT_OPENED = "grant.opened"
    AGENCY_WROTE = "agency.wrote"
    AGENCY_ASKED = "agency.asked"
    CONFERENCE_ASKED = "conference.asked"
    CONFERENCE_SENT = "conference.sent"
    CONFERENCE_DECIDED = "conference.decided"
    CONFERENCE_OPENED = "conference.opened"
    CONFERENCE_PAPER = "conference.paper"
    CONFERENCE_ACTION = "conference.action"
    CONFERENCE_MINUTES = "conference.minutes"
    CONFERENCE_ATTENDED = "conference.attended"
    ASSIGNMENT_REFUSED = "case.assignment_refused"
    TRAINING_RECORDED = "training.recorded"
    MEASURE_ASKED = "home.measure_asked"
    MEASURE_DECIDED = "home.measure_decided"
    DAMAGE_RECORDED = "home.damage_recorded"
    JOB_ORDERED = "job.ordered"
    JOB_LINK_CLOSED = "job.link_closed"
    JOB_LINKED = "job.linked"
    JOB_SHOWN = "job.shown"
    JOB_ENDED = "job.ended"
    HOUSING_ANSWERED = "housing.answered"
    OPTION_STEP = "option.step"
    PANEL_SAT = "panel.sat"
    PANEL_INVITED = "panel.invited"
    PANEL_ATTENDED = "panel.attended"
    PANEL_OPENED = "panel.opened"
    MOVE_CHANGED = "move.changed"
    TENANCY_HELD = "tenancy.held"
    TENANCY_STEP = "tenancy.step"
    REGISTER_CHECKED = "register.checked"
    SETTLING = "settling"
    EXCHANGE_CHANGED = "exchange.changed"
    EXCHANGE_OPENED = "exchange.opened"
    FLAG_CHANGED = "flag.changed"
    FLAGS_READ = "flags.read"
    HOMES_READ = "homes.read"
    CHANGE_OFFERED = "change.offered"
    NEW_HOME_KEPT = "new_home.kept"
    NEW_HOME_SHOWN = "new_home.shown"
    NEW_HOME_READER = "new_home.reader"
    RISK_STARTED = "risk.started"
    RISK_ANSWERED = "risk.answered"
    RISK_COMPLETED = "risk.completed"
    RISK_SET_ASIDE = "risk.set_aside"
    RISK_RAISED = "risk.raised"
    RISK_RECEIVED = "risk.received"
    RISK_DECLINED = "risk.declined"
    RISK_TRIGGERED = "risk.triggered"
    SYSTEM_LET_IN = "system.let_in"
    SYSTEM_SHUT_OUT = "system.shut_out"
    IMPORT_READ = "import.read"
    IMPORT_CHECKED = "import.checked"
    IMPORT_ASKED = "import.asked"
    IMPORT_DONE = "import.done"
    IMPORT_DROPPED = "import.dropped"
    IMPORT_UNDO_ASKED = "import.undo_asked"
    IMPORT_UNDONE = "import.undone"
    IMPORT_CODES_SHOWN = "import.codes_shown"
    CASE_TAKEN_BACK = "case.taken_back"
    WEBHOOK_MADE = "webhook.made"
    WEBHOOK_CHANGED = "webhook.changed"
    WEBHOOK_ENDED = "webhook.ended"
    SYSTEM_CALLED = "system.called"
    SYSTEM_REFUSED = "system.refused"
    COUNTS_READ = "counts.read"
    POLICY_READ = "policy.read"
    TENANCY_TOLD = "tenancy.told"
    JOB_TOLD = "job.told"
    BACKUP_MADE = "backup.made"
    BACKUP_RESTORED = "backup.restored"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: a member of staff, or none for the public and for the portal itself; and what lets them."""

    account_id: UUID | None
    name: str
    permission: str | None = field(default=None, compare=False)


PUBLIC = Actor(None, "public page")
PORTAL = Actor(None, "portal")


class AuditEntry(Owned, Base):
    """One fact. `position` is given by the database and only orders; it may have gaps.

    `shown` are the ids of what a list opened for its reader, one behind the other: one row for the whole list.
    """

    __tablename__ = "audit_entry"

    position: Mapped[int] = mapped_column(BigInteger, Identity(always=True))
    at: Mapped[datetime]
    fact: Mapped[str]
    account_id: Mapped[UUID | None]
    actor: Mapped[str]
    permission: Mapped[str | None]
    subject: Mapped[str | None]
    subject_id: Mapped[UUID | None]
    detail: Mapped[str | None]
    shown: Mapped[bytes | None]

    __table_args__ = (
        Index("ix_audit_entry_subject", "landlord_id", "subject_id", "position"),
        Index("ix_audit_entry_account", "landlord_id", "account_id", "position"),
        Index("ix_audit_entry_position", "landlord_id", "position"),
        Index("ix_audit_entry_shown", "landlord_id", "position", postgresql_where=text("shown IS NOT NULL")),
        Index("ix_audit_entry_no_reason", "landlord_id", "position", postgresql_where=text(f"detail = '{UNSAID}'")),
    )


class AuditSeal(Owned, Base):
    """One link of a landlord's chain: the hash of an entry and of the link before it."""

    __tablename__ = "audit_seal"

    number: Mapped[int] = mapped_column(BigInteger)
    entry_id: Mapped[UUID]
    hash: Mapped[bytes]

    __table_args__ = (
        UniqueConstraint("landlord_id", "number"),
        UniqueConstraint("landlord_id", "entry_id"),
        ForeignKeyConstraint(["landlord_id", "entry_id"], ["audit_entry.landlord_id", "audit_entry.id"]),
    )


ENTER = adding(AuditEntry, but={"position"})


def record(  # noqa: PLR0913 - a fact has this many sides
    session: Session,
    fact: Fact,
    actor: Actor,
    now: datetime,
    *,
    permission: str | None = None,
    subject: str | None = None,
    subject_id: UUID | None = None,
    detail: str | None = None,
    shown: Iterable[UUID] = (),
) -> None:
    """Write a fact in the transaction that it belongs to. `detail` holds codes, never words about a person.

    `shown` are the cases and reports that a list has opened for the reader.
    """
    pose(
        session,
        ENTER,
        id=new_id(),
        at=now,
        fact=fact.value,
        account_id=actor.account_id,
        actor=actor.name,
        permission=permission or actor.permission,
        subject=subject,
        subject_id=subject_id,
        detail=detail,
        shown=b"".join(each.bytes for each in shown) or None,
    )


def link(before: bytes, entry: AuditEntry) -> bytes:
    """The hash that chains an entry to the one before it."""
    listed = [entry.shown.hex()] if entry.shown else []  # rows from before there were lists keep their hash
    body = json.dumps(
        [
            str(entry.landlord_id),
            str(entry.id),
            entry.position,
            entry.at.astimezone(UTC).isoformat(),
            entry.fact,
            str(entry.account_id),
            entry.actor,
            entry.permission,
            entry.subject,
            str(entry.subject_id),
            entry.detail,
            *listed,
        ],
        ensure_ascii=True,
    )
    return hashlib.sha256(before + body.encode()).digest()


def last_seal(session: Session) -> tuple[int, bytes]:
    """Number and hash of the newest link, or the start of the chain."""
    row = session.execute(
        select(AuditSeal.number, AuditSeal.hash).order_by(AuditSeal.number.desc()).limit(1)
    ).first()
    return (row.number, row.hash) if row else (0, FIRST_HASH)

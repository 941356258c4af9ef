"""The first tables, each owned one under forced row security."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from portal.store.row_security import (
    APP_ROLE,
    OWN_LANDLORD,
    OWN_LANDLORD_OR_SELF,
    PLATFORM_ROLE,
    RELAY_ROLE,
    grant_app,
    protect,
)

OWNED = (
    "audit_entry",
    "audit_seal",
    "cases",
    "contact",
    "deadline",
    "draft",
    "job_done",
    "membership",
    "message",
    "outbox_event",
    "person",
    "policy_version",
    "reminder",
    "report",
    "search_token",
    "timeline_entry",
)

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "account",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("password_hash", sa.String(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("demo", sa.Boolean(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
        sa.UniqueConstraint("email", name=op.f("uq_account_email")),
    )
    op.create_table(
        "heartbeat",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_heartbeat")),
    )
    op.create_table(
        "landlord",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("face", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_landlord")),
        sa.UniqueConstraint("code", name=op.f("uq_landlord_code")),
        sa.UniqueConstraint("slug", name=op.f("uq_landlord_slug")),
    )
    op.create_table(
        "audit_entry",
        sa.Column("landlord_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("fact", sa.String(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=True),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("permission", sa.String(), nullable=True),
        sa.Column("subject", sa.String(), nullable=True),
        sa.Column("subject_id", sa.Uuid(), nullable=True),
        sa.Column("detail", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["landlord_id"], ["landlord.id"], name=op.f("fk_audit_entry_landlord_id")),
        sa.PrimaryKeyConstraint("landlord_id", "id", name=op.f("pk_audit_entry")),
    )
    op.create_index(
        "ix_audit_entry_account", "audit_entry", ["landlord_id", "account_id", "position"], unique=False
    )
    op.create_index("ix_audit_entry_position", "audit_entry", ["landlord_id", "position"], unique=False)
    op.create_index(
        "ix_audit_entry_subject", "audit_entry", ["landlord_id", "subject_id", "position"], unique=False
    )
    op.create_table(
        "draft",
        sa.Column("landlord_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("secret_hash", sa.LargeBinary(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["landlord_id"], ["landlord.id"], name=op.f("fk_draft_landlord_id")),
        sa.PrimaryKeyConstraint("landlord_id", "id", name=op.f("pk_draft")),
        sa.UniqueConstraint("secret_hash", name=op.f("uq_draft_secret_hash")),
    )
    op.create_index("ix_draft_ends", "draft", ["landlord_id", "ends_at"], unique=False)
    op.create_table(
        "job_done",
        sa.Column("landlord_id", sa.Uuid(), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("reaction", sa.String(), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["landlord_id"], ["landlord.id"], name=op.f("fk_job_done_landlord_id")),
        sa.PrimaryKeyConstraint("landlord_id", "event_id", "reaction", name=op.f("pk_job_done")),
    )
    op.create_table(
        "landlord_key",
        sa.Column("landlord_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("wrapped", sa.LargeBinary(), nullable=False),
        sa.Column("master", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["landlord_id"], ["landlord.id"], name=op.f("fk_landlord_key_landlord_id")),
        sa.PrimaryKeyConstraint("landlord_id", "version", name=op.f("pk_landlord_key")),
    )
    op.create_table(
        "membership",
        sa.Column("landlord_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("roles", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("post", sa.String(), nullable=True),
        sa.Column("offers", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("on_duty", sa.Boolean(), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_membership_account_id")),
        sa.ForeignKeyConstraint(["landlord_id"], ["landlord.id"], name=op.f("fk_membership_landlord_id")),
        sa.PrimaryKeyConstraint("landlord_id", "id", name=op.f("pk_membership")),
    )
    op.create_index("ix_membership_account_id", "membership", ["account_id"], unique=False)
    op.create_index("uq_membership_account", "membership", ["landlord_id", "account_id"], unique=True)
    op.create_table(
        "message",
        sa.Column("landlord_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("cause_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("link", sa.String(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("stopped_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("retry_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("fault", sa.String(), nullable=True),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_message_account_id")),
        sa.ForeignKeyConstraint(["landlord_id"], ["landlord.id"], name=op.f("fk_message_landlord_id")),
        sa.PrimaryKeyConstraint("landlord_id", "id", name=op.f("pk_message")),
        sa.UniqueConstraint(
            "landlord_id",
            "cause_id",
            "kind",
            "account_id",
            name=op.f("uq_message_landlord_id_cause_id_kind_account_id"),
        ),
    )
    op.create_index("ix_message_account", "message", ["landlord_id", "account_id", "made_at"], unique=False)
    op.create_index(
        "ix_message_waiting",
        "message",
        ["landlord_id", "retry_at"],
        unique=False,
        postgresql_where=sa.text("sent_at IS NULL AND stopped_at IS NULL"),
    )
    op.create_table(
        "outbox_event",
        sa.Column("landlord_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("ids", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("dispatched_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["landlord_id"], ["landlord.id"], name=op.f("fk_outbox_event_landlord_id")),
        sa.PrimaryKeyConstraint("landlord_id", "id", name=op.f("pk_outbox_event")),
    )
    op.create_index(
        "ix_outbox_event_waiting",
        "outbox_event",
        ["happened_at"],
        unique=False,
        postgresql_where=sa.text("dispatched_at IS NULL"),
    )
    op.create_table(
        "policy_version",
        sa.Column("landlord_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("in_force_from", sa.Date(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("body", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("loaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["landlord_id"], ["landlord.id"], name=op.f("fk_policy_version_landlord_id")),
        sa.PrimaryKeyConstraint("landlord_id", "id", name=op.f("pk_policy_version")),
        sa.UniqueConstraint("landlord_id", "digest", name=op.f("uq_policy_version_landlord_id_digest")),
    )
    op.create_index(
        "ix_policy_version_in_force",
        "policy_version",
        ["landlord_id", "in_force_from", "loaded_at"],
        unique=False,
    )
    op.create_table(
        "staff_session",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("secret_hash", sa.LargeBinary(), nullable=False),
        sa.Column("device", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_staff_session_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_session")),
        sa.UniqueConstraint("secret_hash", name=op.f("uq_staff_session_secret_hash")),
    )
    op.create_index("ix_staff_session_account", "staff_session", ["account_id", "made_at"], unique=False)
    op.create_table(
        "audit_seal",
        sa.Column("landlord_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["landlord_id", "entry_id"],
            ["audit_entry.landlord_id", "audit_entry.id"],
            name=op.f("fk_audit_seal_landlord_id_entry_id"),
        ),
        sa.ForeignKeyConstraint(["landlord_id"], ["landlord.id"], name=op.f("fk_audit_seal_landlord_id")),
        sa.PrimaryKeyConstraint("landlord_id", "id", name=op.f("pk_audit_seal")),
        sa.UniqueConstraint("landlord_id", "entry_id", name=op.f("uq_audit_seal_landlord_id_entry_id")),
        sa.UniqueConstraint("landlord_id", "number", name=op.f("uq_audit_seal_landlord_id_number")),
    )
    op.create_table(
        "cases",
        sa.Column("landlord_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("policy_version_id", sa.Uuid(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_reason", sa.String(), nullable=True),
        sa.Column("assigned_to", sa.Uuid(), nullable=True),
        sa.Column("headline", sa.LargeBinary(), nullable=False),
        sa.Column("safe_contact", sa.LargeBinary(), nullable=False),
        sa.Column("summary", sa.LargeBinary(), nullable=False),
        sa.Column("preferences", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("threat_to_life", sa.Boolean(), nullable=False),
        sa.Column("next_due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("next_event", sa.String(), nullable=True),
        sa.Column("next_clause", sa.String(), nullable=True),
        sa.Column("next_stop_act", sa.String(), nullable=True),
        sa.Column("waiting_for", sa.String(), nullable=True),
        sa.Column("waiting_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["assigned_to"], ["account.id"], name=op.f("fk_cases_assigned_to")),
        sa.ForeignKeyConstraint(
            ["landlord_id", "policy_version_id"],
            ["policy_version.landlord_id", "policy_version.id"],
            name=op.f("fk_cases_landlord_id_policy_version_id"),
        ),
        sa.ForeignKeyConstraint(["landlord_id"], ["landlord.id"], name=op.f("fk_cases_landlord_id")),
        sa.PrimaryKeyConstraint("landlord_id", "id", name=op.f("pk_cases")),
        sa.UniqueConstraint("landlord_id", "reference", name=op.f("uq_cases_landlord_id_reference")),
    )
    op.create_index(
        "ix_cases_mine",
        "cases",
        ["landlord_id", "assigned_to", "next_due_at", "id"],
        unique=False,
        postgresql_where=sa.text("stage <> 'closed'"),
    )
    op.create_index(
        "ix_cases_open",
        "cases",
        ["landlord_id", "stage", "next_due_at", "id"],
        unique=False,
        postgresql_where=sa.text("stage <> 'closed'"),
    )
    op.create_index("ix_cases_opened", "cases", ["landlord_id", "opened_at"], unique=False)
    op.create_table(
        "contact",
        sa.Column("landlord_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("act", sa.String(), nullable=True),
        sa.Column("verdict", sa.String(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_contact_account_id")),
        sa.ForeignKeyConstraint(
            ["landlord_id", "case_id"],
            ["cases.landlord_id", "cases.id"],
            name=op.f("fk_contact_landlord_id_case_id"),
        ),
        sa.ForeignKeyConstraint(["landlord_id"], ["landlord.id"], name=op.f("fk_contact_landlord_id")),
        sa.PrimaryKeyConstraint("landlord_id", "id", name=op.f("pk_contact")),
    )
    op.create_index("ix_contact_case", "contact", ["landlord_id", "case_id", "at"], unique=False)
    op.create_table(
        "person",
        sa.Column("landlord_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("part", sa.String(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["landlord_id", "case_id"],
            ["cases.landlord_id", "cases.id"],
            name=op.f("fk_person_landlord_id_case_id"),
        ),
        sa.ForeignKeyConstraint(["landlord_id"], ["landlord.id"], name=op.f("fk_person_landlord_id")),
        sa.PrimaryKeyConstraint("landlord_id", "id", name=op.f("pk_person")),
    )
    op.create_index("ix_person_case", "person", ["landlord_id", "case_id"], unique=False)
    op.create_table(
        "report",
        sa.Column("landlord_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("route", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=True),
        sa.Column("policy_version_id", sa.Uuid(), nullable=False),
        sa.Column("threat_to_life", sa.Boolean(), nullable=False),
        sa.Column("answers", sa.LargeBinary(), nullable=False),
        sa.Column("headline", sa.LargeBinary(), nullable=False),
        sa.Column("preferences", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("match_tokens", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("receipt_hash", sa.String(), nullable=True),
        sa.Column("case_id", sa.Uuid(), nullable=True),
        sa.Column("next_due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("next_event", sa.String(), nullable=True),
        sa.Column("next_clause", sa.String(), nullable=True),
        sa.Column("triaged_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("triaged_by", sa.Uuid(), nullable=True),
        sa.Column("outcome", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["landlord_id", "case_id"],
            ["cases.landlord_id", "cases.id"],
            name=op.f("fk_report_landlord_id_case_id"),
        ),
        sa.ForeignKeyConstraint(
            ["landlord_id", "policy_version_id"],
            ["policy_version.landlord_id", "policy_version.id"],
            name=op.f("fk_report_landlord_id_policy_version_id"),
        ),
        sa.ForeignKeyConstraint(["landlord_id"], ["landlord.id"], name=op.f("fk_report_landlord_id")),
        sa.ForeignKeyConstraint(["recorded_by"], ["account.id"], name=op.f("fk_report_recorded_by")),
        sa.ForeignKeyConstraint(["triaged_by"], ["account.id"], name=op.f("fk_report_triaged_by")),
        sa.PrimaryKeyConstraint("landlord_id", "id", name=op.f("pk_report")),
    )
    op.create_index("ix_report_case", "report", ["landlord_id", "case_id"], unique=False)
    op.create_index(
        "ix_report_new",
        "report",
        ["landlord_id", "next_due_at", "id"],
        unique=False,
        postgresql_where=sa.text("state = 'new'"),
    )
    op.create_index("ix_report_received", "report", ["landlord_id", "received_at"], unique=False)
    op.create_table(
        "search_token",
        sa.Column("landlord_id", sa.Uuid(), nullable=False),
        sa.Column("token", sa.LargeBinary(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["landlord_id", "case_id"],
            ["cases.landlord_id", "cases.id"],
            name=op.f("fk_search_token_landlord_id_case_id"),
        ),
        sa.PrimaryKeyConstraint("landlord_id", "token", "case_id", name=op.f("pk_search_token")),
    )
    op.create_index("ix_search_token_case", "search_token", ["landlord_id", "case_id"], unique=False)
    op.create_table(
        "timeline_entry",
        sa.Column("landlord_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=True),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("facts", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_timeline_entry_account_id")),
        sa.ForeignKeyConstraint(
            ["landlord_id", "case_id"],
            ["cases.landlord_id", "cases.id"],
            name=op.f("fk_timeline_entry_landlord_id_case_id"),
        ),
        sa.ForeignKeyConstraint(["landlord_id"], ["landlord.id"], name=op.f("fk_timeline_entry_landlord_id")),
        sa.PrimaryKeyConstraint("landlord_id", "id", name=op.f("pk_timeline_entry")),
    )
    op.create_index(
        "ix_timeline_entry_case", "timeline_entry", ["landlord_id", "case_id", "at", "id"], unique=False
    )
    op.create_table(
        "deadline",
        sa.Column("landlord_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("report_id", sa.Uuid(), nullable=True),
        sa.Column("case_id", sa.Uuid(), nullable=True),
        sa.Column("event", sa.String(), nullable=False),
        sa.Column("rule", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("clause", sa.String(), nullable=False),
        sa.Column("stated", sa.Boolean(), nullable=False),
        sa.Column("origin", sa.String(), nullable=False),
        sa.Column("stop_act", sa.String(), nullable=False),
        sa.Column("policy_version_id", sa.Uuid(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("policy_due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("survivor_set_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("survivor_set_by", sa.Uuid(), nullable=True),
        sa.Column("met_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("met_by", sa.Uuid(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["landlord_id", "case_id"],
            ["cases.landlord_id", "cases.id"],
            name=op.f("fk_deadline_landlord_id_case_id"),
        ),
        sa.ForeignKeyConstraint(
            ["landlord_id", "policy_version_id"],
            ["policy_version.landlord_id", "policy_version.id"],
            name=op.f("fk_deadline_landlord_id_policy_version_id"),
        ),
        sa.ForeignKeyConstraint(
            ["landlord_id", "report_id"],
            ["report.landlord_id", "report.id"],
            name=op.f("fk_deadline_landlord_id_report_id"),
        ),
        sa.ForeignKeyConstraint(["landlord_id"], ["landlord.id"], name=op.f("fk_deadline_landlord_id")),
        sa.PrimaryKeyConstraint("landlord_id", "id", name=op.f("pk_deadline")),
    )
    op.create_index("ix_deadline_case", "deadline", ["landlord_id", "case_id"], unique=False)
    op.create_index("ix_deadline_report", "deadline", ["landlord_id", "report_id"], unique=False)
    op.create_index(
        "ix_deadline_running",
        "deadline",
        ["landlord_id", "due_at"],
        unique=False,
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_table(
        "reminder",
        sa.Column("landlord_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("deadline_id", sa.Uuid(), nullable=False),
        sa.Column("rung", sa.String(), nullable=False),
        sa.Column("recipient", sa.String(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("stopped_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["landlord_id", "deadline_id"],
            ["deadline.landlord_id", "deadline.id"],
            name=op.f("fk_reminder_landlord_id_deadline_id"),
        ),
        sa.ForeignKeyConstraint(["landlord_id"], ["landlord.id"], name=op.f("fk_reminder_landlord_id")),
        sa.PrimaryKeyConstraint("landlord_id", "id", name=op.f("pk_reminder")),
        sa.UniqueConstraint(
            "landlord_id",
            "deadline_id",
            "rung",
            "due_at",
            name=op.f("uq_reminder_landlord_id_deadline_id_rung_due_at"),
        ),
    )
    op.create_index(
        "ix_reminder_waiting",
        "reminder",
        ["landlord_id", "due_at"],
        unique=False,
        postgresql_where=sa.text("sent_at IS NULL AND stopped_at IS NULL"),
    )

    op.execute(f"GRANT USAGE ON SCHEMA public TO {APP_ROLE}, {RELAY_ROLE}, {PLATFORM_ROLE}")
    for table in OWNED:
        for statement in protect(table, OWN_LANDLORD_OR_SELF if table == "membership" else OWN_LANDLORD):
            op.execute(statement)
        op.execute(grant_app(table))
    for table in ("outbox_event", "job_done"):
        op.execute(f"CREATE POLICY {table}_relay ON {table} TO {RELAY_ROLE} USING (true) WITH CHECK (true)")
        op.execute(f"GRANT SELECT ON {table} TO {RELAY_ROLE}")
    op.execute(f"GRANT UPDATE (dispatched_at) ON outbox_event TO {RELAY_ROLE}")
    op.execute(f"GRANT SELECT ON landlord, landlord_key TO {APP_ROLE}")
    op.execute(f"GRANT SELECT ON landlord TO {RELAY_ROLE}")
    op.execute(f"GRANT SELECT, INSERT, UPDATE ON account, staff_session TO {APP_ROLE}")
    op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON heartbeat TO {APP_ROLE}, {RELAY_ROLE}")
    op.execute(f"GRANT SELECT, INSERT, UPDATE ON landlord, landlord_key, account TO {PLATFORM_ROLE}")


def downgrade() -> None:
    op.drop_index(
        "ix_reminder_waiting",
        table_name="reminder",
        postgresql_where=sa.text("sent_at IS NULL AND stopped_at IS NULL"),
    )
    op.drop_table("reminder")
    op.drop_index("ix_deadline_running", table_name="deadline", postgresql_where=sa.text("ended_at IS NULL"))
    op.drop_index("ix_deadline_report", table_name="deadline")
    op.drop_index("ix_deadline_case", table_name="deadline")
    op.drop_table("deadline")
    op.drop_index("ix_timeline_entry_case", table_name="timeline_entry")
    op.drop_table("timeline_entry")
    op.drop_index("ix_search_token_case", table_name="search_token")
    op.drop_table("search_token")
    op.drop_index("ix_report_received", table_name="report")
    op.drop_index("ix_report_new", table_name="report", postgresql_where=sa.text("state = 'new'"))
    op.drop_index("ix_report_case", table_name="report")
    op.drop_table("report")
    op.drop_index("ix_person_case", table_name="person")
    op.drop_table("person")
    op.drop_index("ix_contact_case", table_name="contact")
    op.drop_table("contact")
    op.drop_index("ix_cases_opened", table_name="cases")
    op.drop_index("ix_cases_open", table_name="cases", postgresql_where=sa.text("stage <> 'closed'"))
    op.drop_index("ix_cases_mine", table_name="cases", postgresql_where=sa.text("stage <> 'closed'"))
    op.drop_table("cases")
    op.drop_table("audit_seal")
    op.drop_index("ix_staff_session_account", table_name="staff_session")
    op.drop_table("staff_session")
    op.drop_index("ix_policy_version_in_force", table_name="policy_version")
    op.drop_table("policy_version")
    op.drop_index(
        "ix_outbox_event_waiting",
        table_name="outbox_event",
        postgresql_where=sa.text("dispatched_at IS NULL"),
    )
    op.drop_table("outbox_event")
    op.drop_index(
        "ix_message_waiting",
        table_name="message",
        postgresql_where=sa.text("sent_at IS NULL AND stopped_at IS NULL"),
    )
    op.drop_index("ix_message_account", table_name="message")
    op.drop_table("message")
    op.drop_index("uq_membership_account", table_name="membership")
    op.drop_index("ix_membership_account_id", table_name="membership")
    op.drop_table("membership")
    op.drop_table("landlord_key")
    op.drop_table("job_done")
    op.drop_index("ix_draft_ends", table_name="draft")
    op.drop_table("draft")
    op.drop_index("ix_audit_entry_subject", table_name="audit_entry")
    op.drop_index("ix_audit_entry_position", table_name="audit_entry")
    op.drop_index("ix_audit_entry_account", table_name="audit_entry")
    op.drop_table("audit_entry")
    op.drop_table("landlord")
    op.drop_table("heartbeat")
    op.drop_table("account")

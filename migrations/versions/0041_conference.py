"""The conference about people at high risk: areas, referrals, papers, actions, minutes and attendance."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from portal.store.conference_rules import (
    ACTION_ADDED,
    ACTION_CHANGED,
    ACTION_READ,
    KEY_THERE,
    MINUTES_ADDED,
    MINUTES_READ,
    PAPER_READ,
    PAPER_WRITTEN,
    REFERRAL_THERE,
    attendance,
    keys_of_all,
    of_area,
    written_by_many,
)
from portal.store.row_security import KEY_THERE as KEY_THERE_BEFORE
from portal.store.row_security import OWN_AGENCY, OWN_LANDLORD, shared

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None
ENDS = "ARRAY['ended_at', 'ended_name', 'ending']"
ONLY_ENDS = f"""
CREATE FUNCTION agency_only_ends_actions() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF current_setting('portal.agency_id', true) <> ''
        AND (to_jsonb(NEW) - {ENDS}) IS DISTINCT FROM (to_jsonb(OLD) - {ENDS}) THEN
        RAISE EXCEPTION 'An agency ends its action and changes nothing else of it.';
    END IF;
    RETURN NEW;
END $$
"""
CONSENT_ENDS = """
CREATE FUNCTION withdrawn_consent_ends_referrals() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE marac_referral SET state = 'withdrawn', decided_at = NEW.withdrawn_at, decided_name = 'their own word',
        revision = revision + 1
    WHERE landlord_id = NEW.landlord_id AND consent_id = NEW.id AND state IN ('waiting', 'sent', 'listed');
    RETURN NULL;
END $$
"""
ENDS_ONLY = (
    "CREATE TRIGGER agency_only_ends_actions BEFORE UPDATE ON marac_action "
    "FOR EACH ROW EXECUTE FUNCTION agency_only_ends_actions()"
)
ENDS_WITH_CONSENT = (
    "CREATE TRIGGER withdrawn_consent_ends_referrals AFTER UPDATE OF withdrawn_at ON consent "
    "FOR EACH ROW WHEN (NEW.withdrawn_at IS NOT NULL) EXECUTE FUNCTION withdrawn_consent_ends_referrals()"
)
TABLES = (
    "marac_minutes", "marac_attendance", "marac_paper", "marac_action", "marac_referral",
    "marac_attended", "marac_seat", "marac_meeting", "marac_line", "marac_area",
)  # fmt: skip


def upgrade() -> None:
    _areas()
    _referrals()
    _what_is_written()
    for statement in (
        *of_area("marac_area", OWN_AGENCY),
        *(each for table in ("marac_line", "marac_meeting", "marac_seat", "marac_attended") for each in of_area(table)),
        *shared("marac_referral", REFERRAL_THERE),
        *written_by_many("marac_action", ACTION_READ, ACTION_ADDED, ACTION_CHANGED),
        *written_by_many("marac_paper", PAPER_READ, PAPER_WRITTEN, PAPER_WRITTEN),
        *written_by_many("marac_minutes", MINUTES_READ, MINUTES_ADDED),
        *attendance("marac_attendance"),
        *keys_of_all(KEY_THERE),
        ONLY_ENDS,
        ENDS_ONLY,
        CONSENT_ENDS,
        ENDS_WITH_CONSENT,
    ):
        op.execute(statement)


def downgrade() -> None:
    op.execute("DROP TRIGGER withdrawn_consent_ends_referrals ON consent")
    op.execute("DROP FUNCTION withdrawn_consent_ends_referrals()")
    op.execute("DROP POLICY shared_key_read ON shared_key")
    op.execute("DROP POLICY shared_key_add ON shared_key")
    app = "TO portal_app"
    op.execute(f"CREATE POLICY shared_key_read ON shared_key FOR SELECT {app} USING ({KEY_THERE_BEFORE})")
    op.execute(f"CREATE POLICY shared_key_add ON shared_key FOR INSERT {app} WITH CHECK ({OWN_LANDLORD})")
    for table in TABLES[:5]:
        op.execute(f"DROP POLICY IF EXISTS {table}_read ON {table}")
    for table in TABLES:
        op.drop_table(table)
    op.execute("DROP FUNCTION agency_only_ends_actions()")


def _id(name: str, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.Uuid(), nullable=nullable)


def _at(name: str, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _words(name: str, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.String(), nullable=nullable)


def _number(name: str) -> sa.Column:
    return sa.Column(name, sa.Integer(), nullable=False)


def _yes_no(name: str) -> sa.Column:
    return sa.Column(name, sa.Boolean(), nullable=False)


def _sealed(name: str, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.LargeBinary(), nullable=nullable)


def _by(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}"))


def _to(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_landlord_id_{column}")
    return sa.ForeignKeyConstraint(["landlord_id", column], [f"{other}.landlord_id", f"{other}.id"], name=name)


def _of_area(table: str, *columns: sa.Column | sa.Constraint) -> None:
    key = sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}"))
    op.create_table(table, _id("id"), *columns, key)


def _owned(table: str, *columns: sa.Column | sa.Constraint) -> None:
    op.create_table(
        table,
        _id("landlord_id"),
        _id("id"),
        *columns,
        sa.PrimaryKeyConstraint("landlord_id", "id", name=op.f(f"pk_{table}")),
        _by(table, "landlord_id", "landlord"),
    )


def _areas() -> None:
    _of_area(
        "marac_area", _id("agency_id"), _words("name"), _words("rhythm"), _number("deadline_days"),
        _words("secure_address"), _words("contact"), _yes_no("active"), _at("made_at"), _words("changed_by"),
        _number("revision"), _by("marac_area", "agency_id", "agency"),
        sa.UniqueConstraint("name", name=op.f("uq_marac_area_name")),
    )  # fmt: skip
    _of_area(
        "marac_line", _id("area_id"), sa.Column("since", sa.Date(), nullable=False), _number("threshold"),
        _number("incidents"), _at("set_at"), _words("set_by"), _by("marac_line", "area_id", "marac_area"),
    )  # fmt: skip
    op.create_index("ix_marac_line_area", "marac_line", ["area_id", "since"])
    _of_area(
        "marac_meeting", _id("area_id"), _at("at"), _at("closes_at"), _at("made_at"), _words("made_by"),
        _at("held_at", nullable=True), _by("marac_meeting", "area_id", "marac_area"),
        sa.UniqueConstraint("area_id", "at", name=op.f("uq_marac_meeting_area_id_at")),
    )  # fmt: skip
    _of_area(
        "marac_seat", _id("area_id"), _id("agency_id"), _at("since"), _words("set_by"), _at("ended_at", nullable=True),
        _by("marac_seat", "area_id", "marac_area"), _by("marac_seat", "agency_id", "agency"),
    )  # fmt: skip
    op.create_index(
        "uq_marac_seat_open", "marac_seat", ["area_id", "agency_id"], unique=True,
        postgresql_where=sa.text("ended_at IS NULL"),
    )  # fmt: skip
    _of_area(
        "marac_attended", _id("area_id"), _id("meeting_id"), _id("agency_id"), _yes_no("came"), _at("noted_at"),
        _words("noted_by"), _by("marac_attended", "area_id", "marac_area"),
        _by("marac_attended", "meeting_id", "marac_meeting"), _by("marac_attended", "agency_id", "agency"),
        sa.UniqueConstraint("meeting_id", "agency_id", name=op.f("uq_marac_attended_meeting_id_agency_id")),
    )  # fmt: skip


def _referrals() -> None:
    table = "marac_referral"
    _owned(
        table, _id("case_id"), _id("area_id"), _id("agency_id"), _id("share_id"), _id("consent_id", nullable=True),
        _words("state"), sa.Column("criteria", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        _yes_no("urgent"), _yes_no("late"), _at("made_at"), _id("made_by"), _words("made_name"),
        _at("sent_at", nullable=True), _id("meeting_id", nullable=True),
        sa.Column("flagged_until", sa.Date(), nullable=True), _at("until_at"), _at("shown_until", nullable=True),
        _id("moved_to", nullable=True), _at("decided_at", nullable=True), _words("decided_name", nullable=True),
        _number("revision"), _words("sha256", nullable=True), _sealed("sealed"), _sealed("summary", nullable=True),
        _sealed("outcome", nullable=True),
        _to(table, "case_id", "cases"), _to(table, "share_id", "share"), _to(table, "consent_id", "consent"),
        _by(table, "area_id", "marac_area"), _by(table, "agency_id", "agency"), _by(table, "made_by", "account"),
        _by(table, "meeting_id", "marac_meeting"), _by(table, "moved_to", "marac_area"),
    )  # fmt: skip
    op.create_index("ix_marac_referral_case", table, ["landlord_id", "case_id", "made_at"])
    op.create_index("ix_marac_referral_area", table, ["area_id", "meeting_id"])


def _what_is_written() -> None:
    table = "marac_action"
    _owned(
        table, _id("case_id"), _id("referral_id"), _id("agency_id", nullable=True),
        sa.Column("due_on", sa.Date(), nullable=False), _yes_no("shown"), _at("made_at"), _words("made_name"),
        _at("ended_at", nullable=True), _words("ended_name", nullable=True), _words("ending", nullable=True),
        _sealed("sealed"), _to(table, "case_id", "cases"), _to(table, "referral_id", "marac_referral"),
        _by(table, "agency_id", "agency"),
    )  # fmt: skip
    op.create_index("ix_marac_action_referral", table, ["landlord_id", "referral_id", "due_on"])
    table = "marac_paper"
    _owned(
        table, _id("case_id"), _id("referral_id"), _id("action_id", nullable=True), _id("agency_id", nullable=True),
        _id("account_id"), _words("actor"), _at("at"), _words("shown"), _number("revision"), _sealed("sealed"),
        _to(table, "case_id", "cases"), _to(table, "referral_id", "marac_referral"),
        _to(table, "action_id", "marac_action"), _by(table, "agency_id", "agency"), _by(table, "account_id", "account"),
    )  # fmt: skip
    op.create_index("ix_marac_paper_referral", table, ["landlord_id", "referral_id", "at"])
    table = "marac_minutes"
    _owned(
        table, _id("case_id"), _id("referral_id"), _id("meeting_id"), _at("at"), _words("actor"), _yes_no("circulated"),
        _sealed("sealed"), _to(table, "case_id", "cases"), _to(table, "referral_id", "marac_referral"),
        _by(table, "meeting_id", "marac_meeting"),
    )  # fmt: skip
    op.create_index("ix_marac_minutes_referral", table, ["landlord_id", "referral_id", "at"])
    table = "marac_attendance"
    _owned(
        table, _id("meeting_id"), _yes_no("came"), _at("noted_at"), _words("noted_by"),
        _id("account_id", nullable=True), _sealed("sealed"), _by(table, "meeting_id", "marac_meeting"),
        _by(table, "account_id", "account"),
        sa.UniqueConstraint("landlord_id", "meeting_id", name=op.f("uq_marac_attendance_landlord_id_meeting_id")),
    )  # fmt: skip

"""Closing with a second person, how long records are kept, what holds them, and their erasure.

The database itself refuses to mark a record as erased while it is open, held or kept.
"""

import sqlalchemy as sa
from alembic import op

from portal.store.row_security import OWN_LANDLORD, PLATFORM_ROLE, erasable, of_case

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

WITH_WORDS = (
    "assessment", "assessment_answer", "case_bar", "case_reader", "contact", "incident", "person",
    "reassessment_trigger", "received_assessment", "risk_change", "search_token", "signpost", "task",
    "timeline_entry",
)  # fmt: skip
GUARD = """
CREATE FUNCTION case_may_be_erased() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.stage <> 'closed' OR NEW.keep_until IS NULL OR NEW.keep_until >= NEW.erased_at::date
        OR EXISTS (SELECT 1 FROM legal_hold h
                   WHERE h.landlord_id = NEW.landlord_id AND h.case_id = NEW.id AND h.ended_at IS NULL) THEN
        RAISE EXCEPTION 'a record that is open, held or kept is not erased';
    END IF;
    RETURN NEW;
END $$
"""
GUARDED = """
CREATE TRIGGER case_may_be_erased BEFORE UPDATE OF erased_at ON cases FOR EACH ROW
WHEN (NEW.erased_at IS NOT NULL) EXECUTE FUNCTION case_may_be_erased()
"""


def upgrade() -> None:
    op.add_column("cases", sa.Column("keep_until", sa.Date(), nullable=True))
    op.add_column("cases", sa.Column("keeping_warned_on", sa.Date(), nullable=True))
    op.add_column("cases", sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index(
        "ix_cases_kept", "cases", ["landlord_id", "keep_until"], postgresql_where=sa.text("erased_at IS NULL")
    )
    op.create_table(
        "legal_hold",
        sa.Column("landlord_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("placed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("placed_by", sa.String(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by", sa.String(), nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["landlord_id"], ["landlord.id"], name=op.f("fk_legal_hold_landlord_id")),
        sa.ForeignKeyConstraint(
            ["landlord_id", "case_id"],
            ["cases.landlord_id", "cases.id"],
            name=op.f("fk_legal_hold_landlord_id_case_id"),
        ),
        sa.PrimaryKeyConstraint("landlord_id", "id", name=op.f("pk_legal_hold")),
    )
    op.create_index("ix_legal_hold_case", "legal_hold", ["landlord_id", "case_id"])
    op.create_table(
        "closing_request",
        sa.Column("landlord_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_by", sa.Uuid(), nullable=False),
        sa.Column("asked_name", sa.String(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by", sa.String(), nullable=True),
        sa.Column("decision", sa.String(), nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["landlord_id"], ["landlord.id"], name=op.f("fk_closing_request_landlord_id")),
        sa.ForeignKeyConstraint(["asked_by"], ["account.id"], name=op.f("fk_closing_request_asked_by")),
        sa.ForeignKeyConstraint(
            ["landlord_id", "case_id"],
            ["cases.landlord_id", "cases.id"],
            name=op.f("fk_closing_request_landlord_id_case_id"),
        ),
        sa.PrimaryKeyConstraint("landlord_id", "id", name=op.f("pk_closing_request")),
    )
    op.create_index(
        "ix_closing_request_waiting",
        "closing_request",
        ["landlord_id", "case_id"],
        unique=True,
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.execute(f"CREATE POLICY cases_erased_seen ON cases FOR SELECT TO {PLATFORM_ROLE} USING ({OWN_LANDLORD})")
    op.execute(f"GRANT SELECT (landlord_id, id, erased_at) ON cases TO {PLATFORM_ROLE}")
    for table in WITH_WORDS:
        for statement in erasable(table):
            op.execute(statement)
    for table in ("closing_request", "legal_hold"):
        for statement in of_case(table):
            op.execute(statement)
    op.execute(GUARD)
    op.execute(GUARDED)


def downgrade() -> None:
    op.execute("DROP TRIGGER case_may_be_erased ON cases")
    op.execute("DROP FUNCTION case_may_be_erased")
    for table in WITH_WORDS:
        op.execute(f"DROP POLICY {table}_erased_seen ON {table}")
        op.execute(f"DROP POLICY {table}_erased_removed ON {table}")
        op.execute(f"REVOKE ALL ON {table} FROM {PLATFORM_ROLE}")
        op.execute(f"REVOKE ALL (landlord_id, case_id) ON {table} FROM {PLATFORM_ROLE}")
    op.execute("DROP POLICY cases_erased_seen ON cases")
    op.execute(f"REVOKE ALL (landlord_id, id, erased_at) ON cases FROM {PLATFORM_ROLE}")
    op.drop_table("closing_request")
    op.drop_table("legal_hold")
    op.drop_index("ix_cases_kept", table_name="cases")
    op.drop_column("cases", "erased_at")
    op.drop_column("cases", "keeping_warned_on")
    op.drop_column("cases", "keep_until")

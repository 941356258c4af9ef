"""Restricted cases and barred colleagues: one rule about cases, which every row behind a case follows."""

import sqlalchemy as sa
from alembic import op

from portal.store.row_security import (
    APP_ROLE,
    AUDIT_OPEN_TO_READER,
    CASE_OPEN_AT_FIRST,
    REPORT_OPEN_TO_READER,
    follow,
    grant_app,
    narrow,
    protect,
)

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

BEFORE = "route <> 'staff' OR current_setting('portal.staff_cases', true) = 'open'"
FOLLOWERS = {
    "contact": {"case_id": "cases"},
    "incident": {"case_id": "cases"},
    "person": {"case_id": "cases"},
    "report": {"case_id": "cases"},
    "search_token": {"case_id": "cases"},
    "task": {"case_id": "cases"},
    "timeline_entry": {"case_id": "cases"},
    "deadline": {"case_id": "cases", "report_id": "report"},
    "reminder": {"deadline_id": "deadline"},
}


def upgrade() -> None:
    op.add_column("cases", sa.Column("restricted", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("cases", sa.Column("restricted_by", sa.Uuid(), nullable=True))
    op.create_foreign_key(op.f("fk_cases_restricted_by"), "cases", "account", ["restricted_by"], ["id"])
    _of_one_account(
        "case_reader",
        sa.Column("emergency", sa.Boolean(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reviewed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reviewed_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["reviewed_by"], ["account.id"], name=op.f("fk_case_reader_reviewed_by")),
    )
    op.create_index(
        "ix_case_reader_emergency", "case_reader", ["landlord_id", "since"], postgresql_where=sa.text("emergency")
    )
    _of_one_account("case_bar")
    for table in ("cases", "report"):
        op.execute(f"DROP POLICY {table}_open_to_reader ON {table}")
    op.execute(narrow("cases", "open_to_reader", CASE_OPEN_AT_FIRST))
    op.execute(narrow("report", "open_to_reader", REPORT_OPEN_TO_READER))
    op.execute(narrow("audit_entry", "open_to_reader", AUDIT_OPEN_TO_READER))
    for table, keys in FOLLOWERS.items():
        for statement in follow(table, **keys):
            op.execute(statement)


def downgrade() -> None:
    for table in reversed(FOLLOWERS):
        op.execute(f"DROP POLICY {table}_follows_case ON {table}")
    op.execute("DROP POLICY audit_entry_open_to_reader ON audit_entry")
    for table in ("report", "cases"):
        op.execute(f"DROP POLICY {table}_open_to_reader ON {table}")
        op.execute(
            f"CREATE POLICY {table}_open_to_reader ON {table} AS RESTRICTIVE TO {APP_ROLE} "
            f"USING ({BEFORE}) WITH CHECK (true)"
        )
    op.drop_table("case_bar")
    op.drop_table("case_reader")
    op.drop_constraint(op.f("fk_cases_restricted_by"), "cases")
    op.drop_column("cases", "restricted_by")
    op.drop_column("cases", "restricted")


def _of_one_account(table: str, *more: sa.schema.SchemaItem) -> None:
    op.create_table(
        table,
        sa.Column("landlord_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("made_by", sa.Uuid(), nullable=False),
        sa.Column("ended_by", sa.Uuid(), nullable=True),
        *more,
        *(
            sa.ForeignKeyConstraint([key], ["account.id"], name=op.f(f"fk_{table}_{key}"))
            for key in ("account_id", "made_by", "ended_by")
        ),
        sa.ForeignKeyConstraint(["landlord_id"], ["landlord.id"], name=op.f(f"fk_{table}_landlord_id")),
        sa.ForeignKeyConstraint(
            ["landlord_id", "case_id"],
            ["cases.landlord_id", "cases.id"],
            name=op.f(f"fk_{table}_landlord_id_case_id"),
        ),
        sa.PrimaryKeyConstraint("landlord_id", "id", name=op.f(f"pk_{table}")),
    )
    op.create_index(
        f"ix_{table}_open",
        table,
        ["landlord_id", "account_id", "case_id"],
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_index(f"ix_{table}_case", table, ["landlord_id", "case_id", "since"])
    for statement in (*protect(table), grant_app(table)):
        op.execute(statement)

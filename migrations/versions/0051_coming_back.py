"""Coming back with a number: who can, a visit, what both sides wrote, and how it went, which is tied to nobody."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from portal.store.row_security import follow, grant_app, protect

revision = "0051"
down_revision = "0050"
branch_labels = None
depends_on = None
TABLES = ("way_back", "back_visit", "back_message", "feedback_answers")


def upgrade() -> None:
    _owned(
        "way_back",
        sa.Column("report_id", sa.Uuid(), nullable=False),
        sa.Column("code_hash", sa.LargeBinary(), nullable=False),
        sa.Column("shows_plan", sa.Boolean(), nullable=False),
        _at("made_at"),
        sa.Column("made_by", sa.Uuid(), nullable=True),
        _at("ended_at", nullable=True),
        _to("way_back", "report_id", "report"),
        sa.ForeignKeyConstraint(["made_by"], ["account.id"], name=op.f("fk_way_back_made_by")),
        sa.UniqueConstraint("landlord_id", "code_hash", name=op.f("uq_way_back_landlord_id_code_hash")),
    )
    op.create_index("ix_way_back_report", "way_back", ["landlord_id", "report_id"])
    _owned(
        "back_visit",
        sa.Column("way_back_id", sa.Uuid(), nullable=False),
        sa.Column("secret_hash", sa.LargeBinary(), nullable=False),
        _at("safe_at", nullable=True),
        _at("ends_at"),
        _to("back_visit", "way_back_id", "way_back"),
        sa.UniqueConstraint("landlord_id", "secret_hash", name=op.f("uq_back_visit_landlord_id_secret_hash")),
    )
    op.create_index("ix_back_visit_ends", "back_visit", ["landlord_id", "ends_at"])
    _owned(
        "back_message",
        sa.Column("report_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        _at("at"),
        sa.Column("account_id", sa.Uuid(), nullable=True),
        _at("read_at", nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        _to("back_message", "report_id", "report"),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_back_message_account_id")),
    )
    op.create_index("ix_back_message_report", "back_message", ["landlord_id", "report_id", "at"])
    _owned(
        "feedback_answers",
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("answers", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
    )
    op.create_index("ix_feedback_answers_month", "feedback_answers", ["landlord_id", "month"])
    for table in TABLES:
        for statement in (*protect(table), grant_app(table)):
            op.execute(statement)
    behind = (("way_back", "report_id", "report"), ("back_visit", "way_back_id", "way_back"))
    for table, key, other in (*behind, ("back_message", "report_id", "report")):
        for statement in follow(table, **{key: other}):
            op.execute(statement)


def downgrade() -> None:
    for table in ("back_message", "back_visit", "way_back"):
        op.execute(f"DROP POLICY {table}_follows_case ON {table}")
    for table in ("feedback_answers", "back_message", "back_visit", "way_back"):
        op.drop_table(table)


def _owned(table: str, *columns: sa.Column | sa.Constraint) -> None:
    op.create_table(
        table,
        sa.Column("landlord_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("landlord_id", "id", name=op.f(f"pk_{table}")),
        sa.ForeignKeyConstraint(["landlord_id"], ["landlord.id"], name=op.f(f"fk_{table}_landlord_id")),
        *columns,
    )


def _to(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_landlord_id_{column}")
    return sa.ForeignKeyConstraint(["landlord_id", column], [f"{other}.landlord_id", f"{other}.id"], name=name)


def _at(name: str, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)

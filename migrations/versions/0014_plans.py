"""Safety plan and action plan: the draft, each agreed version, and the actions."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import SchemaItem

from portal.store.row_security import of_case

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

PLAN, PLAN_VERSION, PLAN_ACTION = "plan", "plan_version", "plan_action"


def upgrade() -> None:
    op.create_table(
        PLAN,
        *_begins(PLAN),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("draft", sa.LargeBinary(), nullable=False),
        sa.Column("draft_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("draft_by", sa.String(), nullable=False),
        sa.Column("not_to_send", sa.Boolean(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("agreed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("rhythm", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("review_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.UniqueConstraint("landlord_id", "case_id", "kind", name=op.f("uq_plan_landlord_id_case_id_kind")),
    )
    op.create_table(
        PLAN_VERSION,
        *_begins(PLAN_VERSION),
        *_of_plan(PLAN_VERSION),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("agreed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("how", sa.String(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=True),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("rhythm", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("not_to_send", sa.Boolean(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_plan_version_account_id")),
        sa.UniqueConstraint(
            "landlord_id", "plan_id", "number", name=op.f("uq_plan_version_landlord_id_plan_id_number")
        ),
    )
    op.create_table(
        PLAN_ACTION,
        *_begins(PLAN_ACTION),
        *_of_plan(PLAN_ACTION),
        sa.Column("owner", sa.String(), nullable=False),
        sa.Column("colleague", sa.Uuid(), nullable=True),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("task_id", sa.Uuid(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by", sa.String(), nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["colleague"], ["account.id"], name=op.f("fk_plan_action_colleague")),
        sa.ForeignKeyConstraint(
            ["landlord_id", "task_id"],
            ["task.landlord_id", "task.id"],
            name=op.f("fk_plan_action_landlord_id_task_id"),
        ),
    )
    op.create_index("ix_plan_action_plan", PLAN_ACTION, ["landlord_id", "plan_id", "made_at"])
    for table in (PLAN, PLAN_VERSION, PLAN_ACTION):
        for statement in of_case(table):
            op.execute(statement)


def downgrade() -> None:
    for table in (PLAN_ACTION, PLAN_VERSION, PLAN):
        op.drop_table(table)


def _begins(table: str) -> list[SchemaItem]:
    """What every table of a case has: its landlord, its id, its case."""
    return [
        sa.Column("landlord_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("landlord_id", "id", name=op.f(f"pk_{table}")),
        sa.ForeignKeyConstraint(["landlord_id"], ["landlord.id"], name=op.f(f"fk_{table}_landlord_id")),
        sa.ForeignKeyConstraint(
            ["landlord_id", "case_id"],
            ["cases.landlord_id", "cases.id"],
            name=op.f(f"fk_{table}_landlord_id_case_id"),
        ),
    ]


def _of_plan(table: str) -> list[SchemaItem]:
    return [
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["landlord_id", "plan_id"],
            ["plan.landlord_id", "plan.id"],
            name=op.f(f"fk_{table}_landlord_id_plan_id"),
        ),
    ]

"""What somebody has to do on a case, by when."""

import sqlalchemy as sa
from alembic import op

from portal.store.row_security import grant_app, protect

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("deadline", sa.Column("owner", sa.Uuid(), nullable=True))
    op.create_table(
        "task",
        sa.Column("landlord_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("clause", sa.String(), nullable=True),
        sa.Column("source", sa.String(), nullable=True),
        sa.Column("source_id", sa.Uuid(), nullable=True),
        sa.Column("owner", sa.Uuid(), nullable=True),
        sa.Column("deadline_id", sa.Uuid(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by", sa.String(), nullable=True),
        sa.Column("ending", sa.String(), nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["landlord_id"], ["landlord.id"], name=op.f("fk_task_landlord_id")),
        sa.ForeignKeyConstraint(["owner"], ["account.id"], name=op.f("fk_task_owner")),
        sa.ForeignKeyConstraint(
            ["landlord_id", "case_id"], ["cases.landlord_id", "cases.id"], name=op.f("fk_task_landlord_id_case_id")
        ),
        sa.ForeignKeyConstraint(
            ["landlord_id", "deadline_id"],
            ["deadline.landlord_id", "deadline.id"],
            name=op.f("fk_task_landlord_id_deadline_id"),
        ),
        sa.PrimaryKeyConstraint("landlord_id", "id", name=op.f("pk_task")),
        sa.UniqueConstraint(
            "landlord_id",
            "case_id",
            "source_id",
            "source",
            "kind",
            name=op.f("uq_task_landlord_id_case_id_source_id_source_kind"),
        ),
    )
    op.create_index("ix_task_case", "task", ["landlord_id", "case_id", "ended_at"])
    op.create_index(
        "ix_task_owner", "task", ["landlord_id", "owner"], postgresql_where=sa.text("ended_at IS NULL")
    )
    for statement in (*protect("task"), grant_app("task")):
        op.execute(statement)


def downgrade() -> None:
    op.drop_table("task")
    op.drop_column("deadline", "owner")

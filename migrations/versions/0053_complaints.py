"""Complaints about how a case was handled."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from portal.store.row_security import of_case

revision = "0053"
down_revision = "0052"
branch_labels = None
depends_on = None

COMPLAINT, STEP = "complaint", "complaint_step"
AT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        COMPLAINT,
        sa.Column("landlord_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("received_at", AT, nullable=False),
        sa.Column("linked_at", AT, nullable=False),
        sa.Column("linked_by", sa.String(), nullable=False),
        sa.Column("handler", sa.Uuid(), nullable=False),
        sa.Column("handler_before", sa.Uuid(), nullable=True),
        sa.Column("hold_id", sa.Uuid(), nullable=False),
        sa.Column("parts", JSONB(), nullable=False),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("due_at", AT, nullable=False),
        sa.Column("outcome", sa.String(), nullable=True),
        sa.Column("ended_at", AT, nullable=True),
        sa.Column("ended_by", sa.String(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("landlord_id", "id", name=op.f("pk_complaint")),
        sa.ForeignKeyConstraint(["landlord_id"], ["landlord.id"], name=op.f("fk_complaint_landlord_id")),
        sa.ForeignKeyConstraint(["handler"], ["account.id"], name=op.f("fk_complaint_handler")),
        sa.ForeignKeyConstraint(["handler_before"], ["account.id"], name=op.f("fk_complaint_handler_before")),
        sa.ForeignKeyConstraint(
            ["landlord_id", "case_id"],
            ["cases.landlord_id", "cases.id"],
            name=op.f("fk_complaint_landlord_id_case_id"),
        ),
        sa.ForeignKeyConstraint(
            ["landlord_id", "hold_id"],
            ["legal_hold.landlord_id", "legal_hold.id"],
            name=op.f("fk_complaint_landlord_id_hold_id"),
        ),
        sa.UniqueConstraint("landlord_id", "number", name=op.f("uq_complaint_landlord_id_number")),
    )
    op.create_index("ix_complaint_case", COMPLAINT, ["landlord_id", "case_id"])
    op.create_index("ix_complaint_open", COMPLAINT, ["landlord_id", "ended_at", "due_at"])
    op.create_table(
        STEP,
        sa.Column("landlord_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("complaint_id", sa.Uuid(), nullable=False),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("started_at", AT, nullable=False),
        sa.Column("first_due_at", AT, nullable=False),
        sa.Column("due_at", AT, nullable=False),
        sa.Column("longer_days", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("done_at", AT, nullable=True),
        sa.Column("done_by", sa.String(), nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("landlord_id", "id", name=op.f("pk_complaint_step")),
        sa.ForeignKeyConstraint(["landlord_id"], ["landlord.id"], name=op.f("fk_complaint_step_landlord_id")),
        sa.ForeignKeyConstraint(
            ["landlord_id", "case_id"],
            ["cases.landlord_id", "cases.id"],
            name=op.f("fk_complaint_step_landlord_id_case_id"),
        ),
        sa.ForeignKeyConstraint(
            ["landlord_id", "complaint_id"],
            ["complaint.landlord_id", "complaint.id"],
            name=op.f("fk_complaint_step_landlord_id_complaint_id"),
        ),
    )
    op.create_index("ix_complaint_step_of", STEP, ["landlord_id", "complaint_id", "started_at"])
    op.create_index("ix_complaint_step_case", STEP, ["landlord_id", "case_id"])
    for table in (COMPLAINT, STEP):
        for statement in of_case(table):
            op.execute(statement)


def downgrade() -> None:
    for table in (STEP, COMPLAINT):
        op.drop_table(table)

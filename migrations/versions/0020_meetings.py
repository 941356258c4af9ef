"""Meetings."""

import sqlalchemy as sa
from alembic import op

from portal.store.row_security import of_case

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

MEETING = "meeting"


def upgrade() -> None:
    op.create_table(
        MEETING,
        sa.Column("landlord_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("venue", sa.String(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("officer", sa.Uuid(), nullable=True),
        sa.Column("agreed", sa.String(), nullable=False),
        sa.Column("verdict", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("moved_from", sa.Uuid(), nullable=True),
        sa.Column("booked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=True),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by", sa.String(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("landlord_id", "id", name=op.f("pk_meeting")),
        sa.ForeignKeyConstraint(["landlord_id"], ["landlord.id"], name=op.f("fk_meeting_landlord_id")),
        sa.ForeignKeyConstraint(["officer"], ["account.id"], name=op.f("fk_meeting_officer")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_meeting_account_id")),
        sa.ForeignKeyConstraint(
            ["landlord_id", "case_id"],
            ["cases.landlord_id", "cases.id"],
            name=op.f("fk_meeting_landlord_id_case_id"),
        ),
        sa.ForeignKeyConstraint(
            ["landlord_id", "moved_from"],
            ["meeting.landlord_id", "meeting.id"],
            name=op.f("fk_meeting_landlord_id_moved_from"),
        ),
    )
    op.create_index("ix_meeting_case", MEETING, ["landlord_id", "case_id", "state", "starts_at"])
    for statement in of_case(MEETING):
        op.execute(statement)


def downgrade() -> None:
    op.drop_table(MEETING)

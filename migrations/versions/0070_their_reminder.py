"""Reminders of meetings to those who asked for them."""

import sqlalchemy as sa
from alembic import op

from portal.store.row_security import of_case

revision = "0070"
down_revision = "0069"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "their_reminder",
        sa.Column("landlord_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("channel", sa.String(), nullable=True),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("fault", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["landlord_id"], ["landlord.id"], name=op.f("fk_their_reminder_landlord_id")),
        sa.ForeignKeyConstraint(
            ["landlord_id", "case_id"],
            ["cases.landlord_id", "cases.id"],
            name=op.f("fk_their_reminder_landlord_id_case_id"),
        ),
        sa.ForeignKeyConstraint(
            ["landlord_id", "meeting_id"],
            ["meeting.landlord_id", "meeting.id"],
            name=op.f("fk_their_reminder_landlord_id_meeting_id"),
        ),
        sa.PrimaryKeyConstraint("landlord_id", "id", name=op.f("pk_their_reminder")),
        sa.UniqueConstraint("landlord_id", "meeting_id", name=op.f("uq_their_reminder_landlord_id_meeting_id")),
    )
    for statement in of_case("their_reminder"):
        op.execute(statement)


def downgrade() -> None:
    op.drop_table("their_reminder")

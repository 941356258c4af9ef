"""The incident log of a case, which nothing can change once it is written."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from portal.store.row_security import grant_app, protect

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "incident",
        sa.Column("landlord_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("first_id", sa.Uuid(), nullable=False),
        sa.Column("corrects_id", sa.Uuid(), nullable=True),
        sa.Column("happened", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("stands_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("told_by", sa.String(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=True),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("kinds", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("towards", sa.String(), nullable=False),
        sa.Column("children", sa.String(), nullable=False),
        sa.Column("report_wish", sa.String(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["landlord_id"], ["landlord.id"], name=op.f("fk_incident_landlord_id")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_incident_account_id")),
        sa.ForeignKeyConstraint(
            ["landlord_id", "case_id"],
            ["cases.landlord_id", "cases.id"],
            name=op.f("fk_incident_landlord_id_case_id"),
        ),
        sa.ForeignKeyConstraint(
            ["landlord_id", "entry_id"],
            ["timeline_entry.landlord_id", "timeline_entry.id"],
            name=op.f("fk_incident_landlord_id_entry_id"),
        ),
        sa.ForeignKeyConstraint(
            ["landlord_id", "corrects_id"],
            ["incident.landlord_id", "incident.id"],
            name=op.f("fk_incident_landlord_id_corrects_id"),
        ),
        sa.PrimaryKeyConstraint("landlord_id", "id", name=op.f("pk_incident")),
    )
    op.create_index("ix_incident_case", "incident", ["landlord_id", "case_id", "stands_at", "id"])
    op.create_index("ix_incident_corrects", "incident", ["landlord_id", "corrects_id"])
    for statement in (*protect("incident"), grant_app("incident")):
        op.execute(statement)


def downgrade() -> None:
    op.drop_table("incident")

"""The people of agencies, which belong to no landlord."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from portal.store.row_security import of_agency

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "agency_member",
        sa.Column("agency_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("roles", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("begins_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("begun_by", sa.String(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("agency_id", "id", name=op.f("pk_agency_member")),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_agency_member_agency_id")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_agency_member_account_id")),
    )
    op.create_index(
        "uq_agency_member_account",
        "agency_member",
        ["account_id"],
        unique=True,
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_index("ix_agency_member_agency", "agency_member", ["agency_id", "begins_at"])
    for statement in of_agency("agency_member"):
        op.execute(statement)


def downgrade() -> None:
    op.drop_table("agency_member")

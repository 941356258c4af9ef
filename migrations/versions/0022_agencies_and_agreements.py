"""Agencies, which exist once in the portal, and each landlord's agreements with them."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from portal.store.row_security import APP_ROLE, PLATFORM_ROLE, grant_app, protect

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "agency",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agency")),
        sa.UniqueConstraint("name", name=op.f("uq_agency_name")),
    )
    op.execute(f"GRANT SELECT ON agency TO {APP_ROLE}")
    op.execute(f"GRANT SELECT, INSERT, UPDATE ON agency TO {PLATFORM_ROLE}")
    op.create_table(
        "sharing_agreement",
        sa.Column("landlord_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("agency_id", sa.Uuid(), nullable=False),
        sa.Column("parts", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("review_on", sa.Date(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("changed_by", sa.String(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by", sa.String(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("landlord_id", "id", name=op.f("pk_sharing_agreement")),
        sa.ForeignKeyConstraint(["landlord_id"], ["landlord.id"], name=op.f("fk_sharing_agreement_landlord_id")),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_sharing_agreement_agency_id")),
        sa.ForeignKeyConstraint(["owner_id"], ["account.id"], name=op.f("fk_sharing_agreement_owner_id")),
    )
    standing = sa.text("ended_at IS NULL")
    op.create_index(
        "uq_sharing_agreement_agency",
        "sharing_agreement",
        ["landlord_id", "agency_id"],
        unique=True,
        postgresql_where=standing,
    )
    op.create_index(
        "ix_sharing_agreement_review", "sharing_agreement", ["landlord_id", "review_on"], postgresql_where=standing
    )
    for statement in (*protect("sharing_agreement"), grant_app("sharing_agreement")):
        op.execute(statement)


def downgrade() -> None:
    op.drop_table("sharing_agreement")
    op.drop_table("agency")

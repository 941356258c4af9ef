"""The landlord's resident profile."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from portal.store.row_security import grant_app, protect

revision = "0062"
down_revision = "0061"
branch_labels = None
depends_on = None

PROFILE = "resident_profile"


def upgrade() -> None:
    op.create_table(
        PROFILE,
        sa.Column("landlord_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("loaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("loaded_by", sa.String(), nullable=False),
        sa.Column("numbers", JSONB(), nullable=False),
        sa.PrimaryKeyConstraint("landlord_id", "id", name=op.f("pk_resident_profile")),
        sa.ForeignKeyConstraint(["landlord_id"], ["landlord.id"], name=op.f("fk_resident_profile_landlord_id")),
    )
    op.create_index("ix_resident_profile_loaded", PROFILE, ["landlord_id", "loaded_at"])
    for statement in (*protect(PROFILE), grant_app(PROFILE)):
        op.execute(statement)


def downgrade() -> None:
    op.drop_table(PROFILE)

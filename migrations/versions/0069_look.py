"""How a landlord's public pages look and speak: what it published, and what it is writing."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from portal.store.row_security import grant_app, protect

revision = "0069"
down_revision = "0068"
branch_labels = None
depends_on = None

VERSION, DRAFT = "look_version", "look_draft"
AT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        VERSION,
        sa.Column("landlord_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("body", JSONB(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("published_at", AT, nullable=False),
        sa.Column("published_by", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("landlord_id", "id", name=op.f("pk_look_version")),
        sa.ForeignKeyConstraint(["landlord_id"], ["landlord.id"], name=op.f("fk_look_version_landlord_id")),
        sa.UniqueConstraint("landlord_id", "number", name=op.f("uq_look_version_landlord_id_number")),
    )
    op.create_table(
        DRAFT,
        sa.Column("landlord_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("body", JSONB(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("changed_at", AT, nullable=False),
        sa.Column("changed_by", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("landlord_id", "id", name=op.f("pk_look_draft")),
        sa.ForeignKeyConstraint(["landlord_id"], ["landlord.id"], name=op.f("fk_look_draft_landlord_id")),
    )
    for table in (VERSION, DRAFT):
        for statement in (*protect(table), grant_app(table)):
            op.execute(statement)


def downgrade() -> None:
    op.drop_table(DRAFT)
    op.drop_table(VERSION)

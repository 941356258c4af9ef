"""Reports to boards and committees."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from portal.store.row_security import grant_app, protect

revision = "0045"
down_revision = "0044"
branch_labels = None
depends_on = None

PACK = "pack"


def upgrade() -> None:
    op.create_table(
        PACK,
        sa.Column("landlord_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("clause", sa.String(), nullable=False),
        sa.Column("quarter", sa.String(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_by", sa.String(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("figures", JSONB(), nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sent_by", sa.String(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("landlord_id", "id", name=op.f("pk_pack")),
        sa.ForeignKeyConstraint(["landlord_id"], ["landlord.id"], name=op.f("fk_pack_landlord_id")),
        sa.UniqueConstraint("landlord_id", "quarter", "body", name=op.f("uq_pack_landlord_id_quarter_body")),
    )
    for statement in (*protect(PACK), grant_app(PACK)):
        op.execute(statement)


def downgrade() -> None:
    op.drop_table(PACK)

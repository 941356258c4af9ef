"""The comparison between landlords."""

import sqlalchemy as sa
from alembic import op

from portal.store.row_security import grant_app, protect

revision = "0061"
down_revision = "0060"
branch_labels = None
depends_on = None

MEMBER, CARD = "benchmark_member", "benchmark_card"
AT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        MEMBER,
        sa.Column("landlord_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("joined_at", AT, nullable=False),
        sa.Column("joined_by", sa.String(), nullable=False),
        sa.Column("left_at", AT, nullable=True),
        sa.Column("left_by", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("landlord_id", "id", name=op.f("pk_benchmark_member")),
        sa.ForeignKeyConstraint(["landlord_id"], ["landlord.id"], name=op.f("fk_benchmark_member_landlord_id")),
    )
    op.create_index("ix_benchmark_member_joined", MEMBER, ["landlord_id", "joined_at"])
    op.create_table(
        CARD,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("quarter", sa.String(), nullable=False),
        sa.Column("compared", sa.String(), nullable=False),
        sa.Column("rate", sa.Integer(), nullable=True),
        sa.Column("mark", sa.LargeBinary(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_benchmark_card")),
    )
    op.create_index(
        "ix_benchmark_card_quarter", CARD, ["quarter", "compared", "mark", "number"], unique=True
    )
    for statement in (*protect(MEMBER), grant_app(MEMBER), grant_app(CARD)):
        op.execute(statement)


def downgrade() -> None:
    for table in (CARD, MEMBER):
        op.drop_table(table)

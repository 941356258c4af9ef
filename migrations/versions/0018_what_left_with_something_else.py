"""What left with a plan or a referral stands in the same log as what was shared."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.alter_column("disclosure", "share_id", nullable=True)
    op.alter_column("disclosure", "account_id", nullable=True)
    op.add_column("disclosure", sa.Column("source", sa.String(), nullable=True))
    op.add_column("disclosure", sa.Column("source_id", sa.Uuid(), nullable=True))
    op.add_column("disclosure", sa.Column("known", sa.String(), nullable=True))
    op.create_check_constraint(
        op.f("ck_disclosure_one_origin"), "disclosure", "num_nonnulls(share_id, source) = 1"
    )


def downgrade() -> None:
    op.execute("ALTER TABLE disclosure NO FORCE ROW LEVEL SECURITY")
    op.execute("DELETE FROM disclosure WHERE share_id IS NULL")
    op.execute("ALTER TABLE disclosure FORCE ROW LEVEL SECURITY")
    op.drop_constraint(op.f("ck_disclosure_one_origin"), "disclosure", type_="check")
    for name in ("known", "source_id", "source"):
        op.drop_column("disclosure", name)
    op.alter_column("disclosure", "account_id", nullable=False)
    op.alter_column("disclosure", "share_id", nullable=False)

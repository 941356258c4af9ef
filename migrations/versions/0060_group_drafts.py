"""Drafts that a group offers to its members."""

import sqlalchemy as sa
from alembic import op

revision = "0060"
down_revision = "0059"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "policy_draft", sa.Column("from_group", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    op.alter_column("policy_draft", "from_group", server_default=None)
    op.add_column("policy_draft", sa.Column("offered_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.drop_column("policy_draft", "offered_at")
    op.drop_column("policy_draft", "from_group")

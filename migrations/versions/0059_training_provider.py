"""Who gave a course."""

import sqlalchemy as sa
from alembic import op

revision = "0059"
down_revision = "0058"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("training", sa.Column("provider", sa.String(), nullable=True))


def downgrade() -> None:
    op.drop_column("training", "provider")

"""Who gave a course."""

import sqlalchemy as sa
from alembic import op

revision = "0058"
down_revision = "0057"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("training", sa.Column("provider", sa.String(), nullable=True))


def downgrade() -> None:
    op.drop_column("training", "provider")

"""With an assessment, the numbers that conferences had drawn for themselves when it was completed."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0078"
down_revision = "0086"
branch_labels = None
depends_on = None


def upgrade() -> None:
    lines = sa.Column("area_lines", postgresql.JSONB(), nullable=False, server_default=sa.text("'[]'"))
    op.add_column("assessment", lines)


def downgrade() -> None:
    op.drop_column("assessment", "area_lines")

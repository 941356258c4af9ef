"""In which language the pages spoke on which a report was written."""

import sqlalchemy as sa
from alembic import op

revision = "0065"
down_revision = "0064"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("report", sa.Column("pages_in", sa.String(), server_default=sa.text("'en'"), nullable=False))


def downgrade() -> None:
    op.drop_column("report", "pages_in")

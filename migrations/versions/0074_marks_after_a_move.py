"""A mark that went with somebody to a new home: no address of it is kept in words."""

import sqlalchemy as sa
from alembic import op

revision = "0074"
down_revision = "0078"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("flag", sa.Column("at_new_home", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.alter_column("flag", "at_new_home", server_default=None)


def downgrade() -> None:
    op.drop_column("flag", "at_new_home")

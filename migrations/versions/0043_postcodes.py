"""Where postcodes lie."""

import sqlalchemy as sa
from alembic import op

from portal.store.row_security import APP_ROLE, PLATFORM_ROLE

revision = "0043"
down_revision = "0042"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "postcode",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("east", sa.Integer(), nullable=False),
        sa.Column("north", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_postcode")),
    )
    op.execute(f"GRANT SELECT ON postcode TO {APP_ROLE}")
    op.execute(f"GRANT SELECT, INSERT, UPDATE ON postcode TO {PLATFORM_ROLE}")


def downgrade() -> None:
    op.drop_table("postcode")

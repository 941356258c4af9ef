"""What a list has opened for its reader stands in the one row that says it was read."""

import sqlalchemy as sa
from alembic import op

revision = "0046"
down_revision = "0045"
branch_labels = None
depends_on = None

INDEX = "ix_audit_entry_shown"


def upgrade() -> None:
    op.add_column("audit_entry", sa.Column("shown", sa.LargeBinary(), nullable=True))
    op.create_index(
        INDEX, "audit_entry", ["landlord_id", "position"], postgresql_where=sa.text("shown IS NOT NULL")
    )


def downgrade() -> None:
    op.drop_index(INDEX, table_name="audit_entry")
    op.drop_column("audit_entry", "shown")

"""The dispatcher may drop events of which everything was done."""

from alembic import op

from portal.store.row_security import RELAY_ROLE

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(f"GRANT DELETE ON outbox_event TO {RELAY_ROLE}")


def downgrade() -> None:
    op.execute(f"REVOKE DELETE ON outbox_event FROM {RELAY_ROLE}")

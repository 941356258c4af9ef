"""A case about an employee is there only for those who may know of it."""

import sqlalchemy as sa
from alembic import op

from portal.store.row_security import APP_ROLE

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

OPEN_TO_READER = "route <> 'staff' OR current_setting('portal.staff_cases', true) = 'open'"


def upgrade() -> None:
    op.add_column("cases", sa.Column("route", sa.String(), server_default="ordinary", nullable=False))
    op.execute(
        f"CREATE POLICY cases_open_to_reader ON cases AS RESTRICTIVE TO {APP_ROLE} "
        f"USING ({OPEN_TO_READER}) WITH CHECK (true)"
    )


def downgrade() -> None:
    op.execute("DROP POLICY cases_open_to_reader ON cases")
    op.drop_column("cases", "route")

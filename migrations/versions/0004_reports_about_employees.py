"""A report about an employee is there only for those who may know of it, as its case is."""

from alembic import op

from portal.store.row_security import APP_ROLE

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

OPEN_TO_READER = "route <> 'staff' OR current_setting('portal.staff_cases', true) = 'open'"


def upgrade() -> None:
    op.execute(
        f"CREATE POLICY report_open_to_reader ON report AS RESTRICTIVE TO {APP_ROLE} "
        f"USING ({OPEN_TO_READER}) WITH CHECK (true)"
    )


def downgrade() -> None:
    op.execute("DROP POLICY report_open_to_reader ON report")

"""That somebody made sure of a place of help: of a landlord's own list, and of the national lines."""

import sqlalchemy as sa
from alembic import op

from portal.store.row_security import APP_ROLE, PLATFORM_ROLE, grant_app, protect

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None


def upgrade() -> None:
    table = "service_check"
    op.create_table(
        table,
        sa.Column("landlord_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("service", sa.String(), nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=False),
        sa.Column("how", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("hours", sa.String(), nullable=False),
        sa.Column("owner", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("landlord_id", "id", name=op.f(f"pk_{table}")),
        sa.ForeignKeyConstraint(["landlord_id"], ["landlord.id"], name=op.f(f"fk_{table}_landlord_id")),
        sa.ForeignKeyConstraint(["owner"], ["account.id"], name=op.f(f"fk_{table}_owner")),
        sa.ForeignKeyConstraint(["recorded_by"], ["account.id"], name=op.f(f"fk_{table}_recorded_by")),
    )
    op.create_index("ix_service_check_newest", table, ["landlord_id", "service", "checked_on", "recorded_at"])
    for statement in (*protect(table), grant_app(table)):
        op.execute(statement)
    table = "line_check"
    op.create_table(
        table,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("service", sa.String(), nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=False),
        sa.Column("how", sa.String(), nullable=False),
        sa.Column("checked_by", sa.String(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )
    op.create_index("ix_line_check_newest", table, ["service", "checked_on", "recorded_at"])
    op.execute(f"GRANT SELECT ON {table} TO {APP_ROLE}")
    op.execute(f"GRANT SELECT, INSERT ON {table} TO {PLATFORM_ROLE}")


def downgrade() -> None:
    op.drop_table("line_check")
    op.drop_table("service_check")

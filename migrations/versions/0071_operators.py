"""Whoever runs the portal, support that a landlord lets in for some hours, and landlords that are being set up."""

import sqlalchemy as sa
from alembic import op

from portal.store.row_security import APP_ROLE, OWN_LANDLORD_OR_SELF, PLATFORM_ROLE, grant_app, protect

revision = "0071"
down_revision = "0070"
branch_labels = None
depends_on = None

OPERATOR, SUPPORT = "platform_operator", "support_access"
AT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("landlord", sa.Column("opened_at", AT, nullable=True))
    op.execute("UPDATE landlord SET opened_at = made_at")
    op.create_table(
        OPERATOR,
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("made_at", AT, nullable=False),
        sa.Column("ended_at", AT, nullable=True),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_platform_operator")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_platform_operator_account_id")),
    )
    op.execute(f"GRANT SELECT ON {OPERATOR} TO {APP_ROLE}")
    op.execute(f"GRANT SELECT, INSERT, UPDATE ON {OPERATOR} TO {PLATFORM_ROLE}")
    op.create_table(
        SUPPORT,
        sa.Column("landlord_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("hours", sa.Integer(), nullable=False),
        sa.Column("asked_at", AT, nullable=False),
        sa.Column("answered_at", AT, nullable=True),
        sa.Column("answered_by", sa.String(), nullable=True),
        sa.Column("until_at", AT, nullable=True),
        sa.Column("ended_at", AT, nullable=True),
        sa.Column("ended_by", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("landlord_id", "id", name=op.f("pk_support_access")),
        sa.ForeignKeyConstraint(["landlord_id"], ["landlord.id"], name=op.f("fk_support_access_landlord_id")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_support_access_account_id")),
    )
    op.create_index("ix_support_access_asked", SUPPORT, ["landlord_id", "asked_at"])
    for statement in (*protect(SUPPORT, OWN_LANDLORD_OR_SELF), grant_app(SUPPORT)):
        op.execute(statement)


def downgrade() -> None:
    op.drop_table(SUPPORT)
    op.drop_table(OPERATOR)
    op.drop_column("landlord", "opened_at")

"""Codes with which somebody who was invited chooses a password, and who has read which version of the policy."""

import sqlalchemy as sa
from alembic import op

from portal.store.row_security import APP_ROLE, grant_app, protect

revision = "0050"
down_revision = "0049"
branch_labels = None
depends_on = None

CODE, READ = "account_code", "policy_read"


def upgrade() -> None:
    op.create_table(
        CODE,
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("code_hash", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_account_code")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_account_code_account_id")),
    )
    op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {CODE} TO {APP_ROLE}")
    op.create_table(
        READ,
        sa.Column("landlord_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("landlord_id", "id", name=op.f("pk_policy_read")),
        sa.ForeignKeyConstraint(["landlord_id"], ["landlord.id"], name=op.f("fk_policy_read_landlord_id")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_policy_read_account_id")),
        sa.ForeignKeyConstraint(
            ["landlord_id", "version_id"],
            ["policy_version.landlord_id", "policy_version.id"],
            name=op.f("fk_policy_read_landlord_id_version_id"),
        ),
    )
    op.create_index("ix_policy_read_version", READ, ["landlord_id", "version_id", "account_id"])
    for statement in (*protect(READ), grant_app(READ)):
        op.execute(statement)


def downgrade() -> None:
    op.drop_table(READ)
    op.drop_table(CODE)

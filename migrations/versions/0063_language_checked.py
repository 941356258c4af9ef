"""What speakers have found in the translations of the public side."""

import sqlalchemy as sa
from alembic import op

from portal.store.row_security import grant_app, protect

revision = "0063"
down_revision = "0062"
branch_labels = None
depends_on = None

TABLE = "language_check"


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("landlord_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("verdict", sa.String(), nullable=False),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=True),
        sa.Column("actor", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("landlord_id", "id", name=op.f("pk_language_check")),
        sa.ForeignKeyConstraint(["landlord_id"], ["landlord.id"], name=op.f("fk_language_check_landlord_id")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_language_check_account_id")),
    )
    op.create_index("ix_language_check_code", TABLE, ["landlord_id", "code", "checked_at"])
    for statement in (*protect(TABLE), grant_app(TABLE)):
        op.execute(statement)


def downgrade() -> None:
    op.drop_table(TABLE)

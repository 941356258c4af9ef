"""Who has said that they keep what they learn in confidence, and when."""

import sqlalchemy as sa
from alembic import op

from portal.store.row_security import grant_app, protect

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

TABLE = "confidence_kept"


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("landlord_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("landlord_id", "id", name=op.f("pk_confidence_kept")),
        sa.ForeignKeyConstraint(["landlord_id"], ["landlord.id"], name=op.f("fk_confidence_kept_landlord_id")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_confidence_kept_account_id")),
    )
    op.create_index("ix_confidence_kept_account", TABLE, ["landlord_id", "account_id", "said_at"])
    for statement in (*protect(TABLE), grant_app(TABLE)):
        op.execute(statement)


def downgrade() -> None:
    op.drop_table(TABLE)

"""Answers for figures, apart from every report and case."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from portal.store.row_security import grant_app, protect

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None
TABLE = "equality_answers"


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("landlord_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("answers", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.PrimaryKeyConstraint("landlord_id", "id", name=op.f(f"pk_{TABLE}")),
        sa.ForeignKeyConstraint(["landlord_id"], ["landlord.id"], name=op.f(f"fk_{TABLE}_landlord_id")),
    )
    op.create_index(f"ix_{TABLE}_month", TABLE, ["landlord_id", "month"])
    for statement in (*protect(TABLE), grant_app(TABLE)):
        op.execute(statement)


def downgrade() -> None:
    op.drop_table(TABLE)

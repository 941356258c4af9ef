"""A key for each report and case, so that a record can be erased from backups too.

What older rows hold stays sealed under their landlord's key and is not carried over: there is no portal in use
yet, and `make reset` makes the demonstration anew.
"""

import sqlalchemy as sa
from alembic import op

from portal.store.row_security import grant_app, protect

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "record_key",
        sa.Column("landlord_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("wrapped", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["landlord_id"], ["landlord.id"], name=op.f("fk_record_key_landlord_id")),
        sa.PrimaryKeyConstraint("landlord_id", "id", name=op.f("pk_record_key")),
    )
    for statement in (*protect("record_key"), grant_app("record_key")):
        op.execute(statement)


def downgrade() -> None:
    op.drop_table("record_key")

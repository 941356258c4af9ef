"""Files of figures and cases that somebody asked for."""

import sqlalchemy as sa
from alembic import op

from portal.store.row_security import grant_app, protect

revision = "0057"
down_revision = "0056"
branch_labels = None
depends_on = None

EXPORT = "export"
AT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        EXPORT,
        sa.Column("landlord_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("form", sa.String(), nullable=False),
        sa.Column("period", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("asked_at", AT, nullable=False),
        sa.Column("asked_by", sa.Uuid(), nullable=False),
        sa.Column("asked_name", sa.String(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("whole", sa.Integer(), nullable=False),
        sa.Column("made_at", AT, nullable=True),
        sa.Column("until_at", AT, nullable=True),
        sa.Column("saved", sa.Integer(), nullable=False),
        sa.Column("ended_at", AT, nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("file", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("landlord_id", "id", name=op.f("pk_export")),
        sa.ForeignKeyConstraint(["landlord_id"], ["landlord.id"], name=op.f("fk_export_landlord_id")),
        sa.ForeignKeyConstraint(["asked_by"], ["account.id"], name=op.f("fk_export_asked_by")),
    )
    op.create_index("ix_export_asked", EXPORT, ["landlord_id", "asked_by", "asked_at"])
    for statement in (*protect(EXPORT), grant_app(EXPORT)):
        op.execute(statement)


def downgrade() -> None:
    op.drop_table(EXPORT)

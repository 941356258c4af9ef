"""What a landlord has to do beside its cases."""

import sqlalchemy as sa
from alembic import op

from portal.store.row_security import grant_app, protect

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

DUTY = "duty"


def upgrade() -> None:
    op.create_table(
        DUTY,
        sa.Column("landlord_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("clause", sa.String(), nullable=True),
        sa.Column("post", sa.String(), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("owner", sa.Uuid(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by", sa.String(), nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("landlord_id", "id", name=op.f("pk_duty")),
        sa.ForeignKeyConstraint(["landlord_id"], ["landlord.id"], name=op.f("fk_duty_landlord_id")),
        sa.ForeignKeyConstraint(["owner"], ["account.id"], name=op.f("fk_duty_owner")),
        sa.UniqueConstraint("landlord_id", "source", name=op.f("uq_duty_landlord_id_source")),
    )
    op.create_index("ix_duty_open", DUTY, ["landlord_id", "ended_at", "opened_at"])
    for statement in (*protect(DUTY), grant_app(DUTY)):
        op.execute(statement)


def downgrade() -> None:
    op.drop_table(DUTY)

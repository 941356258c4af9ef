"""Where notices to a landlord's systems go, and each of them."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from portal.store.row_security import grant_app, protect

revision = "0072"
down_revision = "0071"
branch_labels = None
depends_on = None

PLACE, NOTICE = "webhook", "webhook_notice"
AT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        PLACE,
        sa.Column("landlord_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kinds", postgresql.JSONB(), nullable=False),
        sa.Column("made_at", AT, nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.Column("old_until", AT, nullable=True),
        sa.Column("ended_at", AT, nullable=True),
        sa.Column("ended_by", sa.String(), nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("landlord_id", "id", name=op.f("pk_webhook")),
        sa.ForeignKeyConstraint(["landlord_id"], ["landlord.id"], name=op.f("fk_webhook_landlord_id")),
    )
    op.create_table(
        NOTICE,
        sa.Column("landlord_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("webhook_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("cause_id", sa.Uuid(), nullable=False),
        sa.Column("happened_at", AT, nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("retry_at", AT, nullable=False),
        sa.Column("sent_at", AT, nullable=True),
        sa.Column("stopped_at", AT, nullable=True),
        sa.Column("answered", sa.Integer(), nullable=True),
        sa.Column("fault", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("landlord_id", "id", name=op.f("pk_webhook_notice")),
        sa.ForeignKeyConstraint(["landlord_id"], ["landlord.id"], name=op.f("fk_webhook_notice_landlord_id")),
        sa.ForeignKeyConstraint(
            ["landlord_id", "webhook_id"],
            ["webhook.landlord_id", "webhook.id"],
            name=op.f("fk_webhook_notice_landlord_id_webhook_id"),
        ),
        sa.UniqueConstraint(
            "landlord_id", "webhook_id", "kind", "cause_id",
            name=op.f("uq_webhook_notice_landlord_id_webhook_id_kind_cause_id"),
        ),
    )  # fmt: skip
    waiting = sa.text("sent_at IS NULL AND stopped_at IS NULL")
    op.create_index("ix_webhook_notice_waiting", NOTICE, ["landlord_id", "retry_at"], postgresql_where=waiting)
    op.create_index("ix_webhook_notice_log", NOTICE, ["landlord_id", "webhook_id", "happened_at"])
    for table in (PLACE, NOTICE):
        for statement in (*protect(table), grant_app(table)):
            op.execute(statement)


def downgrade() -> None:
    op.drop_table(NOTICE)
    op.drop_table(PLACE)

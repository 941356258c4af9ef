"""Local forums, initiatives and contacts of a landlord, and each time that somebody took part."""

import sqlalchemy as sa
from alembic import op

from portal.store.row_security import grant_app, protect

revision = "0064"
down_revision = "0063"
branch_labels = None
depends_on = None

FORUM, TIME = "forum", "forum_time"
AT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        FORUM,
        sa.Column("landlord_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("partner", sa.String(), nullable=False),
        sa.Column("every_months", sa.Integer(), nullable=True),
        sa.Column("next_on", sa.Date(), nullable=True),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("made_at", AT, nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.Column("ended_at", AT, nullable=True),
        sa.Column("ended_by", sa.String(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("landlord_id", "id", name=op.f("pk_forum")),
        sa.ForeignKeyConstraint(["landlord_id"], ["landlord.id"], name=op.f("fk_forum_landlord_id")),
        sa.ForeignKeyConstraint(["owner_id"], ["account.id"], name=op.f("fk_forum_owner_id")),
    )
    op.create_index("ix_forum_due", FORUM, ["landlord_id", "ended_at", "next_on"])
    op.create_table(
        TIME,
        sa.Column("landlord_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("forum_id", sa.Uuid(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("made_at", AT, nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("landlord_id", "id", name=op.f("pk_forum_time")),
        sa.ForeignKeyConstraint(["landlord_id"], ["landlord.id"], name=op.f("fk_forum_time_landlord_id")),
        sa.ForeignKeyConstraint(
            ["landlord_id", "forum_id"],
            ["forum.landlord_id", "forum.id"],
            name=op.f("fk_forum_time_landlord_id_forum_id"),
        ),
    )
    op.create_index("ix_forum_time_held", TIME, ["landlord_id", "held_on"])
    for table in (FORUM, TIME):
        for statement in (*protect(table), grant_app(table)):
            op.execute(statement)


def downgrade() -> None:
    op.drop_table(TIME)
    op.drop_table(FORUM)

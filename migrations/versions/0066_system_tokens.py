"""Tokens of a landlord's own systems, and what was answered to a call that is sent twice."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from portal.store.row_security import grant_app, protect

revision = "0066"
down_revision = "0065"
branch_labels = None
depends_on = None

TOKEN, ANSWER = "system_token", "system_answer"
AT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        TOKEN,
        sa.Column("landlord_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("hint", sa.String(), nullable=False),
        sa.Column("token", sa.LargeBinary(), nullable=False),
        sa.Column("scopes", postgresql.JSONB(), nullable=False),
        sa.Column("made_at", AT, nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.Column("until_at", AT, nullable=False),
        sa.Column("ended_at", AT, nullable=True),
        sa.Column("ended_by", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("landlord_id", "id", name=op.f("pk_system_token")),
        sa.ForeignKeyConstraint(["landlord_id"], ["landlord.id"], name=op.f("fk_system_token_landlord_id")),
        sa.UniqueConstraint("landlord_id", "token", name=op.f("uq_system_token_landlord_id_token")),
    )
    op.create_table(
        ANSWER,
        sa.Column("landlord_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("token_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.LargeBinary(), nullable=False),
        sa.Column("given_id", sa.Uuid(), nullable=False),
        sa.Column("at", AT, nullable=False),
        sa.PrimaryKeyConstraint("landlord_id", "id", name=op.f("pk_system_answer")),
        sa.ForeignKeyConstraint(["landlord_id"], ["landlord.id"], name=op.f("fk_system_answer_landlord_id")),
        sa.ForeignKeyConstraint(
            ["landlord_id", "token_id"],
            ["system_token.landlord_id", "system_token.id"],
            name=op.f("fk_system_answer_landlord_id_token_id"),
        ),
        sa.UniqueConstraint("landlord_id", "token_id", "key", name=op.f("uq_system_answer_landlord_id_token_id_key")),
    )
    for table in (TOKEN, ANSWER):
        for statement in (*protect(table), grant_app(table)):
            op.execute(statement)


def downgrade() -> None:
    op.drop_table(ANSWER)
    op.drop_table(TOKEN)

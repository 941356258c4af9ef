"""Invitations of a colleague who reported to one item of a panel."""

import sqlalchemy as sa
from alembic import op

from portal.store.row_security import of_case

revision = "0068"
down_revision = "0067"
branch_labels = None
depends_on = None

TABLE = "panel_invitation"
AT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("landlord_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("meets_at", AT, nullable=False),
        sa.Column("ends_at", AT, nullable=False),
        sa.Column("made_at", AT, nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.Column("came", sa.Boolean(), nullable=True),
        sa.Column("noted_at", AT, nullable=True),
        sa.Column("noted_by", sa.String(), nullable=True),
        sa.Column("ended_at", AT, nullable=True),
        sa.Column("ended_by", sa.String(), nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("landlord_id", "id", name=op.f("pk_panel_invitation")),
        sa.ForeignKeyConstraint(["landlord_id"], ["landlord.id"], name=op.f("fk_panel_invitation_landlord_id")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_panel_invitation_account_id")),
        sa.ForeignKeyConstraint(
            ["landlord_id", "case_id"],
            ["cases.landlord_id", "cases.id"],
            name=op.f("fk_panel_invitation_landlord_id_case_id"),
        ),
    )
    op.create_index("ix_panel_invitation_case", TABLE, ["landlord_id", "case_id", "meets_at"])
    op.create_index(
        "uq_panel_invitation_open", TABLE, ["landlord_id", "case_id", "account_id", "meets_at"],
        unique=True, postgresql_where=sa.text("ended_at IS NULL"),
    )  # fmt: skip
    for statement in of_case(TABLE):
        op.execute(statement)


def downgrade() -> None:
    op.drop_table(TABLE)

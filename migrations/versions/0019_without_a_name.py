"""Cases without a name: who it is, and the words that find it, stand apart under a rule of their own."""

import sqlalchemy as sa
from alembic import op

from portal.store.row_security import IDENTITY_OPEN_AT_FIRST, narrow, of_case

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None
TABLES = ("identity", "apart_token")


def upgrade() -> None:
    op.add_column("cases", sa.Column("anonymous", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("record_key", sa.Column("blanks", sa.LargeBinary(), nullable=True))
    op.create_table(
        "identity",
        sa.Column("landlord_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=True),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["landlord_id"], ["landlord.id"], name=op.f("fk_identity_landlord_id")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_identity_account_id")),
        sa.ForeignKeyConstraint(
            ["landlord_id", "case_id"], ["cases.landlord_id", "cases.id"], name=op.f("fk_identity_landlord_id_case_id")
        ),
        sa.PrimaryKeyConstraint("landlord_id", "id", name=op.f("pk_identity")),
    )
    op.create_index("ix_identity_case", "identity", ["landlord_id", "case_id", "at"])
    op.create_table(
        "apart_token",
        sa.Column("landlord_id", sa.Uuid(), nullable=False),
        sa.Column("token", sa.LargeBinary(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["landlord_id", "case_id"],
            ["cases.landlord_id", "cases.id"],
            name=op.f("fk_apart_token_landlord_id_case_id"),
        ),
        sa.PrimaryKeyConstraint("landlord_id", "token", "case_id", name=op.f("pk_apart_token")),
    )
    op.create_index("ix_apart_token_case", "apart_token", ["landlord_id", "case_id"])
    for table in TABLES:
        for statement in (*of_case(table), narrow(table, "open_to_reader", IDENTITY_OPEN_AT_FIRST)):
            op.execute(statement)


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)
    op.drop_column("record_key", "blanks")
    op.drop_column("cases", "anonymous")

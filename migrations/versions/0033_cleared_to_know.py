"""Members of staff who are cleared, by name and for a time, to know whose case without a name it is."""

import sqlalchemy as sa
from alembic import op

from portal.store.row_security import IDENTITY_OPEN_AT_FIRST, IDENTITY_OPEN_TO_READER, narrow, of_case

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None

TABLE = "identity_clearance"
APART = ("identity", "apart_token")


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("landlord_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.Uuid(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by", sa.Uuid(), nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("landlord_id", "id", name=op.f("pk_identity_clearance")),
        sa.ForeignKeyConstraint(["landlord_id"], ["landlord.id"], name=op.f("fk_identity_clearance_landlord_id")),
        sa.ForeignKeyConstraint(
            ["landlord_id", "case_id"],
            ["cases.landlord_id", "cases.id"],
            name=op.f("fk_identity_clearance_landlord_id_case_id"),
        ),
        *(
            sa.ForeignKeyConstraint([each], ["account.id"], name=op.f(f"fk_identity_clearance_{each}"))
            for each in ("account_id", "made_by", "ended_by")
        ),
    )
    op.create_index(
        "ix_identity_clearance_holds",
        TABLE,
        ["landlord_id", "account_id"],
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_index("ix_identity_clearance_case", TABLE, ["landlord_id", "case_id", "since"])
    for statement in (*of_case(TABLE), *_rule(IDENTITY_OPEN_TO_READER)):
        op.execute(statement)


def downgrade() -> None:
    for statement in _rule(IDENTITY_OPEN_AT_FIRST):
        op.execute(statement)
    op.drop_table(TABLE)


def _rule(rule: str) -> list[str]:
    return [
        statement
        for table in APART
        for statement in (f"DROP POLICY {table}_open_to_reader ON {table}", narrow(table, "open_to_reader", rule))
    ]

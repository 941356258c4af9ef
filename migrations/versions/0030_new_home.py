"""A new address, kept apart under a key of its own and read by its own readers."""

import sqlalchemy as sa
from alembic import op

from portal.store.row_security import NEW_HOME_OPEN_TO_READER, narrow, of_case

TABLES = (
    "new_home",
    "new_home_reader",
)

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("record_key", sa.Column("of_case", sa.Uuid(), nullable=True))
    op.create_table(
        "new_home",
        sa.Column("landlord_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=True),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("known_from", sa.Date(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_new_home_account_id")),
        sa.ForeignKeyConstraint(["landlord_id"], ["landlord.id"], name=op.f("fk_new_home_landlord_id")),
        sa.ForeignKeyConstraint(
            ["landlord_id", "case_id"],
            ["cases.landlord_id", "cases.id"],
            name=op.f("fk_new_home_landlord_id_case_id"),
        ),
        sa.UniqueConstraint("landlord_id", "case_id", name=op.f("uq_new_home_landlord_id_case_id")),
        sa.PrimaryKeyConstraint("landlord_id", "id", name=op.f("pk_new_home")),
    )
    op.create_table(
        "new_home_reader",
        sa.Column("landlord_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("new_home_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("named_by", sa.String(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_new_home_reader_account_id")),
        sa.ForeignKeyConstraint(
            ["landlord_id"], ["landlord.id"], name=op.f("fk_new_home_reader_landlord_id")
        ),
        sa.ForeignKeyConstraint(
            ["landlord_id", "case_id"],
            ["cases.landlord_id", "cases.id"],
            name=op.f("fk_new_home_reader_landlord_id_case_id"),
        ),
        sa.ForeignKeyConstraint(
            ["landlord_id", "new_home_id"],
            ["new_home.landlord_id", "new_home.id"],
            name=op.f("fk_new_home_reader_landlord_id_new_home_id"),
        ),
        sa.PrimaryKeyConstraint("landlord_id", "id", name=op.f("pk_new_home_reader")),
    )
    op.create_index("ix_new_home_reader_case", "new_home_reader", ["landlord_id", "case_id", "since"])
    op.create_index(
        "ix_new_home_reader_open",
        "new_home_reader",
        ["landlord_id", "account_id", "new_home_id"],
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    for table in TABLES:
        for statement in of_case(table):
            op.execute(statement)
    op.execute(narrow("new_home", "open_to_reader", NEW_HOME_OPEN_TO_READER))


def downgrade() -> None:
    op.execute("DROP POLICY new_home_open_to_reader ON new_home")
    for table in reversed(TABLES):
        op.drop_table(table)
    op.drop_column("record_key", "of_case")

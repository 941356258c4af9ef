"""Serious matters of a case: reported to the police, or not for a reason that two people stand for."""

import sqlalchemy as sa
from alembic import op

from portal.store.row_security import of_case

revision = "0067"
down_revision = "0066"
branch_labels = None
depends_on = None

TABLE = "serious_matter"
AT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("landlord_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("matter", sa.String(), nullable=False),
        sa.Column("noted_at", AT, nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=True),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("proposed_at", AT, nullable=True),
        sa.Column("proposed_by", sa.Uuid(), nullable=True),
        sa.Column("proposer", sa.String(), nullable=True),
        sa.Column("decision", sa.String(), nullable=True),
        sa.Column("decided_at", AT, nullable=True),
        sa.Column("decided_by", sa.String(), nullable=True),
        sa.Column("left_id", sa.Uuid(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("landlord_id", "id", name=op.f("pk_serious_matter")),
        sa.ForeignKeyConstraint(["landlord_id"], ["landlord.id"], name=op.f("fk_serious_matter_landlord_id")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_serious_matter_account_id")),
        sa.ForeignKeyConstraint(["proposed_by"], ["account.id"], name=op.f("fk_serious_matter_proposed_by")),
        sa.ForeignKeyConstraint(
            ["landlord_id", "case_id"],
            ["cases.landlord_id", "cases.id"],
            name=op.f("fk_serious_matter_landlord_id_case_id"),
        ),
        sa.ForeignKeyConstraint(
            ["landlord_id", "left_id"],
            ["disclosure.landlord_id", "disclosure.id"],
            name=op.f("fk_serious_matter_landlord_id_left_id"),
        ),
    )
    op.create_index("ix_serious_matter_case", TABLE, ["landlord_id", "case_id", "noted_at"])
    op.create_index(
        "ix_serious_matter_open",
        TABLE,
        ["landlord_id", "case_id", "matter"],
        unique=True,
        postgresql_where=sa.text("decision IS NULL"),
    )
    op.create_index("ix_serious_matter_left", TABLE, ["landlord_id", "left_id"])
    for statement in of_case(TABLE):
        op.execute(statement)


def downgrade() -> None:
    op.drop_table(TABLE)

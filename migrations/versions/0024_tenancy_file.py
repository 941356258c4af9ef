"""Requests to see the tenancy file, each with what is given of it."""

import sqlalchemy as sa
from alembic import op

from portal.store.row_security import of_case

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None
TABLE = "file_request"
BY = ("made_by", "prepared_by", "signed_by")


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("landlord_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("asker", sa.String(), nullable=False),
        sa.Column("acts_as", sa.String(), nullable=True),
        sa.Column("authority_seen", sa.Boolean(), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.Uuid(), nullable=True),
        sa.Column("prepared_by", sa.Uuid(), nullable=True),
        sa.Column("prepared_name", sa.String(), nullable=True),
        sa.Column("prepared_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("signed_by", sa.Uuid(), nullable=True),
        sa.Column("signed_name", sa.String(), nullable=True),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["landlord_id"], ["landlord.id"], name=op.f("fk_file_request_landlord_id")),
        *(sa.ForeignKeyConstraint([each], ["account.id"], name=op.f(f"fk_file_request_{each}")) for each in BY),
        sa.ForeignKeyConstraint(
            ["landlord_id", "case_id"],
            ["cases.landlord_id", "cases.id"],
            name=op.f("fk_file_request_landlord_id_case_id"),
        ),
        sa.PrimaryKeyConstraint("landlord_id", "id", name=op.f("pk_file_request")),
    )
    op.create_index("ix_file_request_case", TABLE, ["landlord_id", "case_id", "asked_on"])
    for statement in of_case(TABLE):
        op.execute(statement)


def downgrade() -> None:
    op.drop_table(TABLE)

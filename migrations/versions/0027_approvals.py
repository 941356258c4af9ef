"""What a second person has said to assessments and plans."""

import sqlalchemy as sa
from alembic import op

from portal.store.row_security import of_case

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None
TABLE = "approval"


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("landlord_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("of_id", sa.Uuid(), nullable=False),
        sa.Column("verdict", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["landlord_id"], ["landlord.id"], name=op.f("fk_approval_landlord_id")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_approval_account_id")),
        sa.ForeignKeyConstraint(
            ["landlord_id", "case_id"], ["cases.landlord_id", "cases.id"], name=op.f("fk_approval_landlord_id_case_id")
        ),
        sa.PrimaryKeyConstraint("landlord_id", "id", name=op.f("pk_approval")),
        sa.UniqueConstraint(
            "landlord_id", "case_id", "what", "of_id", name=op.f("uq_approval_landlord_id_case_id_what_of_id")
        ),
    )
    for statement in of_case(TABLE):
        op.execute(statement)


def downgrade() -> None:
    op.drop_table(TABLE)

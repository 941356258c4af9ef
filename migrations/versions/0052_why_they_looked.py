"""Why somebody looked at a case that is not theirs, and the looks for which nobody said it."""

import sqlalchemy as sa
from alembic import op

from portal.store.row_security import of_case

revision = "0052"
down_revision = "0051"
branch_labels = None
depends_on = None
TABLE, UNSAID = "look_reason", "ix_audit_entry_no_reason"


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("landlord_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["landlord_id"], ["landlord.id"], name=op.f("fk_look_reason_landlord_id")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_look_reason_account_id")),
        sa.ForeignKeyConstraint(
            ["landlord_id", "case_id"],
            ["cases.landlord_id", "cases.id"],
            name=op.f("fk_look_reason_landlord_id_case_id"),
        ),
        sa.PrimaryKeyConstraint("landlord_id", "id", name=op.f("pk_look_reason")),
    )
    op.create_index("ix_look_reason_theirs", TABLE, ["landlord_id", "account_id", "case_id", "at"])
    op.create_index("ix_look_reason_case", TABLE, ["landlord_id", "case_id", "at"])
    op.create_index(
        UNSAID, "audit_entry", ["landlord_id", "position"], postgresql_where=sa.text("detail = 'no_reason'")
    )
    for statement in of_case(TABLE):
        op.execute(statement)


def downgrade() -> None:
    op.drop_index(UNSAID, table_name="audit_entry")
    op.drop_table(TABLE)
